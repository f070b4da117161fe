from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.geography import Gazetteer, Mention

GAZETTEER = Gazetteer.load()
AUTHORITIES = [authority.name for authority in GAZETTEER.authorities]
TOWNS = [
    town.name for name in AUTHORITIES for town in GAZETTEER.places_in(name, "town")
]


def names(text: str) -> list[str]:
    return [mention.place.name for mention in GAZETTEER.mentions(text)]


def only(text: str) -> Mention:
    (mention,) = GAZETTEER.mentions(text)
    return mention


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Which providers near Kent take 14-year-old boys with CSE risk?", ["Kent"]),
        ("kent or nearby", ["Kent"]),
        ("Kent's sufficiency", ["Kent"]),
        ("spend in East Sussex", ["East Sussex"]),
        ("Sussex", []),
        ("kent, surrey and medway", ["Kent", "Surrey", "Medway"]),
        ("kent, reading and slough", ["Kent", "Reading", "Slough"]),
        ("Kent/Medway", ["Kent", "Medway"]),
        ("East Sussex and Brighton & Hove", ["East Sussex", "Brighton and Hove"]),
        (
            "Brighton and Hove, East Sussex and West Sussex",
            ["Brighton and Hove", "East Sussex", "West Sussex"],
        ),
        (
            "Bournemouth, Christchurch and Poole",
            ["Bournemouth, Christchurch and Poole"],
        ),
        ("RBWM, KCC and MK", ["Windsor and Maidenhead", "Kent", "Milton Keynes"]),
        ("homes for B&H", ["Brighton and Hove"]),
        ("options a, b and h", []),
        ("in tunbridge wells or sevenoaks", ["Tunbridge Wells", "Sevenoaks"]),
        ("southend on sea", ["Southend-on-Sea"]),
        ("St. Leonards-on-Sea", ["St Leonards-on-Sea"]),
        ("King's Lynn and kings lynn", ["King's Lynn", "King's Lynn"]),
        ("Maidstone, Kent", ["Maidstone"]),
        ("Ashford, Surrey", ["Ashford, Surrey"]),
        ("Ashford (Kent) and Dover", ["Ashford", "Dover"]),
        ("Newport in Shropshire", ["Newport, Shropshire"]),
        ("Hastings in East Sussex", ["Hastings"]),
        ("Hastings in Kent", ["Hastings", "Kent"]),
        ("East Essex", ["Essex"]),
        ("near Forest Row", ["Forest Row"]),
        ("the South East or London", []),
    ],
)
def test_names_are_read_whole_and_in_order(text: str, places: list[str]) -> None:
    assert names(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "she needs help with reading and writing",
        "he is behind in reading",
        "progress in Reading and maths",
        "Reading age of eight",
        "respite around bath time",
        "what deal did we get for sale",
        "Deal or no deal",
        "at March 2024",
        "since march in the region",
        "around March 2024",
        "a sandwich course for street children",
        "Home is over the wing",
        "wells, ware and rye",
        "under S20 or s.47",
        "code PR1 and K2, legal status E1",
        "kept sent rent tent kind series working",
        "Mr Kent said so",
        "tell me about Canterbury House",
        "14 Maidstone Road",
        "the slough of despond, the battle ahead, on the street",
        "hook, hart and fleet",
        "HELP WITH READING",
        "M14 with CSE",
        "waiting for CAMHS",
        "in camhs tier 4",
        "ZZ99 9ZZ",
        "for Stanley, aged 14",
    ],
)
def test_ordinary_words_are_not_taken_for_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("homes near reading", "Reading"),
        ("homes in Reading for a girl", "Reading"),
        ("Reading homes with vacancies", "Reading"),
        ("reading council", "Reading"),
        ("Reading", "Reading"),
        ("fostering in deal", "Deal"),
        ("residential in Deal", "Deal"),
        ("nr rye", "Rye"),
        ("from slough", "Slough"),
        ("within 10 miles of battle", "Battle"),
        ("a boy from Hove", "Hove"),
        ("homes near March", "March"),
        ("in Hart district", "Hart"),
        ("close to Street", "Street"),
        ("HOMES NEAR READING", "Reading"),
        ("homes around barnet", "Barnet"),
    ],
)
def test_a_name_that_is_also_a_word_counts_where_it_is_used_as_a_place(
    text: str, place: str
) -> None:
    assert names(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("near ME15 6AA", "ME15 6"),
        ("near me15", "ME15"),
        ("TN1", "TN1"),
        ("carers near S20", "S20"),
        ("postcode PR1", "PR1"),
        ("near ME15 6 beds", "ME15"),
        ("a home in E17", "E17"),
        ("S20 1AA", "S20 1"),
    ],
)
def test_postcodes_are_places(text: str, place: str) -> None:
    assert names(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("homes within 20 miles of Maidstoen", "Maidstone"),
        ("Tunbrige Wells fostering", "Tunbridge Wells"),
        ("homes in Hampshre", "Hampshire"),
        ("Bromly placements", "Bromley"),
        ("a move to Bromly", "Bromley"),
        ("Medwya", "Medway"),
        ("near surey", "Surrey"),
        ("in East Susex", "East Sussex"),
    ],
)
def test_misspelt_places_are_mended_and_said_to_have_been(
    text: str, place: str
) -> None:
    mention = only(text)
    assert mention.place.name == place
    assert not mention.exact


