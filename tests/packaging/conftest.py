"""Ways to try the set-up for real without touching the environment that the tests run in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

Dev = Callable[..., subprocess.CompletedProcess[str]]


def dev_of(root: Path) -> Dev:
    """Give a function that calls the development script of a copy of the project, as a person would."""

    def dev(*words: str, path: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(root / "packaging" / "dev.py"), *words],
            env={**os.environ, **environment, "PATH": path or os.environ["PATH"]},
            cwd=root.parent,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return dev


@pytest.fixture(scope="session")
def dev() -> Dev:
    """The development script of this very project."""
    return dev_of(ROOT)


@pytest.fixture
def project_in_need(tmp_path: Path) -> Path:
    """A copy of the set-up that needs a system library that nobody has."""
    root = tmp_path / "in need"
    shutil.copytree(ROOT / "packaging", root / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    table = root / "packaging" / "system_libraries.py"
    text = table.read_text(encoding="utf-8")
    row = 'PACKAGES = (\n    SystemPackage("libnowhere9", "run", "lib:libnowhere.so.9"),\n'
    table.write_text(text.replace("PACKAGES = (\n", row, 1), encoding="utf-8")
    return root
