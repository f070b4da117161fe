from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.questions_asked import knowledge_of, read, stated
from tools.organisations import Organisation, organisations
from tools.profiles import setting_profiles


@pytest.fixture(scope="module")
def home(region_dir: Path) -> str:
    """A setting with a name of two words, neither a number."""
    profiles = setting_profiles(knowledge_of(region_dir).dataset)
    names = (profile.setting.name for profile in profiles)
    return next(
        n for n in names if len(n.split()) == 2 and n.replace(" ", "").isalpha()
    )


@pytest.fixture(scope="module")
def owner(region_dir: Path) -> Organisation:
    """A provider whose name ends with its legal form."""
    known = organisations(knowledge_of(region_dir).dataset)
    return next(
        one for one in known if one.kind == "provider" and one.name.endswith(" Ltd")
    )


FRAMES = [
    "Tell me about {}",
    "what do we hold on {}?",
    "{}: full profile please",
    "Has {} had any concerns?",
    "Who owns {} and how is it rated",
    "I need everything known of {} before Friday's panel",
    "is {} any good",
    "Pull up {}'s record",
    "what are the vacancies and prices at {}",
    "summary for {}, thanks",
]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_home_is_read_in_any_sentence(
    region_dir: Path, home: str, frame: str
) -> None:
    for name in (home, home.lower(), home.upper()):
        arguments = stated(region_dir, "provider_profile", frame.format(name))
        assert arguments == {"provider": home}


@pytest.mark.parametrize("frame", FRAMES)
def test_an_owner_is_read_without_its_legal_form(
    region_dir: Path, owner: Organisation, frame: str
) -> None:
    question = frame.format(owner.name.removesuffix(" Ltd"))
    found = stated(region_dir, "provider_profile", question)
    assert found == {"provider": owner.name}


@pytest.mark.parametrize("tool", ["provider_profile", "provider_outcomes"])
def test_a_misspelt_name_is_mended_and_said(
    region_dir: Path, owner: Organisation, tool: str
) -> None:
    first, _, rest = owner.name.partition(" ")
    slipped = f"{first[:3]}{first[4:]} {rest}"
    found = read(region_dir, tool, f"how is {slipped} doing?")
    assert found.arguments == {"provider": owner.name}
    assert any(owner.name in note for note in found.notes)


def test_a_urn_is_a_name(region_dir: Path) -> None:
    urn = setting_profiles(knowledge_of(region_dir).dataset)[0].setting.urn
    question = f"who runs URN {urn}?"
    assert stated(region_dir, "provider_profile", question) == {"provider": urn}


@pytest.mark.parametrize(
    "question",
    [
        "Tell me about the provider",
        "how are residential homes in Kent doing",
        "which homes are good",
        "who is the biggest provider of care and education?",
        "tell me about East Sussex",
        "what are the children's homes like near Dover",
    ],
)
def test_ordinary_words_are_no_name(region_dir: Path, question: str) -> None:
    found = read(region_dir, "provider_profile", question)
    assert found.arguments == {}
    assert found.missing == ("provider",)


def test_a_name_that_is_not_held_is_told_with_the_likeliest(region_dir: Path) -> None:
    found = read(region_dir, "provider_profile", "Tell me about Xanadu Lodge")
    assert found.arguments == {}
    assert "Xanadu Lodge" in found.unknown[0]
    assert len(found.likely) == 3


