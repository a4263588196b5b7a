"""Whole visits with the program as a person starts it: `python -m reader` in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "library" / "small"
PATIENCE = 120


@dataclass(frozen=True)
class Ended:
    """How a call ended: exit code, what it printed, what it told on standard error."""

    code: int
    out: str
    told: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def carrel(data_folder: Path) -> Callable[..., Ended]:
    """Call the command line on the small library and the test's own data folder."""

    def run(*arguments: object, before: tuple[str, ...] = (), **more) -> Ended:
        call = [*before, sys.executable, "-m", "reader", *map(str, arguments)]
        call += [] if "--library" in call else ["--library", str(SMALL)]
        call += [] if "--data" in call else ["--data", str(data_folder)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more.pop("env", {})}
        done = subprocess.run(
            call, capture_output=True, text=True, timeout=PATIENCE, env=environment, check=False, cwd="/", **more
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return run
