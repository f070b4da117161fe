"""Who sees which rows about children, and what others see of them.

`visible_rows` gives a viewer the rows that are its own; `count_by`, `mean_by`,
`median_by`, `quantile_by`, `share_by` and `sum_by` give anyone figures, exact where the
rows are the viewer's own and under disclosure control where they are not;
`price_distribution` gives all of them of one price at once, and `median_stays` how long
placements last.
"""

from corpus.disclosure.access import visible_rows
from corpus.disclosure.aggregates import (
    Question,
    count_by,
    mean_by,
    median_by,
    quantile_by,
    share_by,
    sum_by,
)
from corpus.disclosure.bands import Dimension, Filters
from corpus.disclosure.prices import (
    PriceBand,
    PriceDistribution,
    price_distribution,
)
from corpus.disclosure.stays import Stays, median_stays
from corpus.disclosure.tables import Figure, Group, ProtectedTable
from corpus.disclosure.wording import DISCLOSURE_LINE, WITHHELD

__all__ = [
    "DISCLOSURE_LINE",
    "WITHHELD",
    "Dimension",
    "Figure",
    "Filters",
    "Group",
    "PriceBand",
    "PriceDistribution",
    "ProtectedTable",
    "Question",
    "Stays",
    "count_by",
    "mean_by",
    "median_by",
    "median_stays",
    "price_distribution",
    "quantile_by",
    "share_by",
    "sum_by",
    "visible_rows",
]
