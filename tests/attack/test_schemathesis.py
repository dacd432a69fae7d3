"""Schemathesis reads the description of the API, makes thousands of good and bad requests, and judges the answers.

The same requests every time: seed and number are fixed. A broken server (5xx), a status or a content type that is not
described, a body that does not fit its schema, a bad request that is taken and a good one that is refused all fail.
"""

import json
import re
import subprocess
from pathlib import Path

import pytest

from bot.core.choices import INTENTS, OFFERED, SAFETY
from bot.core.route import FIXED
from tests.attack.figures import tell
from tests.served import ROOT, site  # noqa: F401  # a fixture
from tests.test_served import TAPS, Visitor

pytestmark = pytest.mark.slow
HOME = Path(__file__).parent / "schemathesis"
EXAMPLES = 120  # cases of each operation, beside those that cover each keyword of its schema
CHOICES = {value for step in FIXED.values() for value in step.values} | set(INTENTS) | set(OFFERED) | set(SAFETY)

# A choice that nobody offers, a day that is past, a line without a letter and a name with a sign that nobody sees are
# strings as any other, and a 400.
CONFIG = """
seed = 1
continue-on-failure = true

[phases.examples]
enabled = false
[phases.stateful]
enabled = false

[dictionaries.choices]
values = {choices}

[[operations]]
include-operation-id = ["say", "changeLine", "changeConversation", "share"]
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 404, 409]

[[operations]]
include-operation-id = ["openShare", "printShare", "tellRead"]
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 410, 429]
"""
# With a token every request meets a conversation, a page and a share that exist, and that stay.
WITH_TOKEN = """
[parameters]
"path.conversationId" = "{conversation}"
"path.shareId" = "{share}"
"path.topic" = "goals"
"path.lineId" = "goals_first"
"body.choice" = {{dictionary = "choices", probability = 0.8}}

[headers]
Authorization = "Bearer {token}"

[[operations]]
include-operation-id = ["eraseConversation", "withdrawShare"]
enabled = false
"""


@pytest.fixture(scope="module")
def program() -> Path:
    """Schemathesis, set up the first time it is needed."""
    made = subprocess.run([ROOT / "scripts" / "schemathesis"], capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip(f"schemathesis could not be set up: {made.stderr}")
    return HOME / ".venv" / "bin" / "schemathesis"


def _config(site: str, who: str) -> str:  # noqa: F811
    config = CONFIG.format(choices=json.dumps(sorted(CHOICES - {"erase_yes"})))
    if who == "nobody":
        return config
    person = Visitor(site)
    for tap in TAPS:
        person.says(choice=tap)
    share = person.call("POST", f"{person.path}/shares")[1]["shareId"]
    top, _, operations = config.partition("\n[phases")
    mine = WITH_TOKEN.format(conversation=person.path.rpartition("/")[2], share=share, token=person.token)
    return f"{top}\n{mine}\n[phases{operations}"


@pytest.mark.parametrize("who", ["nobody", "a person"])
def test_no_request_along_the_description_breaks_the_api(site: str, program: Path, tmp_path: Path, who: str):  # noqa: F811
    config = tmp_path / "schemathesis.toml"
    config.write_text(_config(site, who))
    run = [program, "--config-file", config, "run", f"{site}/v1/openapi.json", "--url", site, "-n", str(EXAMPLES)]

    done = subprocess.run([*run, "--no-color", "--warnings=off"], cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    cases = int(re.search(r"(\d+) generated", done.stdout)[1])
    assert cases > EXAMPLES * 5
    tell(f"schemathesis as {who}", cases=cases, failures=0)
