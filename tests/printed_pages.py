"""PDF pages made for the tests: a printed report, and pictures of pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

_BODY = (
    "The county placed 214 children in residential care in the year, and the number",
    "has risen each year since, and most of them live beyond twenty miles from home.",
)


def print_pages(path: Path, pages: int) -> Path:
    """A report of so many pages with running heads, a table and a footnote on each."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(path) as pdf:
        for number in range(1, pages + 1):
            figure = Figure(figsize=(8.27, 11.69))
            _print_page(figure, number, pages)
            pdf.savefig(figure)
    return path


def _print_page(figure: Any, number: int, pages: int) -> None:
    figure.text(0.1, 0.97, "Sufficiency report 2024", size=8)
    figure.text(0.1, 0.9, f"{number}. Findings on staffing", size=18)
    for at, line in enumerate([*_BODY, *_BODY]):
        figure.text(0.1, 0.86 - at * 0.016 - at // 2 * 0.014, line, size=9)
    figure.text(0.1, 0.76, "Costs of care", size=9, weight="bold")
    figure.text(0.1, 0.735, "Fees rose.", size=9)
    figure.text(0.18, 0.739, "1", size=5)
    axes = figure.add_axes((0.1, 0.4, 0.8, 0.15))
    axes.axis("off")
    axes.table(
        cellText=[["10 to 14", "£4,557", "12"], ["15 to 17", "£5,210", "30"]],
        colLabels=["Age", "Weekly fee", "Children"],
        loc="center",
    )
    figure.text(0.1, 0.35, f"After table {number} comes text that says more.", size=9)
    figure.text(0.1, 0.09, f"1 Ofsted (2023), part {number}.", size=6)
    figure.text(0.1, 0.08, "It goes on here.", size=6)
    figure.text(0.5, 0.03, f"Page {number} of {pages}", size=8)


def scan_pages(path: Path, pages: Sequence[str | None]) -> Path:
    """A PDF whose pages are pictures of the words; a page of None is printed text."""
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure
    from PIL import Image, ImageDraw, ImageFont

    with PdfPages(path) as pdf:
        for words in pages:
            figure = Figure(figsize=(8.27, 11.69))
            if words is None:
                figure.text(0.1, 0.5, "This page is printed and not a picture.", size=9)
            else:
                image = Image.new("L", (1240, 1754), 255)
                font = ImageFont.load_default(size=40)
                ImageDraw.Draw(image).text((100, 200), words, font=font, fill=0)
                axes = figure.add_axes((0, 0, 1, 1))
                axes.axis("off")
                axes.imshow(image, cmap="gray", aspect="auto", vmin=0, vmax=255)
            pdf.savefig(figure)
    return path
