"""Where things are read and written, and that a file is written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from reader import places as places_module
from reader.errors import ReaderError
from reader.places import (
    BUILT_IN,
    Places,
    find_places,
    make_folder,
    portable_folder,
    program_folder,
    sync_folder,
    system_data_folder,
    write_whole,
)

HOME = {"HOME": "/home/ana"}


@pytest.mark.parametrize(("environment", "platform", "folder"), [
    (HOME, "linux", "/home/ana/.local/share/carrel"),
    (HOME | {"XDG_DATA_HOME": "/srv/ana"}, "linux", "/srv/ana/carrel"),
    (HOME | {"XDG_DATA_HOME": ""}, "linux", "/home/ana/.local/share/carrel"),
    (HOME, "darwin", "/home/ana/Library/Application Support/Carrel"),
    (HOME | {"LOCALAPPDATA": "/users/ana/local"}, "win32", "/users/ana/local/Carrel"),
    (HOME, "win32", "/home/ana/AppData/Local/Carrel"),
])  # fmt: skip
def test_the_systems_place(environment: dict[str, str], platform: str, folder: str) -> None:
    assert system_data_folder(environment, platform).as_posix() == folder


def test_data_on_the_command_line_comes_before_the_environment(tmp_path: Path) -> None:
    environment = HOME | {"CARREL_DATA": str(tmp_path / "by-environment")}
    assert find_places(str(tmp_path / "by-call"), None, environment).data == tmp_path / "by-call"
    assert find_places(None, None, environment).data == tmp_path / "by-environment"
    assert find_places(None, None, HOME).data == system_data_folder(HOME)


def test_a_folder_named_from_here_is_meant_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sheets").mkdir()
    places = find_places("kept", "sheets", HOME)
    assert (places.data, places.library) == (tmp_path / "kept", tmp_path / "sheets")


def test_a_folder_carrel_data_beside_a_packaged_program_keeps_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program_folder() is None, "run from source, nothing beside Python is looked at"
    monkeypatch.setattr(places_module.sys, "frozen", True, raising=False)
    monkeypatch.setattr(places_module.sys, "executable", str(tmp_path / "carrel"))
    assert find_places(None, None, HOME).data == system_data_folder(HOME)
    (tmp_path / "carrel-data").mkdir()
    assert find_places(None, None, HOME).data == tmp_path / "carrel-data"
    assert find_places(None, None, HOME | {"CARREL_DATA": str(tmp_path / "named")}).data == tmp_path / "named"


def test_on_macos_it_lies_beside_the_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places_module.sys, "frozen", True, raising=False)
    monkeypatch.setattr(places_module.sys, "executable", str(tmp_path / "Carrel.app" / "Contents" / "MacOS" / "carrel"))
    assert program_folder() == tmp_path
    (tmp_path / "carrel-data").touch()
    assert portable_folder(tmp_path) is None, "a file of that name is no folder to keep things in"


def test_asking_creates_nothing(tmp_path: Path) -> None:
    find_places(str(tmp_path / "data"), None, HOME)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["nowhere", "file.txt"])
def test_a_library_that_is_no_folder_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(ReaderError) as caught:
        find_places(None, str(tmp_path / name), HOME)
    assert (caught.value.kind, caught.value.facts["folder"]) == ("library-missing", str(tmp_path / name))


def test_everything_written_lies_in_the_data_folder(tmp_path: Path) -> None:
    places = Places(tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in
             (places.settings, places.clinic_card, places.bookmarks, places.backups, places.indexes)}  # fmt: skip
    assert names == {"settings.toml", "clinic.toml", "bookmarks.sqlite3", "backups", "index"}


def test_what_a_library_lacks_is_taken_from_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "categories.toml").write_text("")
    places = Places(tmp_path / "data", tmp_path)
    assert places.resource("categories.toml") == tmp_path / "categories.toml"
    assert places.resource("fonts") == BUILT_IN / "fonts"
    assert Places(tmp_path).library == BUILT_IN and (BUILT_IN / "categories.toml").is_file()


def test_a_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert make_folder(folder) == folder


def test_a_folder_below_a_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReaderError) as caught:
        make_folder(tmp_path / "file" / "below")
    assert caught.value.kind == "cannot-write" and caught.value.facts["reason"]


def test_a_file_is_written_and_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file.bin"
    write_whole(file, b"one")
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


def test_the_new_bytes_and_the_name_are_synced_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(handle: int) -> None:
        told.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real_sync(handle)

    def rename(self: Path, target: Path) -> Path:
        told.append("name")
        return real_replace(self, target)

    monkeypatch.setattr("os.fsync", sync)
    monkeypatch.setattr(Path, "replace", rename)
    write_whole(tmp_path / "file", b"x")
    assert told == ["file", "name", "folder"]


@pytest.mark.parametrize("step", ["fsync", "mkstemp", "replace"])
def test_a_refusal_at_any_step_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    file = tmp_path / "file"
    write_whole(file, b"old")

    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    target = {"fsync": "os.fsync", "mkstemp": "tempfile.mkstemp", "replace": "pathlib.Path.replace"}[step]
    monkeypatch.setattr(target, refuse)
    with pytest.raises(ReaderError) as caught:
        write_whole(file, b"new")
    assert caught.value.facts == {"file": file, "reason": "No space left on device"}
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_in_the_files_place_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "taken" / "inside").mkdir(parents=True)
    with pytest.raises(ReaderError):
        write_whole(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_syncing_a_folder_needs_the_folder(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "nowhere")
