"""Statements of purpose and sufficiency statements in the voices of the field.

Every home, council and child in them is invented. Each comes with the rows that a
careful reader takes from it.
"""

from __future__ import annotations

# ruff: noqa: E501 (the reports keep each paragraph on one line, as documents do)
from dataclasses import dataclass
from datetime import date

from corpus.codes import Gender, Need, PlacementType

MALE, FEMALE, OTHER = Gender.MALE, Gender.FEMALE, Gender.OTHER
N, P = Need, PlacementType


@dataclass(frozen=True)
class ReadPurpose:
    """One statement of purpose, and what it claims."""

    key: str
    text: str
    ages: tuple[int | None, int | None]
    genders: tuple[Gender, ...]
    places: int | None
    accepts: frozenset[Need]
    excludes: frozenset[Need]
    urn: str | None = None


PROSE = ReadPurpose(
    key="prose",
    text="""# Statement of Purpose: Ferry Cottage

Ferry Cottage (URN 2598761) opened in 2019. It is registered to provide care and accommodation for up to four young people of either gender, aged between eleven and seventeen.

## Who we can help

We look after young people who have experienced trauma and who may self-harm. We are experienced in supporting young people who go missing and those at risk of child sexual exploitation, and we work closely with the police.

## Who we cannot help

We are unable to accept young people with a current pattern of fire-setting, or those whose sexually harmful behaviour would put others at risk. A conviction is not in itself a bar to admission, but we do not take young people who need a hoist.

## Staffing

Two adults are on shift by day. All staff are trained in de-escalation, in epilepsy and in mental health first aid.
""",
    ages=(11, 17),
    genders=(MALE, FEMALE),
    places=4,
    urn="2598761",
    accepts=frozenset(
        {N.ATTACHMENT_TRAUMA, N.SELF_HARM, N.MISSING, N.CSE, N.OFFENDING}
    ),
    excludes=frozenset(
        {N.FIRE_SETTING, N.HARMFUL_SEXUAL_BEHAVIOUR, N.PHYSICAL_DISABILITY}
    ),
)

TABLE = ReadPurpose(
    key="table",
    text="""# Statement of Purpose

| Home | Rowan Court |
| --- | --- |
| Number of places | 3 |
| Age range | 8 - 13 years |
| Gender | Boys |

## Needs

| Need | Accepted |
| --- | --- |
| ADHD | Yes |
| Autism | Yes |
| Learning disability | Yes |
| Violence and aggression | Considered case by case |
| Fire-setting | No |
| Substance misuse | No |

## Education

There is a classroom for children with social, emotional and mental health needs next door, run by another provider.
""",
    ages=(8, 13),
    genders=(MALE,),
    places=3,
    accepts=frozenset({N.ADHD, N.AUTISM, N.LEARNING_DISABILITY}),
    excludes=frozenset({N.FIRE_SETTING, N.SUBSTANCE_MISUSE}),
)

LISTS = ReadPurpose(
    key="numbered paragraphs and lists",
    text="""# Larkfield: statement of purpose and function

1. About the home

1.1 Larkfield is a five-bedded home for girls and young women from 12 up to their eighteenth birthday.

2. Admission

2.1 We welcome referrals for young women with:

- eating disorders
- anxiety, depression and other mental ill health
- emotional and behavioural difficulties
- a history of offending

2.2 We would not be able to care safely for:

- young women who misuse alcohol or drugs daily
- young women subject to a deprivation of liberty order

2.3 Decisions are made within two days by the registered manager.
""",
    ages=(12, 17),
    genders=(FEMALE,),
    places=5,
    accepts=frozenset({N.EATING_DISORDER, N.MENTAL_HEALTH, N.SEMH, N.OFFENDING}),
    excludes=frozenset({N.SUBSTANCE_MISUSE, N.DOLS}),
)

BRIEF = ReadPurpose(
    key="leaves much out",
    text="""Statement of Purpose, Hill House

Hill House offers a home to children of any gender. Each has a key worker, a bedroom of their own and a say in how the house runs.

We accept most needs except gang involvement and arson. Referrals of children with autism are discussed with the therapist before any decision.

Restraint is used rarely. If a child goes missing we follow the local protocol.
""",
    ages=(None, None),
    genders=(MALE, FEMALE, OTHER),
    places=None,
    accepts=frozenset(),
    excludes=frozenset({N.GANGS, N.FIRE_SETTING}),
)

PURPOSES = (PROSE, TABLE, LISTS, BRIEF)

Gap = tuple[
    str,
    PlacementType | None,
    tuple[Need, ...],
    tuple[int | None, int | None],
    int | None,
    date | None,
    str,
]
"""Kind, type, needs, ages, places, by when, and words that the span holds."""


@dataclass(frozen=True)
class ReadSufficiency:
    """One sufficiency statement, and its gaps and intentions."""

    key: str
    text: str
    gaps: tuple[Gap, ...]


NONE = (None, None)

