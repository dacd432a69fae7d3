"""The SBOM says what is really served, and that we may ship it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.supply import locks

pytestmark = pytest.mark.slow

LICENCES = yaml.safe_load((locks.ROOT / "docs/licences.yml").read_text("utf-8"))
MAY_SHIP = set(LICENCES["may_ship"])


def make_sbom(folder: Path) -> None:
    subprocess.run([sys.executable, "scripts/sbom", folder], cwd=locks.ROOT, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sbom")
    make_sbom(made)
    return made


@pytest.fixture(scope="module")
def python(folder: Path) -> list[dict[str, Any]]:
    return components(folder / "python.cdx.json")


@pytest.fixture(scope="module")
def npm(folder: Path) -> list[dict[str, Any]]:
    return components(folder / "npm.cdx.json")


def components(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text("utf-8"))["components"]


def named(found: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["name"], one["version"]) for one in found}


def licence(component: dict[str, Any]) -> str:
    first = component["licenses"][0]
    return first.get("expression") or first["license"].get("id") or first["license"]["name"]


def may_ship(expression: str) -> bool:
    return any(MAY_SHIP.issuperset(choice.split(" AND ")) for choice in expression.split(" OR "))


def not_ours_to_ship(found: list[dict[str, Any]]) -> dict[str, str]:
    return {one["name"]: licence(one) for one in found if not may_ship(licence(one))}


def test_it_names_every_python_package_that_is_served_and_no_other(python: list[dict[str, Any]]):
    assert named(python) == locks.served()


def test_it_names_every_npm_package_that_is_served_and_no_other(npm: list[dict[str, Any]]):
    assert named(npm) == locks.served_pages()


def test_tools_of_development_are_not_in_it(python: list[dict[str, Any]], npm: list[dict[str, Any]]):
    assert {name for name, _ in named(python + npm)}.isdisjoint({"pytest", "mypy", "playwright", "axe-core"})


def test_every_licence_may_go_along_with_ours_or_is_listed_with_why(python, npm):
    listed = {name: why.partition(":")[0] for name, why in LICENCES["with_reason"].items()}

    found = not_ours_to_ship(python + npm)

    assert {name: given.partition(" with an exception")[0] for name, given in listed.items()} == found


def test_a_licence_that_asks_for_something_is_seen():
    assert not may_ship("GPL-3.0-only")
    assert not may_ship("MPL-2.0 AND MIT")
    assert may_ship("GPL-3.0-only OR MIT")


def test_two_runs_give_the_same_bytes(folder: Path, tmp_path: Path):
    make_sbom(tmp_path)

    for file in ("python.cdx.json", "npm.cdx.json"):
        assert (tmp_path / file).read_bytes() == (folder / file).read_bytes()
