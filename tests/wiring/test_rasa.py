"""What Rasa itself says of the domain, the rules and the training sentences."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
RASA = ROOT / ".venv" / "bin" / "rasa"


@pytest.mark.slow
def test_rasa_finds_the_data_valid(tmp_path):
    env = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "HOME": str(tmp_path)}
    done = subprocess.run([RASA, "data", "validate", "--fail-on-warnings"], cwd=ROOT, env=env, capture_output=True)

    assert done.returncode == 0, done.stderr[-3000:]


def test_the_intent_back_leads_to_our_own_action_and_not_to_rasas_rewind():
    """Rasa maps an intent `back` to an action `action_back` of its own; the domain's action of that name wins."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))

    assert "action_back" in domain["actions"]
