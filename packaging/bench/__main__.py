"""`dev.py bench`: measure speed and memory, print the table, and write `build/bench.json`.

A missed bar is told in the table and is no failure: the exit code is 0 when everything was measured.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import handouts
import search
import window
from table import Row, calibrate, lines, row

OUT = Path(__file__).resolve().parents[2] / "build" / "bench.json"
LARGEST = 15_000

PARTS: dict[str, Callable[[argparse.Namespace], list[Row]]] = {
    "start": lambda asked: window.start_rows(asked.rounds),
    "memory": lambda asked: window.memory_rows(asked.rounds),
    "search": lambda asked: search.rows(asked.rounds, asked.sizes, asked.questions),
    "sheet": lambda asked: window.sheet_rows(asked.rounds, asked.sheets),
    "handouts": lambda asked: handouts.rows(asked.rounds, asked.sheets),
    "idle": lambda asked: window.idle_rows(asked.rounds),
}


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; the exit code."""
    asked = understand(arguments)
    fixed = [calibrate(1) for _ in range(5)]
    rows = [row("fixed calibration loop", None, fixed) | {"calibration": round(min(fixed), 3)}]
    for name in asked.only or PARTS:
        tell(f"Measuring {name}")
        before = calibrate()
        found = PARTS[name](asked)
        quickest = round(min(before, calibrate()), 3)
        rows += [measured | {"calibration": quickest} for measured in found]
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print("\n".join(lines(rows)))
    tell(f"{asked.out}; {load()}")
    return 0


def understand(arguments: Sequence[str]) -> argparse.Namespace:
    """The call taken apart."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure speed and memory.")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="measure this part (may be repeated)")
    parser.add_argument("--rounds", type=int, default=5, help="the best of so many rounds counts")
    parser.add_argument("--sizes", type=int, nargs="*", default=[search.LARGE], help="sizes of made larger libraries")
    parser.add_argument("--large", action="store_true", help=f"also a library of {LARGEST} sheets")
    parser.add_argument("--questions", type=int, default=400, help="type at most so many questions")
    parser.add_argument("--sheets", type=int, help="open and print at most so many sheets")
    parser.add_argument("--out", type=Path, default=OUT, help="where the rows are written")
    asked = parser.parse_args(arguments)
    asked.sizes += [LARGEST] if asked.large else []
    return asked


def load() -> str:
    """How busy the machine is, in words."""
    if not hasattr(os, "getloadavg"):
        return f"{os.cpu_count()} processors"
    return f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f}"


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
