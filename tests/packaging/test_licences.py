"""What is shipped is free to ship: permissive, MPL, or LGPL as a library that anyone can replace."""

import re
from importlib.metadata import Distribution, distribution

import pytest

from .conftest import ROOT
from .test_requirements import pins

# Distributions that are only needed to build, and are not part of the finished program.
ONLY_TO_BUILD = {"babel", "flit-core"}
ALLOWED = re.compile(r"\b(MIT|BSD|ISC|Apache|MPL|Mozilla Public License|LGPL|Lesser General Public|PSF|Zlib)\b", re.I)
SHIPPED = sorted(set(pins(ROOT / "packaging" / "requirements.txt")) - ONLY_TO_BUILD)


def choices(shipped: Distribution) -> list[str]:
    """List the licences that a distribution may be used under; any one of them is enough."""
    said = shipped.metadata
    if expression := said.get("License-Expression") or said.get("License") or "":
        return re.split(r"\s+OR\s+", expression)
    return [line for line in said.get_all("Classifier") or [] if line.startswith("License ::")]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_library_may_be_shipped(name: str) -> None:
    offered = choices(distribution(name))
    assert any(ALLOWED.search(choice) and " AND " not in choice for choice in offered), offered


def test_licence_texts_stand_beside_what_they_are_for() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    sheets = (ROOT / "resources" / "LICENSE").read_text(encoding="utf-8")
    assert "Creative Commons Attribution 4.0 International" in sheets
    assert "ISC License" in (ROOT / "resources" / "icons" / "LUCIDE-LICENSE.txt").read_text(encoding="utf-8")