SECTIONS = ReadSufficiency(
    key="sections and bullets",
    text="""# Westmarch sufficiency strategy 2026 to 2029

## Our duty

Section 22G of the Children Act 1989 requires a local authority to take steps to secure sufficient accommodation in its area.

## Our children

On 31 March 2026 we looked after 412 children. 61 per cent live in foster care.

## Gaps in provision

- We do not have enough foster carers for teenagers aged 13 to 17.
- There is no children's home in the county that accepts young people with a history of fire-setting.
- A shortage of supported accommodation for unaccompanied young people aged 16 and 17.

## Commissioning intentions

By March 2027 we will:

- recruit 25 foster carer households
- open two homes for three children each, for children with autism
- end the use of unregistered placements

By the end of 2027/28 we will commission 12 beds of supported accommodation.
""",
    gaps=(
        ("gap", P.FOSTERING, (), (13, 17), None, None, "enough foster carers"),
        ("gap", P.RESIDENTIAL, (N.FIRE_SETTING,), NONE, None, None, "fire-setting"),
        ("gap", P.SUPPORTED_ACCOMMODATION, (N.UASC,), (16, 17), None, None, "A shortage"),
        ("intention", P.FOSTERING, (), NONE, 25, date(2027, 3, 31), "recruit 25"),
        ("intention", P.RESIDENTIAL, (N.AUTISM,), NONE, 6, date(2027, 3, 31), "open two homes"),
        ("intention", P.UNREGISTERED, (), NONE, None, date(2027, 3, 31), "end the use"),
        (
            "intention", P.SUPPORTED_ACCOMMODATION, (), NONE, 12, date(2028, 3, 31),
            "commission 12 beds",
        ),
    ),
)  # fmt: skip

TABULAR = ReadSufficiency(
    key="tables",
    text="""# Sufficiency statement: Northmere

## Where we are short

| What is short | For whom | How many |
| --- | --- | --- |
| Children's home places | children with complex health needs, 8 to 12 year olds | 4 places |
| Foster carers | children who go missing | 10 carers |

## What we will do next

| Action | When |
| --- | --- |
| Open a four-bed children's home | by December 2026 |
| Recruit 8 specialist foster carers | by autumn 2027 |
""",
    gaps=(
        ("gap", P.RESIDENTIAL, (N.COMPLEX_HEALTH,), (8, 12), 4, None, "4 places"),
        ("gap", P.FOSTERING, (N.MISSING,), NONE, 10, None, "10 carers"),
        ("intention", P.RESIDENTIAL, (), NONE, 4, date(2026, 12, 31), "four-bed"),
        ("intention", P.FOSTERING, (), NONE, 8, date(2027, 11, 30), "8 specialist"),
    ),
)

NARRATIVE = ReadSufficiency(
    key="narrative without bullets",
    text="""# Placement sufficiency in Eastholme

1. Position

1.1 Eastholme looked after 150 children at the end of March. Our in-house fostering service has 60 households.

1.2 We struggle to find homes for children with learning disabilities who are also violent. Prices have risen by nine per cent.

2. The next three years

2.1 We will open a home for two children in 2026/27. We intend to join our neighbours in a block contract for secure beds by June 2028.

2.2 Our forecast is 155 children in March 2027.

2.3 This statement is reviewed every year by the corporate parenting board.
""",
    gaps=(
        (
            "gap",
            P.RESIDENTIAL,
            (N.LEARNING_DISABILITY, N.VIOLENCE),
            NONE,
            None,
            None,
            "struggle",
        ),
        ("intention", P.RESIDENTIAL, (), NONE, 2, date(2027, 3, 31), "a home for two"),
        ("intention", P.SECURE, (), NONE, None, date(2028, 6, 30), "block contract"),
    ),
)

CANDID = ReadSufficiency(
    key="candid and short",
    text="""# Southwick children's sufficiency statement, summary

## What we cannot find

Solo homes within twenty miles. Carers for brothers and sisters, four or more together. Anybody at all at six o'clock on a Friday for a young person who self-harms.

## What we are going to do about it

We plan to buy a house for one child with a deprivation of liberty order, open by summer 2027. The council will fund 15 carer households to add a bedroom. We do not intend to build a secure home.

## Governance

Councillors see this every quarter.
""",
    gaps=(
        ("gap", P.RESIDENTIAL, (), NONE, None, None, "Solo homes"),
        ("gap", P.FOSTERING, (), NONE, None, None, "brothers and sisters"),
        ("gap", None, (N.SELF_HARM,), NONE, None, None, "Friday"),
        (
            "intention",
            P.RESIDENTIAL,
            (N.DOLS,),
            NONE,
            1,
            date(2027, 8, 31),
            "a house for one",
        ),
        ("intention", P.FOSTERING, (), NONE, 15, None, "15 carer households"),
    ),
)

SUFFICIENCY = (SECTIONS, TABULAR, NARRATIVE, CANDID)
