"""What a person chose: read, kept, and set aside when it cannot be read."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ReaderError
from reader.settings import PAPERS, PRESETS, TEXT_SIZES, THEMES, Settings, load, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.toml"


CHOSEN = Settings("es", "contrast-dark", 175, False, "letter", "extra-large", date(2027, 3, 1))


def test_what_was_saved_is_read(file: Path) -> None:
    assert all(getattr(CHOSEN, f.name) != f.default for f in fields(Settings))
    save(file, CHOSEN)
    assert load(file) == (CHOSEN, None)


def test_without_a_file_the_defaults_hold_and_nothing_is_written(file: Path) -> None:
    assert load(file) == (Settings(), None)
    assert not file.parent.exists()


def test_the_defaults_are_among_what_can_be_chosen() -> None:
    default = Settings()
    assert default.theme in THEMES and default.preset in PRESETS and default.paper in PAPERS
    assert default.text_size in TEXT_SIZES
    assert (min(TEXT_SIZES), max(TEXT_SIZES)) == (80, 250)


@pytest.mark.parametrize("line", [
    'theme = "pink"', "theme = 1", "text_size = 90000", "text_size = 100.0", "text_size = true", "language = 5",
    'continue_reading = "no"', 'paper = "a5"', 'preset = ""', "newest_date = 2027-01-01T10:00:00",
    'newest_date = "2027-01-01"', 'colour = "red"',
])  # fmt: skip
def test_a_value_that_does_not_fit_leaves_its_default_and_keeps_the_others(file: Path, line: str) -> None:
    file.parent.mkdir()
    other = 'theme = "dark"\n' if "paper" in line else 'paper = "letter"\n'
    file.write_text(other + line, "utf-8")
    settings, fault = load(file)
    assert fault is None
    assert settings == replace(Settings(), **({"theme": "dark"} if "paper" in line else {"paper": "letter"}))


TORN = [b"theme = ", b"\xff\xfe\x00", b"a = 1\na = 2", b"a = " + b"9" * 5000, b"a = " + b"[" * 3000]


TORN = [b"theme = ", b"\xff\xfe\x00", b"a = 1\na = 2", b"a = " + b"9" * 5000, b"a = " + b"[" * 3000]


@pytest.mark.parametrize("content", TORN, ids=["torn", "not UTF-8", "twice", "an endless number", "nesting"])
def test_a_file_that_cannot_be_read_is_set_aside_whole_and_told(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    settings, fault = load(file)
    assert settings == Settings()
    assert fault is not None and fault.kind == "settings-set-aside"
    aside = Path(str(fault.facts["file"]))
    assert aside.parent == file.parent and aside.read_bytes() == content
    assert not file.exists()
    save(file, CHOSEN)
    assert load(file) == (CHOSEN, None)


def test_a_folder_in_its_place_is_no_reason_to_stop(file: Path) -> None:
    file.mkdir(parents=True)
    settings, fault = load(file)
    assert settings == Settings() and fault is not None


def test_a_refused_save_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(file, CHOSEN)
    before = file.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ReaderError) as caught:
        save(file, Settings())
    assert caught.value.kind == "cannot-write"
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


VALUES = st.one_of(
    st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes(), st.lists(st.integers())
)
NAMES = st.one_of(st.sampled_from([f.name for f in fields(Settings)]), st.text(min_size=1))


@given(st.dictionaries(NAMES, VALUES))
def test_any_values_give_settings_that_fit(tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    file.write_text(tomli_w.dumps(values), "utf-8")
    settings, fault = load(file)
    assert fault is None
    assert settings.theme in THEMES and settings.text_size in TEXT_SIZES and type(settings.newest_date) is date
    save(file, settings)
    assert load(file) == (settings, None)
