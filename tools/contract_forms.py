"""What six forms of contract cost a council, at any occupancy and price.

Every form buys the same care: N beds of which a share u is filled, N·u children. A
weekly cost is N·(a + b·u): a is paid for a bed whether it is filled or not, b on top
for a filled one. Symbols: S the spot price and B the block price of a bed a week.
"""

from __future__ import annotations

from typing import Final, Literal

from corpus.models import Frozen
from tools.assumptions import OUR_ASSUMPTION, WEEKS_A_YEAR, Assumption

FormName = Literal[
    "spot", "framework", "soft_block", "hard_block", "cost_plus", "retainer"
]

CMA: Final = (
    "largest providers 2016 to 2020: Competition and Markets Authority, Children's"
    " social care, March 2022"
)


class Terms(Frozen):
    """What the forms rest on; every value a share but the prices."""

    spot_price: float
    """S, pounds a week for a filled bed."""
    block_price: float
    """B, pounds a week for a bed."""
    void_share: float
    """v, the part of an empty bed's block price that the council bears (soft block)."""
    framework_discount: float
    """d, how far the framework price lies below spot."""
    market_margin: float
    """m₀, operating margin within the spot price, a share of the price."""
    market_occupancy: float
    """u₀, occupancy that the spot price is set for."""
    fixed_cost: float
    """f, part of a full bed's cost that does not end when it is empty."""
    agreed_margin: float
    """m, cost-plus: margin agreed on cost."""
    retainer: float
    """r, retainer: part of the spot price paid for every bed held."""
    retainer_price: float
    """p, retainer: part of the spot price paid on top for a filled bed."""

    @property
    def full_bed_cost(self) -> float:
        """c, what a full bed costs its provider a week: S·(1−m₀)·u₀ / (f + (1−f)·u₀).

        The spot price times its planned occupancy, less its margin, covers the cost at
        that occupancy.
        """
        planned = self.fixed_cost + (1 - self.fixed_cost) * self.market_occupancy
        earned = self.spot_price * (1 - self.market_margin) * self.market_occupancy
        return earned / planned


class Form(Frozen):
    """One form of contract: its payments for a bed, in pounds a week."""

    name: FormName
    label: str
    standing: float
    """a, for a bed, filled or not."""
    in_use: float
    """b, on top for a filled bed."""
    formula: str
    """In the module's symbols."""
    void: str
    """Who bears the cost of an empty bed, in words."""

    def weekly(self, places: float, occupancy: float) -> float:
        """N·(a + b·u), pounds a week."""
        return places * (self.standing + self.in_use * occupancy)

    def void_weekly(self, places: float, occupancy: float) -> float:
        """N·a·(1−u): what is paid for empty beds, pounds a week."""
        return places * self.standing * (1 - occupancy)

    def break_even(self, spot_price: float) -> float | None:
        """Occupancy at which it costs what spot does: a / (S − b).

        Above it the form is the cheaper one. None where the two never meet in that way
        at an occupancy over 0 and up to 1.
        """
        margin = spot_price - self.in_use
        if margin <= 0 or self.standing <= 0:
            return None
        occupancy = self.standing / margin
        return occupancy if occupancy <= 1 else None

    def against_spot(self, spot_price: float) -> str:
        """Where it is cheaper than spot, in words."""
        meets = self.break_even(spot_price)
        if meets is not None:
            return f"cheaper than spot above {meets:.0%} occupancy"
        full = self.standing + self.in_use - spot_price
        if full == 0 and self.standing == 0:
            return "costs what spot costs"
        return "cheaper at every occupancy" if full < 0 else "dearer at every occupancy"


