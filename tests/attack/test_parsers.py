"""Every reader of what others write: whatever comes, it gives something sound or says what is wrong."""

# ruff: noqa: PT017  # which of the two it does is the reader's choice

import base64
import json
import re
from contextlib import suppress
from ipaddress import ip_address, ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.core import help as helplines
from bot.core import questionnaire
from bot.core.choices import is_known, plain, understand
from bot.core.errors import MasterKeyMissing, MasterKeyWrong
from bot.core.talk import Talk
from bot.sense.dates import dates
from bot.sense.emails import emails
from bot.sense.masking import mask, show
from bot.sense.numbers import ibans, numbers
from bot.sense.passwords import passwords
from bot.sense.places import addresses
from bot.sense.postcodes import postcodes
from bot.settings import Settings, SettingsWrong
from bot.store import codes, masterkey
from bot.web import bodies
from bot.web.errors import BodyBroken, BodyWrong, NotJson
from bot.web.limits import address_of
from bot.web.said import HIDDEN, Said
from tests.talking import ROUTE

pytestmark = pytest.mark.slow

FAST = settings(
    max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
TEXT = st.text(st.characters(codec=None), max_size=60)  # halves of pairs too
PIECES = ["06", "12345678", "123456782", "NL91ABNA0417164300", "@", ".", " ", "-", "jan", "3 mei 1980", "1-1-1980"]
PIECES += [
    "Kerkstraat",
    "12",
    "1234 AB",
    "wachtwoord",
    "is",
    ":",
    "Zomer12!",
    "mevrouw",
    "Jansen",
    "\n",
    "é",
    "1\u200b2",
    "J.",
]
DUTCH = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.lists(st.integers(), max_size=2)
BYTES = st.binary(max_size=40) | VALUES.map(lambda value: json.dumps(value).encode())
FIELDS = ("text", "choice", "messageId", "channel", "code", "link", "shared", "names", "meeting")
BODY = st.dictionaries(st.sampled_from(FIELDS), VALUES)
SETTINGS = ("PORT", "HOST", "PUBLIC_URL", "DATABASE_URL", "KEYRING_URL", "ENGINES", "EMBED_ORIGINS", "TRUSTED_PROXIES")
SETTINGS += ("RATE_PER_ADDRESS", "RATE_PER_CONVERSATION", "DATA_DIR")
VALUES_OF_SETTINGS = ["0", "-1", "٣", "http://[", "https://a b", "10.0.0.1/8"]
READERS = (bodies.said, bodies.channel, bodies.resume, bodies.share_code, bodies.shared, bodies.line, bodies.meeting)
LOOKERS = (emails, ibans, dates, lambda text: numbers(text, ()), passwords, postcodes, addresses)


@FAST
@given(
    st.dictionaries(
        st.sampled_from(SETTINGS), TEXT | st.sampled_from(["0", "-1", "٣", "http://[", "https://a b", "10.0.0.1/8"])
    )
)
def test_settings_are_read_or_refused_by_name_without_their_value(env: dict[str, str]):
    try:
        read = Settings.from_env(env)
    except SettingsWrong as wrong:
        assert any(name in str(wrong) for name in env)
    else:
        assert 1 <= read.port <= 65_535
        assert not set(" *;,'\"\n\r") & set("".join(read.embed_origins))


class Request:
    """A request with just a body and a type."""

    def __init__(self, body: bytes, kind: str = "application/json") -> None:
        self.body, self.content_type = body, kind

    async def read(self) -> bytes:
        return self.body


@FAST
@given(
    st.binary(max_size=40) | VALUES.map(lambda value: json.dumps(value).encode()),
    st.sampled_from(["application/json", "a/b"]),
)
async def test_a_body_is_an_object_or_refused(body: bytes, kind: str):
    with suppress(BodyBroken, NotJson):
        assert isinstance(await bodies.read(Request(body, kind)), dict)  # type: ignore[arg-type]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@FAST
@given(body=BODY)
def test_the_fields_of_a_body_are_read_or_each_fault_is_named(read: Any, body: dict[str, Any]):
    try:
        read(body)
    except BodyWrong as wrong:
        assert wrong.faults
        assert {fault.field for fault in wrong.faults} <= {*FIELDS, ""}


@FAST
@given(TEXT | st.text(st.sampled_from("ab1 \u200b\u202e\x00\ud800\n"), max_size=20))
def test_words_hold_nothing_that_cannot_be_seen_and_reading_them_twice_changes_nothing(text: str):
    words = Said(text).words

    assert words.encode("utf-8").decode() == words
    assert not set(words) & (HIDDEN | {"\x00"})
    assert Said(words).words == words


@FAST
@given(st.text(max_size=30) | st.text(st.sampled_from("0123456789 -–.٣"), max_size=24))
def test_a_code_is_digits_and_nothing_else(text: str):
    tidy = codes.tidy(text)

    assert codes.tidy(tidy) == tidy
    assert not codes.is_code(tidy, 6) or (len(tidy) == 6 and set(tidy) <= set("0123456789"))
    assert not codes.is_id(text) or len(text) == 22


LINE = st.binary(max_size=30) | st.sampled_from([b"m1 " + base64.b64encode(bytes(32)), b"# note", b"", b"m1 AAAA"])


@FAST
@given(st.lists(LINE, max_size=4).map(b"\n".join))
def test_a_master_key_file_is_read_or_refused_without_its_keys(tmp_path_factory: pytest.TempPathFactory, raw: bytes):
    file = tmp_path_factory.getbasetemp() / "any.key"
    file.write_bytes(raw)
    try:
        assert all(len(key) == 32 for key in masterkey.read(file).keys.values())
    except (MasterKeyMissing, MasterKeyWrong) as wrong:
        assert base64.b64encode(bytes(32)).decode() not in str(wrong)
        assert "AAAA" not in str(wrong)


@FAST
@given(st.lists(st.text(st.sampled_from("0123456789abcdef.:, []%"), max_size=30), max_size=3), st.ip_addresses())
def test_an_address_is_one_that_can_be_counted_and_no_claim_is_believed(claims: list[str], own: Any):
    headers = CIMultiDict([("X-Forwarded-For", claim) for claim in claims])
    asked, bare = (SimpleNamespace(headers=one, remote=str(own)) for one in (headers, CIMultiDict()))

    assert address_of(asked, ()) == address_of(bare, ())
    believed = address_of(asked, (ip_network("0.0.0.0/0"),))
    assert believed == "unknown" or ip_address(believed)


@FAST
@given(TEXT | st.lists(TEXT, max_size=3).map(",".join).map("topics:".__add__) | TEXT.map("change:".__add__))
def test_a_choice_is_known_or_not_and_a_known_one_means_something(choice: str):
    assert plain(plain(choice)) == plain(choice)
    if is_known(choice, ROUTE.questionnaire):
        assert understand(choice, ROUTE.waiting(Talk({})), Talk({})).intent


@FAST
@given(DUTCH | TEXT)
def test_what_is_found_in_words_lies_inside_them(text: str):
    for look in LOOKERS:
        for found in look(text):
            start, end = found if isinstance(found[0], int) else found[0]
            assert 0 <= start < end <= len(text)


@FAST
@given(DUTCH | TEXT)
def test_masking_leaves_names_in_order_and_nothing_more_to_hide(text: str):
    masked = mask(text)

    ends = [0, *(end for _, end in masked.names)]
    assert all(end <= start < stop for end, (start, stop) in zip(ends, masked.names, strict=False))
    assert not re.search(r"(?<!\d)123456782(?!\d)", masked.text)
    assert isinstance(show(masked.text, [*masked.names, (-5, 3), (0, 10**9)]), str)


def _spoilt(raw: Any, way: list[int], value: Any) -> Any:
    """The data with one piece of it, found along the way, replaced."""
    if not way or not isinstance(raw, dict | list) or not raw:
        return value
    key = list(raw)[way[0] % len(raw)] if isinstance(raw, dict) else way[0] % len(raw)
    copy = dict(raw) if isinstance(raw, dict) else list(raw)
    copy[key] = _spoilt(raw[key], way[1:], value)
    return copy


def _written(folder: pytest.TempPathFactory, raw: Any) -> Path:
    file = folder.getbasetemp() / "any.yml"
    file.write_text(yaml.dump(raw, Dumper=yaml.CSafeDumper), "utf-8")
    return file


WAY = st.lists(st.integers(0, 30), min_size=1, max_size=4)
ASKED = yaml.load((questionnaire.CONTENT / "questionnaire.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
MUNICIPALITY = yaml.load(helplines.MUNICIPALITY.read_text("utf-8"), Loader=yaml.CSafeLoader)


@settings(FAST, max_examples=15)
@given(way=WAY, value=st.none() | st.integers() | st.lists(st.none(), max_size=1))
def test_a_spoilt_questionnaire_is_read_or_refused_at_the_start(tmp_path_factory: Any, way: list[int], value: Any):
    with suppress(KeyError, TypeError):
        questionnaire.load(_written(tmp_path_factory, _spoilt(ASKED, way, value)))


@settings(FAST, max_examples=30)
@given(way=WAY, value=st.none() | st.integers() | st.booleans() | st.lists(st.none(), max_size=1))
def test_a_spoilt_file_of_the_municipality_is_read_or_named_as_unreadable(
    tmp_path_factory: Any, way: list[int], value: Any
):
    with suppress(helplines.HelpUnreadable):
        helplines.load(municipality=_written(tmp_path_factory, _spoilt(MUNICIPALITY, way, value)))
