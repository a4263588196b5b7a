"""Commands run in this process on the small library, their words and exit codes kept."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader import cli
from reader.call import parse

SMALL = Path(__file__).parent.parent / "library" / "small"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def carrel(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """`carrel ARGUMENTS` on the small library (or the one named)."""

    def run(*arguments: object) -> Result:
        words = [str(argument) for argument in arguments]
        if "--library" not in words:
            words += ["--library", str(SMALL)]
        try:
            code = cli.run(parse(words))
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        return Result(code, told.out, told.err)

    return run
