"""Every table about children and buying, made in order from the settings."""

from __future__ import annotations

from datetime import date

from corpus.commissioning import BlockContract
from corpus.dataset import Rows
from corpus.demonstration.calibration import Size
from corpus.demonstration.population.coding import code_placements, of_other_council
from corpus.demonstration.population.contracts import let_contracts
from corpus.demonstration.population.costs import price_placements
from corpus.demonstration.population.fees import fee_rows
from corpus.demonstration.population.households import household_frame
from corpus.demonstration.population.lives import invent_lives
from corpus.demonstration.population.market import Market
from corpus.demonstration.population.matching import match_settings
from corpus.demonstration.population.offers import offer_frame
from corpus.demonstration.population.parameters import population
from corpus.demonstration.population.placements import Population, placement_frame
from corpus.demonstration.population.price_levels import index_rows
from corpus.demonstration.population.referrals import referral_frame, search
from corpus.demonstration.population.terms import agree_terms


def populate(seed: int, size: Size, as_at: date, rows: Rows) -> Rows:
    """The tables about children and buying, for the settings of `rows`.

    The large ones are frames with the row model's fields as columns, in order.
    """
    market = Market.of(seed, rows)
    people, contracts = _people(seed, size, as_at, market)
    searches = search(seed, people, population().sizes[size].referrals)
    return {
        "placements": placement_frame(seed, people, market),
        "referrals": referral_frame(seed, people, searches),
        "offers": offer_frame(seed, people, searches, market),
        "block_contracts": contracts,
        "foster_households": household_frame(seed, people, market),
        "fostering_fees": fee_rows(seed),
        "price_index": index_rows(),
    }


def _people(
    seed: int, size: Size, as_at: date, market: Market
) -> tuple[Population, tuple[BlockContract, ...]]:
    """All columns of the placements, and the block contracts."""
    lives = invent_lives(seed, size, as_at)
    matched = match_settings(seed, lives, market)
    terms = agree_terms(seed, lives, matched, market)
    costs = price_placements(seed, lives, matched, terms, market)
    contracts, terms, costs = let_contracts(seed, lives, matched, terms, costs, market)
    coded = code_placements(seed, lives, matched, market)
    elsewhere = (matched.setting >= 0) & ~matched.in_area(lives)
    coded = of_other_council(coded, elsewhere)
    return Population(lives, matched, terms, costs, coded), contracts
