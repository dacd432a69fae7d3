"""What each process of a served bot really loads, told by the processes themselves."""

import pytest
import yaml

from tests.supply import locks
from tests.supply.modules import loaded

pytestmark = pytest.mark.slow

ADVISORIES = yaml.safe_load((locks.ROOT / "docs/advisories.yml").read_text("utf-8"))
HOLES = ADVISORIES["holes"]
RASA_SIDE = {"rasa", "rasa-sdk", "tensorflow", "keras", "sanic", "sanic-cors", "sanic-jwt", "scikit-learn", "spacy"}
HOOKED = {"setuptools"}  # puts a hook of one line in every Python, whatever that runs
RASA_SERVER = {"sanic-cors", "sanic-jwt"}


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    return loaded(tmp_path_factory.mktemp("loaded"))


def test_the_gateway_loads_nothing_of_rasa_tensorflow_or_sanic(processes: dict[str, set[str]]):
    assert "aiohttp" in processes["gateway"]
    assert processes["gateway"] & RASA_SIDE == set()


def test_the_engine_does_not_load_rasas_own_server(processes: dict[str, set[str]]):
    assert "rasa" in processes["engine"]
    assert processes["engine"] & RASA_SERVER == set()


def test_no_package_with_an_open_hole_is_in_the_gateway(processes: dict[str, set[str]]):
    open_ones = {hole["package"] for hole in HOLES if hole["reaches_us"] == "no"}

    assert open_ones & processes["gateway"] <= HOOKED


def test_every_package_of_the_gateway_was_looked_up(processes: dict[str, set[str]]):
    assert processes["gateway"] - set(ADVISORIES["looked_up"]) == set()


def test_the_gateway_is_small_beside_the_engine(processes: dict[str, set[str]]):
    assert len(processes["gateway"]) < 40
    assert len(processes["engine"]) > 100