OUTCOMES: list[tuple[str, dict[str, Any]]] = [
    (
        "Which residential providers in Kent have the fewest disruptions? top 5",
        {
            "sort_by": "disruption",
            "placement_type": "residential",
            "local_authority": "Kent",
            "limit": 5,
        },
    ),
    (
        "rank fostering agencies in Surrey by stability",
        {
            "sort_by": "disruption",
            "placement_type": "fostering",
            "local_authority": "Surrey",
        },
    ),
    ("which homes have the best outcomes", {}),
    (
        "ten worst homes for unplanned endings",
        {"sort_by": "planned_endings", "limit": 10},
    ),
    (
        "do IFAs have longer stays",
        {"sort_by": "stay", "placement_type": "fostering"},
    ),
    (
        "three best children's homes in Milton Keynes for placement stability",
        {
            "sort_by": "disruption",
            "placement_type": "residential",
            "local_authority": "Milton Keynes",
            "limit": 3,
        },
    ),
    (
        "disruption rates across secure homes",
        {"sort_by": "disruption", "placement_type": "secure"},
    ),
    (
        "Who in Hampshire sees the most moves?",
        {"sort_by": "moves", "local_authority": "Hampshire"},
    ),
    (
        "supported accomodation with longest stays, W Berks",
        {
            "sort_by": "stay",
            "placement_type": "supported_accommodation",
            "local_authority": "West Berkshire",
        },
    ),
    (
        "residental providers by breakdown rate",
        {"sort_by": "disruption", "placement_type": "residential"},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), OUTCOMES)
def test_a_ranking_of_outcomes_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "provider_outcomes", question) == arguments


SPEND: list[tuple[str, dict[str, Any]]] = [
    (
        "Who are the five biggest fostering providers by spend in the South East in"
        " 2024/25?",
        {
            "region": "South East",
            "placement_type": "fostering",
            "year": "2024/25",
            "limit": 5,
        },
    ),
    (
        "Which groups took most of Kent's residential money last financial year?",
        {
            "local_authority": "Kent",
            "placement_type": "residential",
            "year": "2024/25",
        },
    ),
    ("who gets most of our money", {}),
    (
        "concentration of residential spend among providers across Surrey, 2023-24",
        {
            "local_authority": "Surrey",
            "placement_type": "residential",
            "year": "2023/24",
        },
    ),
    (
        "top ten providers by spend for the South East region FY25",
        {"region": "South East", "year": "2024/25", "limit": 10},
    ),
    (
        "How much goes to private equity owned groups this year?",
        {"year": "2025/26"},
    ),
    ("largest suppliers in FY2023/24", {"year": "2023/24"}),
    (
        "which providers do Kent share with other councils",
        {"local_authority": "Kent"},
    ),
    (
        "spend with supported accommodation providers, 24/25, Slough",
        {
            "placement_type": "supported_accommodation",
            "year": "2024/25",
            "local_authority": "Slough",
        },
    ),
    ("3 main groups we pay, year to date", {"year": "2025/26", "limit": 3}),
    (
        "Portsmouth's IFA spend by owner, the year before last",
        {
            "local_authority": "Portsmouth",
            "placement_type": "fostering",
            "year": "2023/24",
        },
    ),
    (
        "how concentrated is the market for secure",
        {"placement_type": "secure"},
    ),
    ("market share of the top 4 owners", {"limit": 4}),
    (
        "who did West Sussex pay in 2022 to 2023",
        {"local_authority": "West Sussex", "year": "2022/23"},
    ),
    (
        "what goes to residential schools in the south east",
        {"placement_type": "residential_school", "region": "South East"},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), SPEND)
def test_a_question_on_spend_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "provider_spend", question) == arguments


def test_years_that_do_not_follow_are_a_problem(region_dir: Path) -> None:
    found = read(region_dir, "provider_spend", "spend by provider in 2022/25")
    assert found.arguments == {}
    assert "2022/25" in found.problems[0]