def forms(terms: Terms) -> tuple[Form, ...]:
    """The six forms at some terms.

    spot        a 0          b S           the provider bears the void
    framework   a 0          b S·(1−d)     the provider bears it
    soft block  a v·B        b B·(1−v)     shared: the council bears v of it
    hard block  a B          b 0           the council bears it
    cost-plus   a f·c·(1+m)  b (1−f)·c·(1+m)  the council bears what cost remains
    retainer    a r·S        b p·S         the council bears the retainer
    """
    spot, block, void = terms.spot_price, terms.block_price, terms.void_share
    plus = terms.full_bed_cost * (1 + terms.agreed_margin)
    fixed = terms.fixed_cost
    rows: tuple[tuple[FormName, float, float, str, str], ...] = (
        ("spot", 0, spot, "N·u·S", "the provider bears it whole"),
        ("framework", 0, spot * (1 - terms.framework_discount), "N·u·S·(1−d)",
         "the provider bears it whole"),
        ("soft_block", void * block, (1 - void) * block, "N·B·(u + v·(1−u))",
         f"the council bears {void:.0%} of the block price, the provider the rest"),
        ("hard_block", block, 0, "N·B", "the council bears it whole"),
        ("cost_plus", fixed * plus, (1 - fixed) * plus, "N·c·(f + (1−f)·u)·(1+m)",
         f"the council bears {fixed:.0%}, the cost that goes on"),
        ("retainer", terms.retainer * spot, terms.retainer_price * spot,
         "N·S·(r + p·u)",
         f"the council bears the retainer, {terms.retainer:.0%} of the spot price"),
    )  # fmt: skip
    return tuple(
        Form(
            name=name,
            label=name.replace("_", " ").replace("cost plus", "cost-plus"),
            standing=standing,
            in_use=in_use,
            formula=formula,
            void=bearer,
        )
        for name, standing, in_use, formula, bearer in rows
    )


def over_term(first_year: float, years: float, annual_uplift: float) -> float:
    """What a yearly cost comes to over a term: Σ first·(1+g)ᵗ, a part year in part.

    Args:
        first_year: Cost of the first year, pounds.
        years: Length of the term, over 0.
        annual_uplift: g, by which each year's cost rises on the one before.
    """
    whole = int(years)
    total = sum(first_year * (1 + annual_uplift) ** year for year in range(whole))
    return total + (years - whole) * first_year * (1 + annual_uplift) ** whole


def a_year(weekly: float) -> float:
    """A weekly cost over the 365/7 = 52.14 weeks of a year."""
    return weekly * WEEKS_A_YEAR


DEFAULTS: Final = (
    Assumption(name="places", value=1, unit="beds", source=OUR_ASSUMPTION,
               argument="places"),
    Assumption(name="occupancy", value=0.85, unit="of beds filled",
               source=OUR_ASSUMPTION, argument="occupancy"),
    Assumption(name="term", value=1, unit="years", source=OUR_ASSUMPTION,
               argument="years"),
    Assumption(name="part of a void that the council bears under a soft block",
               value=0.5, unit="of the block price", source=OUR_ASSUMPTION,
               argument="void_share"),
    Assumption(name="annual uplift", value=0, unit="a year", source=OUR_ASSUMPTION,
               argument="annual_uplift"),
    Assumption(name="framework price below spot", value=0.05, unit="of the spot price",
               source=OUR_ASSUMPTION),
    Assumption(name="operating margin within the spot price", value=0.226,
               unit="of the price", source=CMA),
    Assumption(name="occupancy that the spot price is set for", value=0.85,
               unit="of beds filled", source=OUR_ASSUMPTION),
    Assumption(name="cost that goes on when a bed is empty", value=0.9,
               unit="of a full bed's cost", source=OUR_ASSUMPTION),
    Assumption(name="margin agreed under cost-plus", value=0.1, unit="of cost",
               source=OUR_ASSUMPTION),
    Assumption(name="retainer for every bed held", value=0.2, unit="of the spot price",
               source=OUR_ASSUMPTION),
    Assumption(name="price on top of the retainer for a filled bed", value=0.75,
               unit="of the spot price", source=OUR_ASSUMPTION),
)  # fmt: skip
"""What a comparison rests on, by name, unless the caller states it."""
