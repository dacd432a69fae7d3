"""Set-up tells plainly what it lacks, and takes packages from the public registries only."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TOOLS = ("sh", "cat", "cut", "dirname", "id", "mkdir", "rm", "sha256sum")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone as set-up sees it, on a machine with nothing but the smallest tools."""
    for name in ("pyproject.toml", "uv.lock", "package.json", "package-lock.json", "scripts"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / "tools").mkdir()
    for tool in TOOLS:
        (tmp_path / "tools" / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def a_tool(clone: Path, name: str, body: str) -> None:
    file = clone / "tools" / name
    file.unlink(missing_ok=True)  # it may be a link to the machine's own tool, which root would write over
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)


def run(clone: Path, script: str, **env: str) -> subprocess.CompletedProcess[str]:
    bare = {"PATH": str(clone / "tools"), "HOME": str(clone), **env}
    return subprocess.run([f"scripts/{script}"], cwd=clone, env=bare, capture_output=True, text=True)


def test_without_any_python_one_line_says_what_to_install(clone: Path) -> None:
    done = run(clone, "setup")

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Set-up stopped: no Python found. Install Python 3.11")


def test_when_python_3_11_cannot_be_had_one_line_says_how_to_get_it(clone: Path) -> None:
    a_tool(clone, "uv", "exit 1")  # a uv that cannot reach the place it fetches Python from

    done = run(clone, "setup")

    assert done.returncode == 1
    assert "pyenv install 3.11" in done.stderr.splitlines()[-1]


def test_an_ordinary_user_is_told_what_the_tests_leave_out(clone: Path) -> None:
    a_tool(clone, "id", "echo 1000")

    done = run(clone, "system_packages")

    assert done.returncode == 0
    assert "LEFT OUT: the tests that need: chromium" in done.stderr


def test_a_build_server_fails_on_what_is_left_out(clone: Path) -> None:
    a_tool(clone, "id", "echo 1000")

    assert run(clone, "system_packages", CI_STRICT="1").returncode == 1


def test_a_tool_made_for_a_test_leaves_the_machines_own_alone(clone: Path) -> None:
    before = Path(str(shutil.which("id"))).read_bytes()

    a_tool(clone, "id", "echo 1000")

    assert Path(str(shutil.which("id"))).read_bytes() == before


def test_npm_packages_come_from_npm_and_are_sealed() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = [package for where, package in packages.items() if where]

    assert fetched
    assert all(package["resolved"].startswith("https://registry.npmjs.org/") for package in fetched)
    assert all(package["integrity"].startswith("sha512-") for package in fetched)


def test_python_packages_come_from_pypi() -> None:
    hosts = set(re.findall(r"https?://[^/\"]+", (ROOT / "uv.lock").read_text()))

    assert hosts == {"https://pypi.org", "https://files.pythonhosted.org"}


@pytest.mark.parametrize("script", ["setup", "system_packages", "train", "../.ci/run"])
def test_a_script_can_be_run(script: str) -> None:
    assert os.access(ROOT / "scripts" / script, os.X_OK)
