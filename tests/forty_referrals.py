"""Forty referrals to the hand-made market, with the right answers read off its paper.

Letters are settings. Every answer was worked out from the market's rows and from the
distances between its towns, in miles:

    Maidstone: Chatham 7.4, Sevenoaks 14.4, Tunbridge Wells 15.1, Ashford 17.5,
        Dartford 17.6, Canterbury 24.1, Hastings 29.0, Crawley 32.8, Dover 35.7
    Ashford: Canterbury 12.8, Maidstone 17.5, Dover 19.3, Chatham 22.1, Hastings 23.8,
        Tunbridge Wells 26.5, Sevenoaks 30.7, Dartford 34.8
    Tunbridge Wells: Sevenoaks 10.2, Maidstone 15.1, Crawley 19.6, Chatham 20.8,
        Dartford 21.8, Hastings 23.4
    Dartford: Sevenoaks 12.0, Chatham 13.9, Maidstone 17.6, Tunbridge Wells 21.8
    Hastings is 11 miles from Kent, Crawley 11, Guildford 26.

No placement is held, so a stay of twelve months is assumed: a child of 12 is 13 by its
end, and none in care grows older than 17.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Letters = str
"""Settings, as one word."""

NO_HOMES: Letters = "MNOPQRSTUVWX"
"""Of another kind than children's homes."""
NO_FOSTERING: Letters = "ABCDEFGHIJKLMNOTUVWXYZ"
NO_SUPPORTED: Letters = "ABCDEFGHIJKLPQRSTUVWXYZ"
OTHERS: Letters = "UVX"
"""Secure, parent and child, and boarding: only when asked for, or never."""

FAR_FROM_MAIDSTONE: Letters = "CHIJORUXY"
"""Over 20 miles."""
FAR_FROM_ASHFORD: Letters = "DEFGIJQRTUVYZ"
FAR_FROM_WELLS: Letters = "BCDFHINOQRSUXYZ"
NOT_IN_KENT: Letters = "DIJLQRUYZ"
NOT_IN_MEDWAY: Letters = "ABCEFGHIJKMNOPRSTUVWXY"

NOT_AT: dict[str, Letters] = {
    "0": "ABCDEFGHIJKMNORTUWYZ",
    "5": "ABCDFGHIJKMNOTUWYZ",
    "8": "ACDFGHIKMNOUWYZ",
    "10": "CDFIMNOY",
    "11": "CFIMNOQ",
    "12": "FMNOQ",
    "13": "EMNOQZ",
    "14": "EJMNOQZ",
    "15": "BEJMNQZ",
    "16": "BEHJQZ",
    "17": "BEHJKQZ",
    "18": "ABCDEFGHJKOQRSUWYZ",
    "19": "ABCDEFGHIJKMOPQRSTUWYZ",
    "5 8 11": "ABCDFGHIJKMNOQTUWYZ",
    "6 9": "ABCDFGHIJKMNOTUWYZ",
    "3 5 7 9": "ABCDEFGHIJKMNORTUWYZ",
    "15 17": "BEHJKMNQZ",
}
"""Settings that state ages, and do not admit all of these."""

UNDER_16: Letters = "MNO"
NOT_BOYS: Letters = "CI"
NOT_GIRLS: Letters = "BFN"


@dataclass(frozen=True)
class Answered:
    """One referral and its right answer."""

    number: int
    told: str
    asked: dict[str, Any]
    clear: Letters
    apart: Letters = ""
    out: dict[str, Letters] = field(default_factory=dict)
    """By criterion, every setting that fails it; W is never registered."""
    claims: dict[str, Letters] = field(default_factory=dict)
    """By need, who claims it of those listed; the others listed say nothing of it."""
    unknown: dict[str, Letters] = field(default_factory=dict)
    """By criterion, of whom of those listed it is not known; needs apart."""
    outgrown: Letters = ""
    """Of those listed, for whom the child is too old within the likely stay."""
    order: Letters = ""
    """The ranking of the clear ones; empty where it is not worked out."""


