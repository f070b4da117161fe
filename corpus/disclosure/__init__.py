"""Who sees which rows about children, and what others see of them.

`visible_rows` gives a viewer the rows that are its own; `count_by`, `mean_by`,
`median_by` and `sum_by` give anyone figures, exact where the rows are the viewer's own
and under disclosure control where they are not.
"""

from corpus.disclosure.access import visible_rows
from corpus.disclosure.aggregates import (
    Question,
    count_by,
    mean_by,
    median_by,
    sum_by,
)
from corpus.disclosure.bands import Dimension, Filters
from corpus.disclosure.tables import Figure, Group, ProtectedTable
from corpus.disclosure.wording import DISCLOSURE_LINE, WITHHELD

__all__ = [
    "DISCLOSURE_LINE",
    "WITHHELD",
    "Dimension",
    "Figure",
    "Filters",
    "Group",
    "ProtectedTable",
    "Question",
    "count_by",
    "mean_by",
    "median_by",
    "sum_by",
    "visible_rows",
]
