"""Known holes: each is looked at for the version that is locked, and the list can be refreshed."""

import functools
import http.server
import json
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import Any

import pytest
import yaml

from tests.supply import locks

pytestmark = pytest.mark.slow

ADVISORIES = yaml.safe_load((locks.ROOT / "docs/advisories.yml").read_text("utf-8"))
HOLES = ADVISORIES["holes"]
FIELDS = {"id", "aliases", "package", "version", "what", "fixed_in", "reaches_us", "why", "checked"}
HARMLESS = {".json", ".yml", ".npz"}  # npz is read with allow_pickle=False


def test_every_hole_was_looked_at_for_the_version_that_is_locked():
    versions = locks.versions()

    stale = [
        f"{hole['id']}: {hole['package']} is {versions.get(hole['package'], 'absent')} in the lock; look again"
        for hole in HOLES
        if versions.get(hole["package"], "absent") != hole["version"]
    ]

    assert stale == []


@pytest.mark.parametrize("hole", HOLES, ids=[hole["id"] for hole in HOLES])
def test_a_hole_says_what_it_is_why_it_does_not_reach_us_and_when_that_was_seen(hole: dict[str, Any]):
    assert set(hole) == FIELDS
    assert hole["reaches_us"] in ("no", "overridden", "mitigated")
    assert len(hole["why"]) > 40
    assert isinstance(hole["checked"], date)


def test_what_was_looked_up_is_in_the_lock():
    assert set(ADVISORIES["looked_up"]) - set(locks.versions()) == set()


def test_no_hole_is_listed_twice():
    names = [name for hole in HOLES for name in (hole["id"], *hole["aliases"])]

    assert len(names) == len(set(names))


def test_a_hole_that_is_called_closed_has_its_fix_in_the_lock():
    closed = [hole for hole in HOLES if hole["reaches_us"] == "overridden" and hole["version"] != "absent"]

    assert [hole["id"] for hole in closed if parts(hole["version"]) < parts(hole["fixed_in"])] == []


def parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


@pytest.mark.slow
def test_the_trained_model_holds_nothing_that_could_run_when_it_is_loaded():
    with tarfile.open(locks.ROOT / "models/voorgesprek.tar.gz") as model:
        files = [member.name for member in model.getmembers() if member.isfile()]

    assert files
    assert {PurePath(name).suffix for name in files} <= HARMLESS


class FakeOsv(http.server.BaseHTTPRequestHandler):
    """Answers as osv.dev does: every keras has two holes, nothing else has any."""

    known = {"GHSA-x4wf-678h-2pmq": ["CVE-2024-3660"]}

    def do_POST(self) -> None:
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        vulns = [{"id": name} for name in self.holes]
        self._send({"results": [{"vulns": vulns} if one["package"]["name"] == "keras" else {} for one in queries]})

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        self._send({"id": name, "aliases": self.known.get(name, []), "summary": "a new one"})

    def __init__(self, holes: list[str], *rest: Any) -> None:
        self.holes = holes
        super().__init__(*rest)

    def _send(self, answer: Any) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def osv(request: pytest.FixtureRequest) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(FakeOsv, request.param))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def refreshed(address: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/advisories"]
    return subprocess.run(command, cwd=locks.ROOT, env={"OSV_URL": address}, capture_output=True, text=True)


@pytest.mark.parametrize("osv", [["GHSA-x4wf-678h-2pmq", "GHSA-new0-new0-new0"]], indirect=True)
def test_a_hole_that_is_not_listed_is_told_and_fails_the_command(osv: str):
    done = refreshed(osv)

    assert done.returncode == 1
    assert "GHSA-new0-new0-new0 : keras 2.12.0: a new one" in done.stdout
    assert "GHSA-x4wf-678h-2pmq" not in done.stdout


@pytest.mark.parametrize("osv", [["PYSEC-other-name"]], indirect=True)
def test_a_listed_hole_under_another_name_is_known(osv: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(FakeOsv.known, "PYSEC-other-name", ["CVE-2024-3660"])

    assert refreshed(osv).returncode == 0


def test_without_a_network_one_line_says_so():
    done = refreshed("http://127.0.0.1:1")

    assert done.returncode == 2
    assert done.stderr.startswith("osv.dev cannot be reached")
    assert len(done.stderr.splitlines()) == 1