REFERRALS = (
    Answered(
        1, "a boy of 14 at risk of sexual exploitation, near Maidstone",
        {"near": "Maidstone", "age": 14, "gender": "male", "needs": ["cse"]},
        clear="ADKLPT", apart="FS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["14"],
             "gender": NOT_BOYS, "distance": FAR_FROM_MAIDSTONE,
             "excluded need": "BG"},
        claims={"cse": "ADP"},
        unknown={"age": "L", "gender": "K", "distance": "KL"},
        order="PADTLK",
    ),
    Answered(
        2, "a girl of 15 who harms herself, near Kent",
        {"near": "Kent", "age": 15, "gender": "female", "needs": ["self_harm"]},
        clear="ADGIKLPRT", apart="CHS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["15"],
             "gender": NOT_GIRLS, "distance": "UY"},
        claims={"self_harm": "CI"},
        unknown={"age": "L", "gender": "K", "distance": "L"},
        outgrown="H",
    ),
    Answered(
        3, "an unaccompanied boy of 17, supported accommodation near Ashford",
        {"near": "Ashford", "age": 17, "gender": "male", "needs": ["uasc"],
         "placement_type": "supported_accommodation"},
        clear="MO", apart="N",
        out={"type": NO_SUPPORTED, "age": NOT_AT["17"], "gender": NOT_BOYS,
             "distance": FAR_FROM_ASHFORD},
        claims={"uasc": "MN"},
        order="MO",
    ),
    Answered(
        4, "supported accommodation for a child of 15: unlawful",
        {"age": 15, "placement_type": "supported_accommodation"},
        clear="",
        out={"type": NO_SUPPORTED, "lawful": UNDER_16, "age": NOT_AT["15"]},
    ),
    Answered(
        5, "a boy of 15 in Kent, where a supported lodging claims to admit 15",
        {"local_authority": "Kent", "age": 15, "gender": "male"},
        clear="AGKPT", apart="FHS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["15"],
             "gender": NOT_BOYS, "place": NOT_IN_KENT},
        unknown={"gender": "K"},
        outgrown="H",
    ),
    Answered(
        6, "an unregistered home: unlawful",
        {"age": 14, "placement_type": "unregistered"},
        clear="",
        out={"type": "ABCDEFGHIJKLMNOPQRSTUVXYZ", "lawful": UNDER_16,
             "age": NOT_AT["14"]},
    ),
    Answered(
        7, "three siblings of 5, 8 and 11, fostering within 30 miles of Maidstone",
        {"near": "Maidstone", "radius_miles": 30, "ages": [5, 8, 11],
         "placement_type": "fostering"},
        clear="PR", apart="S",
        out={"type": NO_FOSTERING, "lawful": UNDER_16, "age": NOT_AT["5 8 11"],
             "siblings": "ABCDFGHIJMNOQTUVWYZ", "distance": "HJUY"},
        unknown={"siblings": "S"},
        order="PR",
    ),
    Answered(
        8, "two siblings of 6 and 9 near Tunbridge Wells",
        {"near": "Tunbridge Wells", "ages": [6, 9]},
        clear="EP", apart="L",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["6 9"],
             "siblings": "BDFGINOUVY", "distance": FAR_FROM_WELLS},
        unknown={"age": "L", "distance": "L", "siblings": "L"},
        order="EP",
    ),
    Answered(
        9, "a girl of 16, near home in Maidstone and school in Ashford",
        {"near": ["Maidstone", "Ashford"], "age": 16, "gender": "female",
         "needs": ["cse", "missing"]},
        clear="AKLMP", apart="S",
        out={"type": OTHERS, "age": NOT_AT["16"], "gender": NOT_GIRLS,
             "distance": "CDEFGHIJOQRTUVXYZ", "excluded need": "BG"},
        claims={"cse": "AP", "missing": "AL"},
        unknown={"age": "L", "gender": "K", "distance": "KL"},
        outgrown="K",
        order="APLMK",
    ),
    Answered(
        10, "a boy of 12 with autism, near home, school and family",
        {"near": ["Maidstone", "Tunbridge Wells", "Dartford"], "radius_miles": 16,
         "age": 12, "gender": "male", "needs": ["autism"]},
        clear="GKLT",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["12"],
             "gender": NOT_BOYS, "distance": "ABCDEFHIJMNOPQRSUVWXYZ"},
        claims={"autism": "GT"},
        unknown={"age": "L", "gender": "K", "distance": "KL"},
        order="TGLK",
    ),
    Answered(
        11, "a child of 14 of another gender within 30 miles of Maidstone",
        {"near": "Maidstone", "radius_miles": 30, "age": 14, "gender": "other"},
        clear="ADKPR", apart="S",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["14"],
             "gender": "BCFGILNT", "distance": "HJUY"},
        unknown={"gender": "K", "distance": "K"},
        order="PADRK",
    ),
    Answered(
        12, "a girl of 13 in an area drawn around Ashford and Canterbury",
        {"within": ["Ashford", "Canterbury"], "age": 13, "gender": "female"},
        clear="K", apart="CS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["13"],
             "gender": NOT_GIRLS, "place": "ADEFGHIJLMPQRTUVWYZ"},
        unknown={"gender": "K", "place": "K"},
    ),
    Answered(
        13, "a boy of 11 in the district of Medway",
        {"within": ["Medway"], "age": 11, "gender": "male"},
        clear="DLZ",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["11"],
             "gender": NOT_BOYS, "place": NOT_IN_MEDWAY},
        unknown={"age": "L"},
    ),
    Answered(
        14, "a child of 12 near Maidstone, good or better",
        {"near": "Maidstone", "age": 12, "min_rating": "good"},
        clear="ABEGKLPTZ", apart="S",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["12"],
             "distance": FAR_FROM_MAIDSTONE, "grade": "DFJ"},
        unknown={"age": "L", "distance": "KL", "grade": "GS"},
        outgrown="EZ",
        order="PATBLKGZE",
    ),
    Answered(
        15, "a boy of 13, outstanding only",
        {"age": 13, "gender": "male", "min_rating": "outstanding"},
        clear="BGY", apart="S",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["13"],
             "gender": NOT_BOYS, "grade": "ACDEFHJKLPRTUVZ"},
        unknown={"grade": "GS"},
        order="BYG",
    ),
    Answered(
        16, "a boy of 14, a children's home near Kent for at most £5,500",
        {"near": "Kent", "age": 14, "gender": "male", "placement_type": "residential",
         "max_weekly_price": 5500},
        clear="AGK", apart="FH",
        out={"type": NO_HOMES, "lawful": UNDER_16, "age": NOT_AT["14"],
             "gender": NOT_BOYS, "distance": "UY", "price": "BCDILTUWY"},
        unknown={"gender": "K", "price": "GK"},
    ),
    Answered(
        17, "fostering for a child of 8 for at most £1,000",
        {"age": 8, "placement_type": "fostering", "max_weekly_price": 1000},
        clear="PQR", apart="S",
        out={"type": NO_FOSTERING, "lawful": UNDER_16, "age": NOT_AT["8"],
             "price": "ABCDEFHIJLMNOTUVWYZ"},
    ),
    Answered(
        18, "a girl of 16, a home with a vacancy within 40 miles of Maidstone",
        {"near": "Maidstone", "radius_miles": 40, "age": 16, "gender": "female",
         "placement_type": "residential", "with_vacancy": True},
        clear="ADIL",
        out={"type": NO_HOMES, "age": NOT_AT["16"], "gender": NOT_GIRLS,
             "distance": "UY", "vacancy": "CGKRSX"},
        unknown={"age": "L", "distance": "L"},
        order="AILD",
    ),
    Answered(
        19, "a boy of 16 who is violent and must be alone, a children's home",
        {"age": 16, "gender": "male", "needs": ["violence"], "solo": True,
         "placement_type": "residential"},
        clear="DKLY",
        out={"type": NO_HOMES, "age": NOT_AT["16"], "gender": NOT_BOYS,
             "excluded need": "CJ", "solo": "ABEFGHJNOQTUVZ"},
        claims={"violence": "DY"},
        unknown={"age": "L", "gender": "K", "solo": "KL"},
        outgrown="K",
        order="YDLK",
    ),
    Answered(
        20, "a girl of 12, today, within 15 miles of Dartford",
        {"near": "Dartford", "radius_miles": 15, "age": 12, "gender": "female",
         "same_day": True},
        clear="GKL",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["12"],
             "gender": NOT_GIRLS, "distance": "ABCEHIJMNOPRSUVWXY",
             "same day": "BDEHJNORTUVZ"},
        unknown={"age": "L", "gender": "K", "distance": "KL", "same day": "GKL"},
    ),
    Answered(
        21, "a boy of 14 criminally exploited, today, near Maidstone",
        {"near": "Maidstone", "age": 14, "gender": "male", "needs": ["cce"],
         "same_day": True},
        clear="AGKLP", apart="FS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["14"],
             "gender": NOT_BOYS, "distance": FAR_FROM_MAIDSTONE,
             "same day": "BDEHJNORTUVZ"},
        claims={"cce": "AF"},
        unknown={"age": "L", "gender": "K", "distance": "KL", "same day": "GKLS"},
        order="APLKG",
    ),
    Answered(
        22, "twins of 10 within 10 miles of Maidstone",
        {"near": "Maidstone", "radius_miles": 10, "age": 10, "siblings": 2},
        clear="AKP", apart="LQZ",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["10"],
             "siblings": "BDFGINOUVY", "distance": "BCEFGHIJNORSTUVXY"},
        unknown={"age": "L", "distance": "KL", "siblings": "KL"},
        outgrown="Q",
        order="PAK",
    ),
    Answered(
        23, "four siblings of 3, 5, 7 and 9",
        {"ages": [3, 5, 7, 9], "siblings": 4},
        clear="P", apart="S",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["3 5 7 9"],
             "siblings": "ABCDEFGHIJLMNOQRTUVWYZ"},
        unknown={"siblings": "S"},
    ),
    Answered(
        24, "a secure placement for a violent boy of 14",
        {"age": 14, "gender": "male", "needs": ["violence"],
         "placement_type": "secure"},
        clear="U",
        out={"type": "ABCDEFGHIJKLMNOPQRSTVWXYZ", "lawful": UNDER_16,
             "age": NOT_AT["14"], "gender": NOT_BOYS, "excluded need": "CJ"},
        claims={"violence": "U"},
    ),
    Answered(
        25, "a mother of 17 with a learning disability and her baby",
        {"age": 17, "gender": "female", "needs": ["learning_disability"],
         "placement_type": "parent_and_child"},
        clear="V",
        out={"type": "ABCDEFGHIJKLMNOPQRSTUWXYZ", "age": NOT_AT["17"],
             "gender": NOT_GIRLS},
        claims={"learning_disability": "V"},
    ),
    Answered(
        26, "kinship care, which no provider offers",
        {"age": 5, "placement_type": "kinship"},
        clear="",
        out={"type": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "lawful": UNDER_16,
             "age": NOT_AT["5"]},
    ),
    Answered(
        27, "a residential school for a boy of 11 with autism",
        {"age": 11, "gender": "male", "needs": ["autism"],
         "placement_type": "residential_school"},
        clear="T",
        out={"type": "ABCDEFGHIJKLMNOPQRSUVWXYZ", "lawful": UNDER_16,
             "age": NOT_AT["11"], "gender": NOT_BOYS},
        claims={"autism": "T"},
    ),
    Answered(
        28, "a care leaver of 18, supported accommodation in Kent",
        {"age": 18, "placement_type": "supported_accommodation",
         "local_authority": "Kent"},
        clear="M", apart="N",
        out={"type": NO_SUPPORTED, "age": NOT_AT["18"], "place": NOT_IN_KENT},
        outgrown="M",
    ),
    Answered(
        29, "a care leaver of 19, anywhere",
        {"age": 19},
        clear="L", apart="N",
        out={"type": OTHERS, "age": NOT_AT["19"]},
        unknown={"age": "L"},
    ),
    Answered(
        30, "a boy of 13 who sets fires, near Kent",
        {"near": "Kent", "age": 13, "gender": "male", "needs": ["fire_setting"]},
        clear="BDGJKLPT", apart="FHS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["13"],
             "gender": NOT_BOYS, "distance": "UY", "excluded need": "AIMR"},
        claims={"fire_setting": ""},
        unknown={"age": "L", "gender": "K", "distance": "L"},
        outgrown="J",
    ),
    Answered(
        31, "a boy of 15, harmful sexual behaviour and offending, near Ashford",
        {"near": "Ashford", "age": 15, "gender": "male",
         "needs": ["harmful_sexual_behaviour", "offending"]},
        clear="AKLP", apart="HS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["15"],
             "gender": NOT_BOYS, "distance": FAR_FROM_ASHFORD,
             "excluded need": "EF"},
        claims={"harmful_sexual_behaviour": "", "offending": ""},
        unknown={"age": "L", "gender": "K", "distance": "KL"},
        outgrown="H",
    ),
    Answered(
        32, "a girl of 17 with an eating disorder, good or better, within 30 miles",
        {"near": "Maidstone", "radius_miles": 30, "age": 17, "gender": "female",
         "needs": ["eating_disorder", "suicide_risk"], "min_rating": "good"},
        clear="AGILMOPRT", apart="CS",
        out={"type": OTHERS, "age": NOT_AT["17"], "gender": NOT_GIRLS,
             "grade": "DFJ", "distance": "HJUY"},
        claims={"eating_disorder": "I", "suicide_risk": "I"},
        unknown={"age": "L", "distance": "L", "grade": "GMOS"},
    ),
    Answered(
        33, "a child of 11 with SEMH near Tunbridge Wells for at most £4,600",
        {"near": "Tunbridge Wells", "age": 11, "needs": ["semh"],
         "max_weekly_price": 4600},
        clear="EGJKP",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["11"],
             "distance": FAR_FROM_WELLS, "price": "ABCDFHILTUWYZ"},
        claims={"semh": "EJ"},
        unknown={"distance": "K", "price": "GK"},
        order="EJPKG",
    ),
    Answered(
        34, "a baby with complex health needs, a fostering vacancy",
        {"age": 0, "needs": ["complex_health"], "placement_type": "fostering",
         "with_vacancy": True},
        clear="PQ",
        out={"type": NO_FOSTERING, "lawful": UNDER_16, "age": NOT_AT["0"],
             "vacancy": "CGKRSX"},
        claims={"complex_health": "Q"},
        order="QP",
    ),
    Answered(
        35, "a girl of 14 in Manchester",
        {"local_authority": "Manchester", "age": 14, "gender": "female"},
        clear="Y",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["14"],
             "gender": NOT_GIRLS, "place": "ABCDEFGHIJKLMNOPQRSTUVWXZ"},
    ),
    Answered(
        36, "siblings of 15 and 17 near Maidstone: the younger may not be in lodgings",
        {"near": "Maidstone", "ages": [15, 17], "siblings": 2},
        clear="APT", apart="LS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["15 17"],
             "siblings": "BDFGINOUVY", "distance": FAR_FROM_MAIDSTONE},
        unknown={"age": "L", "distance": "L", "siblings": "LS"},
        order="PAT",
    ),
    Answered(
        37, "a girl of 13 who must be alone, within 10 miles of Hastings",
        {"near": "Hastings", "radius_miles": 10, "age": 13, "gender": "female",
         "needs": ["self_harm"], "solo": True},
        clear="IKR",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["13"],
             "gender": NOT_GIRLS, "distance": "ABCDEFGHJLMNOPQSTUVWXYZ",
             "solo": "ABEFGHJNOQTUVZ"},
        claims={"self_harm": "I"},
        unknown={"gender": "K", "distance": "K", "solo": "K"},
        order="IRK",
    ),
    Answered(
        38, "a violent boy of 14 deprived of his liberty, a home for up to £12,000",
        {"age": 14, "gender": "male", "needs": ["dols", "violence"],
         "placement_type": "residential", "min_rating": "requires_improvement",
         "max_weekly_price": 12_000},
        clear="ABDGKLY", apart="H",
        out={"type": NO_HOMES, "lawful": UNDER_16, "age": NOT_AT["14"],
             "gender": NOT_BOYS, "excluded need": "CJ", "grade": "F", "price": "W"},
        claims={"dols": "D", "violence": "BDY"},
        unknown={"age": "L", "gender": "K", "grade": "G", "price": "GK"},
        outgrown="B",
        order="DYBALKG",
    ),
    Answered(
        39, "anything in Medway",
        {"local_authority": "Medway"},
        clear="DLQZ",
        out={"type": OTHERS, "place": NOT_IN_MEDWAY},
    ),
    Answered(
        40, "a boy of 14 with autism within all the districts of Kent",
        {"within": ["Kent"], "age": 14, "gender": "male", "needs": ["autism"]},
        clear="ABGKPT", apart="FHS",
        out={"type": OTHERS, "lawful": UNDER_16, "age": NOT_AT["14"],
             "gender": NOT_BOYS, "place": NOT_IN_KENT},
        claims={"autism": "GT"},
        unknown={"gender": "K"},
        outgrown="B",
    ),
)  # fmt: skip
