"""Twenty kills at random moments under load: nothing that was acknowledged is lost or doubled. `make chaos` is 300."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_was_acknowledged_survives_every_kill(database: str):
    command = [sys.executable, "-W", "ignore", "-m", "tests.chaos", "--kills", "10", "--databases", database]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    (found,) = json.loads(done.stdout.splitlines()[-1])
    assert (found["kills"], found["lost"], found["doubled"], found["stuck"]) == (10, 0, 0, 0)
    assert found["acknowledged"] > 50