def test_a_name_spelt_right_is_exact() -> None:
    assert only("homes in Maidstone").exact


def test_a_borough_council_is_the_district_and_not_its_town() -> None:
    assert only("Maidstone Borough Council").place.kind == "district"
    assert only("Dover district").place.kind == "district"
    assert only("in Dover").place.kind == "town"


def test_a_name_that_stays_ambiguous_lists_its_choices() -> None:
    mention = only("homes in Stratford")
    assert set(mention.choices) == {"Stratford, London", "Stratford-upon-Avon"}
    assert only("homes in Newport").choices == ()
    assert only("homes in Newport").place.name == "Newport, Isle of Wight"
    mention = GAZETTEER.mentions("homes in Newport", near_region=None)[0]
    assert len(mention.choices) == 2


@given(st.sampled_from([*AUTHORITIES, *TOWNS]))
def test_every_place_is_read_where_it_stands(name: str) -> None:
    text = f"Which homes near {name} have vacancies?"
    mention = GAZETTEER.mentions(text)[0]
    assert text[mention.start : mention.end] == name
    assert mention.place == GAZETTEER.resolve(name)
    assert mention.exact


_PIECES = st.sampled_from(
    [
        *AUTHORITIES,
        "ME15 6AA",
        "ct1",
        "reading",
        ", ",
        " and ",
        "&",
        "'s",
        "(",
        ")",
        "\n",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_mentions_are_in_order_apart_and_stand_in_the_text(text: str) -> None:
    mentions = GAZETTEER.mentions(text)
    ends = [0, *(mention.end for mention in mentions)]
    assert all(
        end <= mention.start < mention.end <= len(text)
        for end, mention in zip(ends, mentions, strict=False)
    )
    assert all(text[m.start].strip() and text[m.end - 1].strip() for m in mentions)


FIELD = """child children girl boy aged year old with risk of sexual exploitation self
harm missing therapeutic residential fostering placement placements home homes carer
carers vacancy vacancies cost price weekly spot block framework contract sufficiency
inspection outstanding good inadequate which who what how many does take takes accept
emergency same day siblings solo secure supported accommodation provider providers needs
complex statement purpose report visit education health occupancy forecast spend demand
compare benchmark average median since last this financial quarter""".split()


@given(st.lists(st.sampled_from(FIELD), max_size=25).map(" ".join))
def test_the_fields_own_words_hold_no_place(text: str) -> None:
    assert names(text) == []
