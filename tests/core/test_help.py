"""The help lines: their data, their hours, and what is said with them."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.core import help as helplines
from bot.core.help import HELPLINES, MUNICIPALITY, PRECEDENCE, HelpUnreadable, digits, in_order, is_open, load
from bot.core.hours import Hours, in_words
from bot.core.texts import Texts

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ROOT = Path(helplines.__file__).parent.parent.parent
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=AMSTERDAM)
SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=AMSTERDAM)
LINES = yaml.safe_load(HELPLINES.read_text(encoding="utf-8"))["lines"]
NUMBER = re.compile(r"(?<![\w/.])(?:0[89]\d\d|088|06|0\d\d)[- ]\d[\d -]{2,}|\b11[23]\b")


def municipality(tmp_path, **changes):
    facts = {**yaml.safe_load(MUNICIPALITY.read_text(encoding="utf-8")), **changes}
    path = tmp_path / "municipality.yml"
    path.write_text(yaml.safe_dump(facts), encoding="utf-8")
    return load(path)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_every_line_has_a_source_a_check_date_a_cost_and_a_status(line):
    assert line["sources"]
    assert all(source.startswith(("https://", "http://")) for source in line["sources"])
    assert isinstance(line["verified_on"], date)
    assert line["cost"] in ("free", "local", "paid", "unknown")
    assert line["status"] in ("sure", "check")
    assert line["status"] == "sure" or line["open_points"]


def test_a_line_of_the_panel_or_of_a_signal_exists():
    help_now = load()

    assert set(help_now.panel) <= set(help_now.lines)
    assert set(help_now.signals) == set(PRECEDENCE)
    assert all(line in help_now.lines for lines in help_now.signals.values() for line in lines)


def test_lines_said_to_be_free_day_and_night_are_so():
    for name in ("emergency", "suicide", "safe_home"):
        line = load().lines[name]
        assert line.hours.always
        assert line.cost == "free"


def texts_that_people_read():
    content = [path for path in (ROOT / "bot" / "content").glob("*.yml") if path not in (HELPLINES, MUNICIPALITY)]
    phrases = {
        "safety_phrases.yml",
        "masking.yml",
        "names.yml",
        "themes.yml",
        "health_words.yml",
        "short_forms.yml",
    }  # read by no person
    return [path for path in [*content, ROOT / "domain.yml"] if path.name not in phrases and path.exists()]


@pytest.mark.parametrize("path", texts_that_people_read(), ids=lambda path: path.name)
def test_no_text_holds_a_telephone_number(path):
    assert NUMBER.findall(path.read_text(encoding="utf-8")) == []


def test_the_search_for_numbers_would_find_every_line():
    for line in LINES:
        for number in (line["number"], *line.get("also", ())):
            assert NUMBER.search(f"bel {number} nu")


def test_a_number_that_is_shut_is_not_given():
    open_now, shut_now = load().placeholders(MONDAY_NOON), load().placeholders(SUNDAY_NIGHT)

    assert open_now["urgent_phone"] == "000-000 00 04"
    assert shut_now["urgent_phone"] is None
    assert shut_now["money_phone"] is None
    assert shut_now["suicide_phone"] == "113"


def test_the_next_opening_is_told_only_while_shut():
    assert load().placeholders(SUNDAY_NIGHT)["municipality_opens"] == "morgen 9.00 uur"
    assert load().placeholders(MONDAY_NOON)["municipality_opens"] is None


def test_a_holiday_is_skipped():
    christmas = datetime(2026, 12, 25, 10, 0, tzinfo=AMSTERDAM)

    assert not load().municipality_is_open(christmas)
    assert load().placeholders(christmas)["municipality_opens"] == "maandag 9.00 uur"


def test_the_first_signal_gives_its_whole_text_and_the_next_only_numbers():
    keys = load().help_keys(["suicide", "violence"], MONDAY_NOON)

    assert keys == ["utter_help_violence", "utter_help_suicide_again"]


def test_a_second_time_is_shorter():
    assert load().help_keys(["suicide"], MONDAY_NOON, seen=["suicide"]) == ["utter_help_suicide_again"]


def test_a_shut_shelter_is_said_and_another_line_named():
    keys = load().help_keys(["homeless_tonight", "acute_need"], SUNDAY_NIGHT)

    assert keys == ["utter_help_homeless_tonight", "utter_help_acute_need_again", "utter_help_shelter_closed"]
    assert load().help_keys(["homeless_tonight"], MONDAY_NOON) == ["utter_help_homeless_tonight"]


def test_a_municipality_without_a_shelter_number_never_shows_one(tmp_path):
    own = municipality(tmp_path, shelter=None, example=False)

    assert own.placeholders(MONDAY_NOON)["shelter_phone"] is None
    assert "utter_help_shelter_closed" in own.help_keys(["homeless_tonight"], MONDAY_NOON)
    assert own.missing() == ["shelter"]


def test_what_to_tell_the_shelter_goes_with_its_number():
    def told(moment):
        return Texts.load(load().placeholders(moment)).get("utter_help_homeless_tonight").text

    assert "kinderen" in told(MONDAY_NOON)
    assert "kinderen" not in told(SUNDAY_NIGHT)


def test_help_without_a_known_signal_names_all_lines():
    assert load().help_keys([], MONDAY_NOON) == ["utter_help_now"]
    assert in_order(["suicide", "unheard_of", "violence", "suicide"]) == ["violence", "suicide"]


def test_every_key_for_help_is_a_text_of_the_domain():
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    closed = [key for _, key in helplines.CLOSED.values()]
    keys = [*helplines.FIRST.values(), *helplines.AGAIN.values(), *closed, helplines.EVERYTHING]

    assert [key for key in keys if key not in responses] == []


def test_the_panel_shows_only_open_lines_and_hides_what_could_betray():
    panel = load().lines_open_now(SUNDAY_NIGHT)

    assert [line["number"] for line in panel] == ["112", "113", "0800-2000", "088-0767 000"]
    assert not any("Veilig Thuis" in str(line) for line in panel)
    assert panel[2]["tel"] == digits("0800-2000") == "08002000"


def test_a_line_without_a_number_is_never_open(tmp_path):
    assert not is_open(municipality(tmp_path, urgent=None).lines["urgent"], MONDAY_NOON)


def test_a_missing_fact_is_named(tmp_path):
    path = tmp_path / "municipality.yml"
    path.write_text("name: gemeente Leeg\n", encoding="utf-8")

    with pytest.raises(HelpUnreadable, match="phone, hours"):
        load(path)


@pytest.mark.parametrize("written", ["name: [", "hours: {days: [zon]}"])
def test_an_unreadable_file_is_told(tmp_path, written):
    path = tmp_path / "municipality.yml"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(HelpUnreadable):
        load(path)


NIGHT = Hours.read([{"days": ["fri"], "from": "20:00", "until": "06:00"}])
DAY = Hours.read([{"days": ["mon", "tue"], "from": "09:00", "until": "24:00"}])


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        (NIGHT, datetime(2026, 11, 27, 21, 0, tzinfo=AMSTERDAM), True),
        (NIGHT, datetime(2026, 11, 28, 5, 59, tzinfo=AMSTERDAM), True),
        (NIGHT, datetime(2026, 11, 28, 6, 0, tzinfo=AMSTERDAM), False),
        (NIGHT, datetime(2026, 11, 27, 5, 0, tzinfo=AMSTERDAM), False),
        (DAY, datetime(2026, 11, 23, 23, 59, tzinfo=AMSTERDAM), True),
        (DAY, datetime(2026, 11, 23, 8, 0, tzinfo=UTC), True),  # nine o'clock in winter
        (DAY, datetime(2026, 7, 20, 7, 0, tzinfo=UTC), True),  # nine o'clock in summer
        (DAY, datetime(2026, 7, 20, 6, 59, tzinfo=UTC), False),
        (Hours(always=True), datetime(2026, 12, 25, 3, 0, tzinfo=UTC), True),
        (Hours(), datetime(2026, 11, 23, 12, 0, tzinfo=UTC), False),
    ],
)
def test_hours_are_amsterdam_hours(hours, at, expected):
    assert hours.is_open(at) is expected


def test_an_opening_further_away_is_named_by_its_day():
    opening = DAY.next_opening(datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM))

    assert opening is not None
    assert in_words(opening, datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)) == "maandag 9.00 uur"
    assert in_words(opening, datetime(2026, 11, 30, 8, 0, tzinfo=AMSTERDAM)) == "vandaag 9.00 uur"
    assert Hours(always=True).next_opening(MONDAY_NOON) is None
