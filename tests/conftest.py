"""What every test stands on: how long loops run, which skips are allowed, and a clean place to write to.

`--all` chooses the `all` column of `rounds.toml` and lets the tests marked `journey` run. A skip whose reason is not
in `allowed_skips.toml` fails the run.
"""

import fnmatch
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

# These are read when Qt, Python's child processes and gettext load, so they are set before anything else is imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

import hypothesis
import pytest

HERE = Path(__file__).parent
ROUNDS: dict[str, dict[str, int]] = tomllib.loads((HERE / "rounds.toml").read_text(encoding="utf-8"))["rounds"]
ALLOWED_SKIPS = tomllib.loads((HERE / "allowed_skips.toml").read_text(encoding="utf-8"))["skip"]
NOT_ALLOWED = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the long tests too, and every loop at its full length")


def column(config: pytest.Config) -> str:
    """Name the column of the table of rounds that this run takes."""
    return "all" if config.getoption("--all") else "quick"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[NOT_ALLOWED] = []
    examples = ROUNDS["hypothesis_examples"][column(config)]
    hypothesis.settings.register_profile("carrel", deadline=None, max_examples=examples, database=None)
    hypothesis.settings.load_profile("carrel")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the journeys, unless all tests or journeys were asked for."""
    if config.getoption("--all") or "journey" in (config.getoption("markexpr") or ""):
        return
    journeys = [item for item in items if item.get_closest_marker("journey")]
    config.hook.pytest_deselected(items=journeys)
    items[:] = [item for item in items if not item.get_closest_marker("journey")]


def is_allowed(nodeid: str, reason: str) -> bool:
    """Tell whether a test may be skipped for a reason."""
    return any(
        fnmatch.fnmatchcase(reason, row["reason"]) and fnmatch.fnmatchcase(nodeid, row["tests"])
        for row in ALLOWED_SKIPS
    )


def note_skip(config: pytest.Config, report: pytest.TestReport | pytest.CollectReport) -> None:
    """Remember a skip that no row of the table allows; an expected failure is not a skip."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not is_allowed(report.nodeid, reason):
        config.stash[NOT_ALLOWED].append(f"{report.nodeid}: {reason}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    note_skip(item.config, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    report = yield
    note_skip(collector.config, report)
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash[NOT_ALLOWED] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash[NOT_ALLOWED]:
        terminalreporter.write_line(f"SKIP NOT ALLOWED by tests/allowed_skips.toml: {line}", red=True)


@pytest.fixture(scope="session")
def rounds(request: pytest.FixtureRequest) -> Callable[[str], int]:
    """How often a loop runs this time, by its name in `rounds.toml`."""
    return lambda name: ROUNDS[name][column(request.config)]


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own data folder, which the program finds by itself; not made yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("CARREL_DATA", str(folder))
    return folder
