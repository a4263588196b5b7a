"""The window's part of the self-test, which every package is tried with."""

import pytest

from reader.self_test import Step
from reader.ui.window_test import platforms_here, window_steps


def test_without_a_screen_all_but_real_windows_is_tried(monkeypatch: pytest.MonkeyPatch, qtbot: object) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    steps = {step.name: step for step in window_steps()}
    assert list(steps) == ["Fonts", "Words of dialogs", "Window", "Printers"]
    assert [step for step in steps.values() if step.outcome == "failed"] == []
    assert steps["Words of dialogs"] == Step("Words of dialogs", "ok", "Cancel / Cancelar")


def test_each_platform_with_a_screen_is_tried() -> None:
    assert platforms_here({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux") == ["xcb", "wayland"]
    assert platforms_here({"DISPLAY": ""}, "linux") == []
    assert (platforms_here({}, "win32"), platforms_here({}, "darwin")) == (["windows"], ["cocoa"])
