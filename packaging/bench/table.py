"""Rows of measures: what was measured, how it spread, what it is held against.

A row is {what, sheets, p50, p95, max, unit, baseline, ratio, bar, met, calibration}. `baseline` is the other program's
figure in the same run and `ratio` ours divided by it; `bar` is the most that is allowed, of `ratio` where there is one
and of the judged figure else; a row without a bar is there to be read. `calibration` is the time of a fixed loop, in
milliseconds, beside the measure: two runs can be compared where it is the same.
"""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]
COLUMNS = ("what", "sheets", "p50", "p95", "max", "unit", "baseline", "ratio", "bar", "met", "calibration")


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies: 0.5 the median, 0.95 the slow end."""
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


def row(
    what: str,
    sheets: int | None,
    values: Sequence[float],
    unit: str = "ms",
    *,
    judged: float | None = None,
    baseline: float | None = None,
    bar: float | None = None,
) -> Row:
    """One row; `judged` is the figure held against `baseline` and `bar` (without it the p50)."""
    figure = quantile(values, 0.5) if judged is None else judged
    ratio = figure / baseline if baseline else None
    held = figure if ratio is None else ratio
    return {
        "what": what,
        "sheets": sheets,
        "p50": round(quantile(values, 0.5), 3),
        "p95": round(quantile(values, 0.95), 3),
        "max": round(max(values), 3),
        "unit": unit,
        "baseline": None if baseline is None else round(baseline, 3),
        "ratio": None if ratio is None else round(ratio, 2),
        "bar": bar,
        "met": None if bar is None else held <= bar,
    }


def milliseconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def calibrate(rounds: int = 5) -> float:
    """The fixed loop's time in milliseconds, best of `rounds`: additions, look-ups and text in plain Python."""

    def loop() -> int:
        seen: dict[str, int] = {}
        total = 0
        for number in range(60_000):
            key = str(number % 997)
            seen[key] = seen.get(key, 0) + number
            total += seen[key] & 7
        return total

    return min(milliseconds(loop) for _ in range(rounds))


def lines(rows: Sequence[Row]) -> list[str]:
    """The table as text, one row a line, under its heading."""
    cells = [list(COLUMNS), *([_cell(row.get(column)) for column in COLUMNS] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(COLUMNS))]
    return ["  ".join(_placed(line, widths)) for line in cells]


def _placed(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The first cell to the left, figures to the right."""
    return [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:.4g}" if isinstance(value, float) and value < 10_000 else str(value)