SEARCHES: list[tuple[str, dict[str, Any]]] = [
    (
        "gril of 12, atism, near Kent",
        {"age": 12, "gender": "female", "needs": ["autism"], "near": "Kent"},
    ),
    (
        "residental in Surrey",
        {"placement_type": "residential", "local_authority": "Surrey"},
    ),
    (
        "homes in Kent or Medway for a boy of 9",
        {"within": ["Kent", "Medway"], "age": 9, "gender": "male"},
    ),
    ("homes near Kent or Medway", {"near": ["Kent", "Medway"]}),
    (
        "not foster care, a girl of 14 near Dover",
        {"age": 14, "gender": "female", "near": "Dover"},
    ),
    (
        "CSE: none. Self-harm. Near Reading.",
        {"needs": ["self_harm"], "near": "Reading"},
    ),
    (
        "no history of arson, violence or gangs, 13yo near Slough",
        {"age": 13, "near": "Slough"},
    ),
    (
        "we cannot secure a bed for a lad of 15 near Woking",
        {"age": 15, "gender": "male", "near": "Woking"},
    ),
    (
        "siblings aged 4, 7 and 11 near Oxford",
        {"ages": [4, 7, 11], "siblings": 3, "near": "Oxford"},
    ),
    (
        "12 y/o female near Basingstoke",
        {"age": 12, "gender": "female", "near": "Basingstoke"},
    ),
    (
        "a home for 2 boys no more than 50 miles from Newbury",
        {"gender": "male", "near": "Newbury", "radius_miles": 50.0},
    ),
    (
        "girl, 14, currently in Croydon, must be away from Croydon",
        {"age": 14, "gender": "female", "outside": ["Croydon"]},
    ),
    (
        "placed by Kent, 15yo, within 30 miles of Maidstone",
        {"age": 15, "near": "Maidstone", "radius_miles": 30.0},
    ),
    ("a boy of 12 from Kent", {"age": 12, "gender": "male", "near": "Kent"}),
    (
        "bed 2nite m16 southampton",
        {"age": 16, "gender": "male", "same_day": True, "near": "Southampton"},
    ),
    (
        "15, female, Kent, DSH",
        {"age": 15, "gender": "female", "near": "Kent", "needs": ["self_harm"]},
    ),
    (
        "IFA for a parent and child placement near Kent",
        {"placement_type": "parent_and_child", "near": "Kent"},
    ),
    ("girls of 12 off the M11", {"age": 12, "gender": "female"}),
    (
        "between the ages of 10 and 14, near Hove",
        {"age_from": 10, "age_to": 14, "near": "Hove"},
    ),
    (
        "secure bed for a lad of 15",
        {"placement_type": "secure", "age": 15, "gender": "male"},
    ),
    (
        "kids home near Hove under six grand a week",
        {"placement_type": "residential", "near": "Hove", "max_weekly_price": 6000.0},
    ),
]


@pytest.mark.parametrize(("question", "arguments"), SEARCHES)
def test_a_search_for_homes_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    assert stated(region_dir, "find_providers", question) == arguments


def test_a_search_for_nobody_lacks_the_child(region_dir: Path) -> None:
    assert read(region_dir, "find_providers", "which provider should I use?").missing


DOCUMENTS: list[tuple[str, dict[str, Any]]] = [
    (
        "What does Kent's sufficiency statement say about fostering?",
        {"kinds": ["sufficiency_statement"], "local_authority": "Kent"},
    ),
    (
        "What do reg 44 reports since 2025 say about missing?",
        {"kinds": ["reg44"], "since": "2025-01-01"},
    ),
    (
        "What has Surrey said about step down in the last year?",
        {"local_authority": "Surrey", "since": "2025-03-31"},
    ),
    ("what's the national shortage of foster carers", {}),
    ("top 3 passages on workforce", {"limit": 3}),
    ("why did residential spend rise in Kent", {}),
    (
        "According to Medway, what drives the cost of placements?",
        {"local_authority": "Medway"},
    ),
    ("statements of purpose that mention PACE", {"kinds": ["statement_of_purpose"]}),
    (
        "Ofsted inspection reports after 1 June 2025 on restraint",
        {"kinds": ["inspection"], "since": "2025-06-01"},
    ),
    ("what did the review of children's social care recommend in 2022?", {}),
]


@pytest.mark.parametrize(("question", "arguments"), DOCUMENTS)
def test_a_search_in_documents_is_read(
    region_dir: Path, question: str, arguments: dict[str, Any]
) -> None:
    found = stated(region_dir, "search_documents", question)
    assert found.pop("query") == question
    assert found == arguments


def test_documents_of_a_home_are_searched_by_its_name(
    region_dir: Path, home: str
) -> None:
    found = stated(region_dir, "search_documents", f"reg 44 concerns at {home}")
    assert found["provider"] == home
    assert found["kinds"] == ["reg44"]
