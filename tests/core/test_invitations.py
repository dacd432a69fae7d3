"""What an invitation must be: each fault has its own sentence, and all are told at once."""

from datetime import UTC, datetime

import pytest

from bot.core.invitations import Invited, read

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
RIGHT = {
    "contactName": "Karin de Boer",
    "contactEmail": "k.de.boer@gemeente.example",
    "meetingAt": "2026-12-08T10:30",
    "reference": "Z-2026/12.3",
}


def faults(**changes):
    found = read({**RIGHT, **changes}, NOW, lambda mark: mark == "BSN123456782")
    return [] if isinstance(found, Invited) else [(fault.field, fault.key) for fault in found]


def meeting(text):
    found = read({**RIGHT, "meetingAt": text}, NOW, lambda mark: False)
    return found.json()["meetingAt"] if isinstance(found, Invited) else found[0].key


def test_what_is_right_is_taken_with_the_time_of_amsterdam():
    assert read(RIGHT, NOW, lambda mark: False).json() == {**RIGHT, "meetingAt": "2026-12-08T10:30+01:00"}


def test_all_faults_are_told_at_once():
    told = faults(contactName="", contactEmail=None, meetingAt=5, reference=["x"])

    assert told == [
        ("contactName", "contact_name"),
        ("contactEmail", "contact_email"),
        ("meetingAt", "meeting_at"),
        ("reference", "reference"),
    ]


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "Karin\nBcc: x", "Karin\x00", "Karin\u202e", "12", None])
def test_a_contact_person_has_a_name_of_one_line(name):
    assert faults(contactName=name) == [("contactName", "contact_name")]


@pytest.mark.parametrize(
    "address",
    [
        "k@gemeente.nl\nBcc: x@y.nl",
        "k@gemeente.nl\r\n",
        "k@gemeente.nl,x@y.nl",
        "k@gemeente.nl x@y.nl",
        "Karin <k@gemeente.nl>",
        '"k x"@gemeente.nl',
        "k@gemeente",
        "k..b@gemeente.nl",
        ".k@gemeente.nl",
        "k@-gemeente.nl",
        "k@gemeente.nl?bcc=x",
        "k%0ax@gemeente.nl",
        "é@gemeente.nl",
        f"{'x' * 65}@gemeente.nl",
        f"k@{'x' * 60}.{'x' * 60}.{'x' * 60}.{'x' * 60}.{'x' * 60}.nl",
        "",
    ],
)
def test_mail_goes_to_one_plain_address(address):
    assert faults(contactEmail=address) == [("contactEmail", "contact_email")]


@pytest.mark.parametrize("address", ["a@b.nl", "k.de-boer+werk@sociaal.gemeente-x.nl", "o'brien@b.example"])
def test_ordinary_addresses_are_taken(address):
    assert faults(contactEmail=address) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-12-08T10:30Z", "2026-12-08T11:30+01:00"),
        ("2026-12-08 10:30:00", "2026-12-08T10:30+01:00"),
        ("2026-12-08T10:30+01:00", "2026-12-08T10:30+01:00"),
        ("2026-12-08T10:30+02:00", "meeting_zone"),
        ("2026-12-08T10:30+00:00", "meeting_zone"),
        ("2026-11-29T13:00", "meeting_past"),
        ("2026-11-29T13:01", "2026-11-29T13:01+01:00"),
        ("2027-02-12T10:00", "2027-02-12T10:00+01:00"),
        ("2027-02-13T10:00", "meeting_late"),
        ("2026-02-30T10:00", "meeting_at"),
        ("2026-12-08", "meeting_at"),
        ("8-12-2026 10:30", "meeting_at"),
        ("2026-12-08T24:30", "meeting_at"),
        ("2026-12-08T10:30+99:99", "meeting_at"),
        ("2026-12-08T10:30\n", "meeting_at"),
    ],
)
def test_a_meeting_is_a_moment_to_come_within_what_is_kept(text, told):
    assert meeting(text) == told


SUMMER = datetime(2027, 3, 1, tzinfo=UTC), "2027-03-28T02:30"
WINTER = datetime(2027, 10, 1, tzinfo=UTC), "2027-10-31T02:30"


@pytest.mark.parametrize(("now", "text", "zone", "told"), [
    (*SUMMER, "", "meeting_skipped"),
    (*SUMMER, "+01:00", "meeting_zone"),
    (*WINTER, "", "meeting_twice"),
    (*WINTER, "+02:00", "2027-10-31T02:30+02:00"),
    (*WINTER, "+01:00", "2027-10-31T02:30+01:00"),
])  # fmt: skip
def test_the_hour_that_is_skipped_or_comes_twice_is_asked_for(now, text, zone, told):
    found = read({**RIGHT, "meetingAt": text + zone}, now, lambda mark: False)

    assert (found.json()["meetingAt"] if isinstance(found, Invited) else found[0].key) == told


@pytest.mark.parametrize("mark", ["", "x" * 31, "-1", "1-", "Z_1", "Z 1", "Z\n1", "é1", "=1", "k@b.nl"])
def test_a_mark_is_short_and_plain(mark):
    assert faults(reference=mark) == [("reference", "reference")]


def test_a_mark_that_tells_who_somebody_is_has_a_fault_of_its_own():
    assert faults(reference="BSN123456782") == [("reference", "reference_tells_who")]
