"""Charts of a run as inline SVG, each with its figures in words for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log10
from typing import Final

from evals.running.record import Record
from evals.totals import STATUSES, Totals

_ROW: Final = 34
_LEFT: Final = 120
_WIDTH: Final = 420
_BINS: Final = 24


def layer_chart(held: Totals) -> str:
    """A bar a layer: right of asked with its interval, and a mark for precision."""
    height = _ROW * len(held.layers) + 8
    parts = []
    for place, layer in enumerate(held.layers):
        y, middle = place * _ROW + 4, place * _ROW + 16
        told = f"{layer.right} of {layer.asked} right, {layer.accuracy:.1%}"
        bar = layer.accuracy * _WIDTH
        low, high = (_LEFT + end * _WIDTH for end in (layer.low, layer.high))
        parts += [
            f"<g><title>{escape(f'{layer.layer}: {told}')}</title>",
            _text(_LEFT - 8, middle + 4, layer.layer.replace("_", " "), "end"),
            f'<rect class="track" x="{_LEFT}" y="{y}" width="{_WIDTH}" height="22"/>',
            f'<rect class="bar" x="{_LEFT}" y="{y}" width="{bar:.1f}" height="22"/>',
            f'<path class="interval" d="M{low:.1f} {middle}H{high:.1f}"/>',
        ]
        if layer.precision is not None:
            x = _LEFT + layer.precision * _WIDTH
            parts.append(f'<path class="precision" d="M{x:.1f} {y}v22"/>')
        parts += [_text(_LEFT + _WIDTH + 8, middle + 4, told, "start"), "</g>"]
    return _svg(_LEFT + _WIDTH + 210, height, "Right of asked, by layer", parts)


def confusion_chart(held: Totals) -> str:
    """What kind each question is against how it ended, as a shaded grid."""
    shown = [s for s in STATUSES if any(row[s] for row in held.confusion.values())]
    parts = []
    for column, status in enumerate(shown):
        x = _LEFT + column * 110 + 55
        parts.append(_text(x, 14, status.replace("_", " "), "middle"))
    for line, (kind, row) in enumerate(held.confusion.items()):
        y, total = 24 + line * _ROW, sum(row.values())
        parts.append(_text(_LEFT - 8, y + 20, kind.replace("_", " "), "end"))
        for column, status in enumerate(shown):
            x, share = _LEFT + column * 110, row[status] / total
            parts += [
                f'<rect class="cell" x="{x}" y="{y}" width="106" height="30"'
                f' fill-opacity="{0.06 + 0.5 * share:.2f}"/>',
                _text(x + 53, y + 20, str(row[status]), "middle"),
            ]
    height = 30 + _ROW * len(held.confusion)
    width = _LEFT + 110 * len(shown) + 8
    return _svg(width, height, "What a question is, against how it ended", parts)


def latency_chart(held: Totals, records: Sequence[Record]) -> str:
    """How long warm answers took, on a logarithmic scale."""
    warm = [
        max(record.given.elapsed_ms, 1.0)
        for record in records
        if record.given and record.asked.cold_ms is None
    ]
    if not warm or held.warm is None:
        return ""
    low, high = log10(min(warm)), log10(max(warm)) + 1e-9
    step = (high - low) / _BINS or 1.0
    counts = [0] * _BINS
    for value in warm:
        counts[min(_BINS - 1, int((log10(value) - low) / step))] += 1
    wide, tall = 560 / _BINS, 90
    parts = [
        f'<rect class="bar" x="{20 + place * wide:.1f}"'
        f' y="{10 + tall - tall * count / max(counts):.1f}" width="{wide - 2:.1f}"'
        f' height="{tall * count / max(counts):.1f}"/>'
        for place, count in enumerate(counts)
    ]
    parts += [
        _text(20, 118, f"{min(warm):,.0f} ms", "start"),
        _text(580, 118, f"{max(warm):,.0f} ms", "end"),
    ]
    told = f"Warm answers: p50 {held.warm.p50:,.0f} ms, p95 {held.warm.p95:,.0f} ms"
    if held.cold:
        told += f"; cold: p50 {held.cold.p50:,.0f} ms of {held.cold.count}"
    return _svg(600, 126, told, parts) + f"<p>{escape(told)}.</p>"


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(width: int, height: int, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )
