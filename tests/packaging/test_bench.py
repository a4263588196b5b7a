"""The measures measure: every part runs and gives rows of one shape, in rounds too small for figures."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "packaging" / "bench"
COLUMNS = ["what", "sheets", "p50", "p95", "max", "unit", "baseline", "ratio", "bar", "met", "calibration"]
TINY = ("--rounds", "1", "--sizes", "60", "--questions", "2", "--sheets", "3")
IDLE_WITH_A_TIMER = """
import window_child as child
app, window = child._bare()
window.show()
from PySide6.QtCore import QTimer
timer = QTimer(window)
timer.start(50)
child._rest(app, 1.0)
"""


def bench(out: Path, *words: str) -> list[dict[str, Any]]:
    """The rows that a call writes; its table shows them all."""
    done = subprocess.run(
        [sys.executable, str(BENCH), *TINY, "--out", str(out), *words], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(out.read_text("utf-8"))
    assert [line.split("  ")[0] for line in done.stdout.splitlines()] == ["what", *(row["what"] for row in rows)]
    return rows


@pytest.mark.parametrize(
    ("part", "bars"), [("start", 1), ("memory", 1), ("search", 4), ("sheet", 1), ("handouts", 4), ("idle", 3)]
)
def test_every_part_gives_rows_of_one_shape(part: str, bars: int, tmp_path: Path) -> None:
    fixed, *rows = bench(tmp_path / "bench.json", "--only", part)
    assert fixed["what"] == "fixed calibration loop"
    assert all(list(row) == COLUMNS for row in (fixed, *rows))
    assert all(row["p50"] <= row["p95"] <= row["max"] and row["calibration"] > 0 for row in rows)
    assert sum(row["bar"] is not None for row in rows) == bars
    assert all((row["met"] is None) == (row["bar"] is None) for row in rows)


def test_a_figure_beside_a_baseline_is_judged_by_their_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCH)
    from table import row

    assert row("keys", 55, [1.0, 2.0, 9.0], judged=9.0, baseline=3.0, bar=2.5)["met"] is False
    assert row("keys", 55, [1.0, 2.0, 9.0], judged=9.0, baseline=4.0, bar=2.5)["met"] is True
    assert row("made", 1, [1.0, 2.0, 9.0], bar=2.0)["met"] is True
    assert row("made", 1, [1.0, 2.0, 9.0])["met"] is None


def test_a_timer_that_runs_is_counted() -> None:
    environment = {**os.environ, "PYTHONPATH": str(BENCH)}
    done = subprocess.run([sys.executable, "-c", IDLE_WITH_A_TIMER], env=environment, capture_output=True, text=True)
    woken, events = map(int, done.stdout.split())
    assert events > 5, done.stderr
    assert woken > 5 or not Path("/proc/self/task").exists()
