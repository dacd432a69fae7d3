"""The data map tells what the code keeps: no field more, none less, and for as long as the code says."""

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import LargeBinary, MetaData

from bot.store.tables import keyring_tables, store_tables
from bot.web import sign_on
from bot.web.gateway import Gateway
from bot.web.held import Held
from bot.web.limits import Rate, Strikes
from tests.wiring import written
from tests.wiring.constants import of_code

ROOT = Path(__file__).parent.parent.parent
MAP: dict[str, Any] = yaml.safe_load((ROOT / "docs/data-map.yml").read_text("utf-8"))
DATABASES = {"words": store_tables, "keyring": keyring_tables}
NUMBERS = [(name, number) for name, term in MAP["terms"].items() for number in term.get("numbers", ())]
UNITS = ("second", "minute", "hour", "day")
READABLE = {"clear", "pseudonym"}


def columns(tables: MetaData) -> set[str]:
    return {f"{table.name}.{column.name}" for table in tables.sorted_tables for column in table.columns}


def mapped(part: str) -> set[str]:
    return {f"{table}.{column}" for table, fields in MAP[part].items() for column in fields}


def differences(code: set[str], told: set[str], where: str) -> list[str]:
    """What to do about it, a line each."""
    missing = [f"add {field} to `{where}` in docs/data-map.yml" for field in sorted(code - told)]
    return missing + [f"take {field} out of `{where}` in docs/data-map.yml" for field in sorted(told - code)]


def fields() -> dict[str, dict[str, str]]:
    tables = {name: each for part in DATABASES for name, each in MAP[part].items()}
    parts = (
        tables | MAP["memory"] | {name: MAP[name] for name in ("record", "browser", "contact_browser", "log", "files")}
    )
    return {f"{part}.{name}": field for part, each in parts.items() for name, field in each.items()}


@pytest.mark.parametrize("database", DATABASES)
def test_every_column_is_in_the_map_and_nothing_else(database: str):
    assert differences(columns(DATABASES[database]), mapped(database), database) == []


def test_every_key_of_the_record_is_in_the_map_and_nothing_else():
    told = {name for name in MAP["record"] if "." not in name}  # the others are compared in test_record.py

    assert differences(written.record_keys(), told, "record") == []


def test_every_field_of_the_log_is_in_the_map_and_nothing_else():
    assert differences(written.log_fields(), set(MAP["log"]), "log") == []


def test_what_is_held_in_memory_only_is_in_the_map_and_nothing_else():
    limits = {field.name for field in dataclasses.fields(Gateway) if field.type in (Rate, Strikes)}

    assert differences({field.name for field in dataclasses.fields(Held)}, set(MAP["memory"]["held"]), "held") == []
    assert differences(limits, set(MAP["memory"]["limits"]), "limits") == []


def test_what_the_phone_keeps_is_in_the_map():
    script = (ROOT / "bot/web/static/memory.js").read_text("utf-8")
    kept = re.search(r"const kept = \{(.*)\}", script)
    tab = re.search(r"Keeps `\{(.*)\}` for this tab", script)
    assert kept
    assert tab

    on_the_phone = {part.partition(":")[0].strip() for part in kept[1].split(",")}
    in_the_tab = {part.strip(" ?") for part in tab[1].split(",")}

    assert differences(on_the_phone | in_the_tab, set(MAP["browser"]), "browser") == []


def test_the_cookies_of_a_contact_person_are_in_the_map_and_nothing_else():
    assert differences({sign_on.FLOW, sign_on.NAME}, set(MAP["contact_browser"]), "contact_browser") == []


@pytest.mark.parametrize("database", DATABASES)
def test_what_is_called_readable_is_no_ciphertext_and_the_other_way_round(database: str):
    binary = {
        f"{table.name}.{column.name}"
        for table in DATABASES[database].sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }

    told = {name for name in mapped(database) if fields()[name]["kept"] not in READABLE}

    assert differences(binary, told, f"{database}, as sealed, hash, wrapped or random,") == []


def test_every_field_says_what_for_how_long_and_who():
    wrong = [
        name
        for name, field in fields().items()
        if not field["purpose"]
        or field["term"] not in MAP["terms"]
        or field.get("readers", "person") not in MAP["readers"]
    ]

    assert wrong == []


@pytest.mark.parametrize(("name", "number"), NUMBERS, ids=[f"{name}-{one['constant']}" for name, one in NUMBERS])
def test_a_term_is_what_the_code_says(name: str, number: dict[str, Any]):
    count = of_code(number["constant"], number["unit"])

    assert count == number["value"], f"docs/data-map.yml, terms.{name}: the code says {count} {number['unit']}"


@pytest.mark.parametrize("name", MAP["terms"])
def test_every_number_that_a_term_tells_is_compared_with_the_code(name: str):
    term = MAP["terms"][name]
    compared = {(str(one["value"]), one["unit"]) for one in term.get("numbers", ())}

    told = re.findall(rf"\b(\d+)(?: ({'|'.join(UNITS)}))?", term["what"])

    assert {(value, f"{unit}s" if unit else "number") for value, unit in told} == compared


def test_the_table_is_made_of_the_map(tmp_path: Path):
    subprocess.run([sys.executable, "scripts/data_map", tmp_path / "made.md"], cwd=ROOT, check=True)

    made = (tmp_path / "made.md").read_text("utf-8")

    assert made == (ROOT / "docs/data-map.md").read_text("utf-8"), "run `scripts/data_map`"


def test_the_comparison_sees_what_is_missing_and_what_is_too_much():
    told = differences({"turns.new"}, {"turns.old"}, "words")

    assert told == [
        "add turns.new to `words` in docs/data-map.yml",
        "take turns.old out of `words` in docs/data-map.yml",
    ]
