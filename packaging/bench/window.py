"""The window beside a bare one: start, memory, a sheet chosen to painted, rest.

Every measure is a child process, so that nothing of one is left for the next; a bare PySide6 window with a QTextBrowser
and Carrel's own take turns. The disk is warm, and so is the compiled form of every file. Without a display both draw
off-screen.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from table import Row, quantile, row

HERE = Path(__file__).parent
STARTS_A_ROUND = 4
_START_BAR, _MEMORY_BAR = 1.5, 1.7  # times the bare window
_SHEET_BAR = 50.0  # milliseconds on a quiet machine
_PATIENCE = 180.0
_MIB = 1024 * 1024


class ChildError(Exception):
    """A child did not get to its measure; the text says what it said."""


def start_rows(rounds: int = 5) -> list[Row]:
    """From the start of the process to the first painted window that takes a key: wall clock, and processor time."""
    with _data_folder() as data:
        for name in ("bare_start", "carrel_start"):
            _start(name, data)
        bare, ours = list[tuple[float, float]](), list[tuple[float, float]]()
        for _ in range(rounds * STARTS_A_ROUND):
            bare.append(_start("bare_start", data))
            ours.append(_start("carrel_start", data))
    rows: list[Row] = []
    for at, what in enumerate(("process start to first painted, usable window", "the same in processor time")):
        own, other = [times[at] for times in ours], [times[at] for times in bare]
        bar = None if at else _START_BAR
        rows.append(row(what, None, own, judged=min(own), baseline=min(other), bar=bar))
    return rows


def memory_rows(rounds: int = 5) -> list[Row]:
    """Memory with a sheet open after ten searches: resident, and with what is shared between processes divided."""
    with _data_folder(indexed=True) as data:
        bare = [_numbers("bare_memory()", data) for _ in range(rounds)]
        ours = [_numbers("carrel_memory()", data) for _ in range(rounds)]
    rows: list[Row] = []
    for at, what in enumerate(("resident memory, sheet open, after ten searches", "the same, shared pages divided")):
        own, other = [sizes[at] / _MIB for sizes in ours], [sizes[at] / _MIB for sizes in bare]
        bar = None if at else _MEMORY_BAR
        rows.append(row(what, None, own, "MiB", judged=min(own), baseline=min(other), bar=bar))
    return rows


def sheet_rows(rounds: int = 5, sheets: int | None = None) -> list[Row]:
    """From a sheet being chosen to its page being painted, each sheet for the first time; the best of the rounds."""
    with _data_folder(indexed=True) as data:
        found = [_numbers(f"carrel_sheets({sheets or 10_000})", data) for _ in range(rounds)]
    best = min(([time / 1e6 for time in times] for times in found), key=lambda times: quantile(times, 0.95))
    return [row("sheet chosen to painted", len(best), best, judged=quantile(best, 0.95), bar=_SHEET_BAR)]


def idle_rows(rounds: int = 5, seconds: float = 5.0) -> list[Row]:
    """Wake-ups of the window's thread while nothing happens, with a sheet open and no cursor blinking."""
    with _data_folder(indexed=True) as data:
        bare, _timers = _numbers(f"bare_idle({seconds})", data)
        looked = [_numbers(f"carrel_idle({seconds})", data) for _ in range(max(1, rounds // 2))]
    running, woken, events = ([float(numbers[at]) for numbers in looked] for at in range(3))
    span = f"in {seconds:g} s at rest with a sheet open"
    return [
        row("timers running with a sheet open", None, running, "timers", judged=max(running), bar=0),
        row(f"timer events {span}", None, events, "events", judged=min(events), bar=0),
        row(f"wake-ups of the window's thread {span}", None, woken, "wake-ups", judged=min(woken), bar=bare),
    ]


@contextmanager
def _data_folder(indexed: bool = False) -> Generator[Path]:
    """A data folder of its own, with the indexes made where searches are wanted."""
    with tempfile.TemporaryDirectory(prefix="carrel-bench-") as name:
        if indexed:
            _run([sys.executable, "-m", "reader", "index"], Path(name))
        yield Path(name)


def _start(name: str, data: Path) -> tuple[float, float]:
    """Milliseconds from the start of the process to its window, and of processor time."""
    begun = time.perf_counter_ns()
    painted, worked = _numbers(f"{name}()", data)
    return (painted - begun) / 1e6, worked / 1e6


def _numbers(call: str, data: Path) -> Sequence[int]:
    """What a function of `window_child` prints."""
    out = _run([sys.executable, "-c", f"import window_child; window_child.{call}"], data)
    return [int(word) for word in out.split()]


def _run(command: Sequence[str], data: Path) -> str:
    """Run a child to its end; raises ChildError with what it said."""
    done = subprocess.run(
        command,
        env=_environment(data),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode:
        raise ChildError(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def _environment(data: Path) -> dict[str, str]:
    """The child's environment: its own data folder, English, compiled files used and kept, a window even here."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = [str(HERE), *filter(None, [environment.get("PYTHONPATH", "")])]
    environment |= {"CARREL_DATA": str(data), "PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8"}
    if sys.platform == "linux" and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment
