"""How long everything lives: by the meeting when its day is known, and never over ninety days."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.terms import MOST, can_be_meeting, ends, share_end

BEGUN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def a_record(*yes, meeting=None):
    return {"consents": [{"name": name, "given": True} for name in yes], "meeting": meeting}


def test_without_a_yes_a_talk_lives_a_day_however_much_is_typed():
    assert ends(a_record(), BEGUN, BEGUN + DAY / 2).talk == BEGUN + DAY


def test_without_a_day_a_talk_lives_thirty_days_after_its_last_word():
    assert ends(a_record("consent"), BEGUN, BEGUN + 3 * DAY).talk == BEGUN + 33 * DAY


def test_with_a_day_a_talk_lives_fourteen_days_after_it_in_dutch_time():
    end = ends(a_record("consent", meeting="2026-04-01"), BEGUN, BEGUN).talk

    assert end.isoformat() == "2026-04-15T23:59:59+02:00"


def test_a_shared_page_lives_seven_days_after_the_meeting_or_thirty_days():
    talk_end = BEGUN + MOST

    assert share_end(a_record(meeting="2026-04-01"), BEGUN, talk_end).isoformat() == "2026-04-08T23:59:59+02:00"
    assert share_end(a_record(), BEGUN, talk_end) == BEGUN + 30 * DAY


def test_a_page_shared_after_the_meeting_can_still_be_read():
    late = datetime(2026, 4, 10, 12, 0, tzinfo=UTC)

    assert share_end(a_record(meeting="2026-04-01"), late, late + 3 * DAY) == late + 3 * DAY


def test_a_phone_that_may_remember_does_so_a_day_and_another_as_long_as_the_talk():
    assert ends(a_record("consent", "remember"), BEGUN, BEGUN + DAY).token == BEGUN + 2 * DAY
    assert ends(a_record("consent"), BEGUN, BEGUN).token is None


@given(st.integers(0, 89), st.none() | st.integers(0, 400))
def test_nothing_lives_over_ninety_days_and_no_page_longer_than_its_talk(days, meeting):
    told = meeting is not None and (BEGUN + meeting * DAY).date().isoformat()
    record, now = a_record("consent", meeting=told or None), BEGUN + days * DAY

    end = ends(record, BEGUN, now).talk

    assert end <= BEGUN + 90 * DAY
    assert share_end(record, now, end) <= end


def test_a_meeting_is_not_past_and_leaves_time_to_look_back():
    days = ("2026-03-01", "2026-03-02", "2026-05-16", "2026-05-17")

    assert [can_be_meeting(date.fromisoformat(day), BEGUN, BEGUN) for day in days] == [False, True, True, False]
