from __future__ import annotations

from collections import defaultdict

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus import vocabulary
from tests.forty_referrals import REFERRALS, Answered
from tests.hand_made_market import EVERY_LETTER, letters, write_market
from tools.base import Knowledge
from tools.find_providers import FindProvidersArguments, judged_settings
from tools.found_providers import FoundProviders, SettingMatch
from tools.matching import EXCLUDING, UNLAWFUL
from tools.registry import call_tool

EACH = pytest.mark.parametrize("right", REFERRALS, ids=lambda right: str(right.number))


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    root = tmp_path_factory.mktemp("market")
    write_market(root)
    return Assistant.open(Settings(data_dir=root)).knowledge


def answer(market: Knowledge, right: Answered) -> FoundProviders:
    asked = {**right.asked, "limit": 100}
    data = call_tool("find_providers", asked, market).data
    assert isinstance(data, FoundProviders)
    return data


def listed(data: FoundProviders) -> tuple[SettingMatch, ...]:
    return (*data.matches, *data.set_apart)


def who(matches: tuple[SettingMatch, ...]) -> frozenset[str]:
    return letters([match.urn for match in matches])


def failed(right: Answered) -> dict[str, frozenset[str]]:
    """By criterion, the settings that fail it; W is never registered."""
    return {"registered": frozenset("W")} | {
        name: frozenset(out) for name, out in right.out.items()
    }


@EACH
def test_the_answers_by_hand_leave_no_setting_out_and_none_twice(
    right: Answered,
) -> None:
    excluded = frozenset().union(*failed(right).values())
    parts = (frozenset(right.clear), frozenset(right.apart), excluded)
    assert sum(map(len, parts)) == len(EVERY_LETTER)
    assert frozenset().union(*parts) == EVERY_LETTER


@EACH
def test_every_suitable_setting_is_listed_and_no_other(
    market: Knowledge, right: Answered
) -> None:
    data = answer(market, right)
    assert who(data.matches) == frozenset(right.clear)
    assert who(data.set_apart) == frozenset(right.apart)
    assert data.total_matches == len(right.clear)
    assert data.total_set_apart == len(right.apart)
    assert all(match.doubts for match in data.set_apart)
    assert not any(match.doubts for match in data.matches)


@EACH
def test_every_unsuitable_setting_is_ruled_out_for_the_right_reasons(
    market: Knowledge, right: Answered
) -> None:
    arguments = FindProvidersArguments.model_validate(right.asked)
    out: defaultdict[str, set[str]] = defaultdict(set)
    for item in judged_settings(arguments, market):
        for name in item.excluded_by:
            out[name] |= letters([item.profile.setting.urn])
    assert out == failed(right)
    counts = {EXCLUDING[name]: len(those) for name, those in failed(right).items()}
    assert answer(market, right).excluded == counts


@EACH
def test_each_criterion_is_met_not_met_or_unknown_as_on_paper(
    market: Knowledge, right: Answered
) -> None:
    unknown: defaultdict[str, set[str]] = defaultdict(set)
    claimed: defaultdict[str, set[str]] = defaultdict(set)
    outgrown: set[str] = set()
    for match in listed(answer(market, right)):
        letter = letters([match.urn])
        for criterion in match.criteria:
            assert criterion.detail
            need = criterion.name.removeprefix("need: ")
            if need != criterion.name:
                assert criterion.verdict in ("met", "unknown")
                claimed[need] |= letter if criterion.verdict == "met" else set()
            elif criterion.verdict == "unknown":
                unknown[criterion.name] |= letter
            elif criterion.verdict == "not met":
                assert criterion.name == "age over the stay"
                outgrown |= letter
    short = vocabulary.needs().short
    assert unknown == {name: set(those) for name, those in right.unknown.items()}
    assert claimed == {short(n): set(those) for n, those in right.claims.items()}
    assert outgrown == set(right.outgrown)


@pytest.mark.parametrize(
    "right", [r for r in REFERRALS if r.order], ids=lambda right: str(right.number)
)
def test_the_ranking_is_the_one_worked_out(market: Knowledge, right: Answered) -> None:
    data = answer(market, right)
    assert "".join(match.setting[0] for match in data.matches) == right.order


@EACH
def test_what_the_law_forbids_is_never_listed_and_said_with_its_number(
    market: Knowledge, right: Answered
) -> None:
    result = call_tool("find_providers", right.asked, market)
    data = result.data
    assert isinstance(data, FoundProviders)
    kinds = set(right.out.get("type", ""))
    forbidden = {
        UNLAWFUL[name]: len(failed(right).get(name, frozenset()) - kinds)
        for name in UNLAWFUL
    }
    said = {law.reason: law.settings for law in data.unlawful}
    assert said == {law: number for law, number in forbidden.items() if number}
    for law, number in said.items():
        assert any(law in c and c.startswith(f"{number} ") for c in result.caveats)
