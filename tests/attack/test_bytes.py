"""Bytes that are no good request, on a raw socket at every address: a clear refusal, and nothing repeated."""

import asyncio
import gzip
import io
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.web.middlewares import FIXED
from bot.web.routes import ID, TALK_ID, routes
from tests.attack.figures import tell
from tests.web.caller import Caller, Person
from tests.web.conftest import caller, clock, content, engine, one_clock, person, sense, settings, store, talker

pytestmark = pytest.mark.slow
__all__ = ["caller", "clock", "content", "engine", "one_clock", "person", "sense", "settings", "store", "talker"]
CANARY = "GEHEIM7531"  # in every request, and in no answer
PATIENCE = 20  # seconds
RANDOM = random.Random(1)
JSON = ("Content-Type: application/json",)
BOMB = gzip.compress(b'{"text":"' + b"a" * 8_000_000 + b'"}')


@dataclass(frozen=True)
class Sent:
    """One request as bytes; `closes` when it is left unfinished."""

    name: str
    body: bytes = b""
    headers: tuple[str, ...] = JSON
    length: int | None = None
    line: bytes | None = None
    closes: bool = field(default=False)

    def bytes(self, method: str, path: str, token: str) -> bytes:
        line = self.line or f"{method} {path} HTTP/1.1".encode()
        length = len(self.body) if self.length is None else self.length
        sized = () if any("Transfer-Encoding" in header for header in self.headers) else (f"Content-Length: {length}",)
        headers = ("Host: x", f"Authorization: Bearer {token}", "Connection: close", *sized, *self.headers)
        return line + b"\r\n" + "\r\n".join(headers).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + self.body


def _zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bad.json", CANARY * 1000)
    return packed.getvalue()


def _json(text: str) -> bytes:
    return ('{"text":"' + text + CANARY + '"').encode("utf-8", "surrogatepass")


BODIES = [
    Sent("random bytes", RANDOM.randbytes(2000) + CANARY.encode()),
    Sent("a zip", _zipped()),
    Sent("a zip that says so", _zipped(), ("Content-Type: application/zip",)),
    Sent("gzip that is none", CANARY.encode(), (*JSON, "Content-Encoding: gzip")),
    Sent("a gzip bomb", BOMB, (*JSON, "Content-Encoding: gzip")),
    Sent("deflate that is none", CANARY.encode(), (*JSON, "Content-Encoding: deflate")),
    Sent("an encoding nobody knows", CANARY.encode(), (*JSON, f"Content-Encoding: {CANARY}")),
    Sent("a form", f"text={CANARY}".encode(), ("Content-Type: application/x-www-form-urlencoded",)),
    Sent("parts of a form", CANARY.encode(), ("Content-Type: multipart/form-data; boundary=x",)),
    Sent("a type that is none", _json(""), (f"Content-Type: {CANARY}/\x7f;;=",)),
    Sent("XML", f"<!DOCTYPE a [<!ENTITY b '{CANARY}'>]><a>&b;</a>".encode(), ("Content-Type: application/xml",)),
    Sent("bytes that are no UTF-8", b'{"text":"\xff\xfe\xc3\x28' + CANARY.encode() + b'"}'),
    Sent("half a pair in a key", f'{{"{CANARY}\ud800":1}}'.encode("utf-8", "surrogatepass")),
    Sent("UTF-16", f'{{"{CANARY}":1}}'.encode("utf-16"), ("Content-Type: application/json; charset=utf-16",)),
    Sent("a charset nobody knows", _json(""), (f"Content-Type: application/json; charset={CANARY}",)),
    Sent("NUL in a key", f'{{"\\u0000{CANARY}":"\\u0000"}}'.encode()),
    Sent("thousands of brackets", b"[" * 60_000),
    Sent("a very long number", b'{"text":' + b"9" * 60_000 + b"}"),
    Sent("no number", b'{"text":NaN,"choice":-Infinity}'),
    Sent("too much", CANARY.encode() * 10_000),
    Sent("nothing", b""),
]
# These are no HTTP, or end half way; they are answered, if at all, before any address is looked up.
BROKEN = [
    Sent("a chunk of no size", f"{CANARY}\r\n".encode(), (*JSON, "Transfer-Encoding: chunked")),
    Sent("a chunk of minus one", f"-1\r\n{CANARY}\r\n0\r\n\r\n".encode(), (*JSON, "Transfer-Encoding: chunked")),
    Sent("two lengths", CANARY.encode(), (*JSON, "Content-Length: 3")),
    Sent("length and chunks", b"0\r\n\r\n", (*JSON, "Content-Length: 3", "Transfer-Encoding: chunked")),
    Sent("a length below nothing", length=-1),
    Sent("a header of 100 kB", headers=("X-Big: " + CANARY * 10_000,)),
    Sent("a thousand headers", headers=tuple(f"X-{n}: {CANARY}" for n in range(1000))),
    Sent("a control sign in a header", headers=(f"X-Bad: \x01{CANARY}",)),
    Sent("a header without a colon", headers=(CANARY,)),
    Sent("a line that is no request", line=f"{CANARY}".encode()),
    Sent("a version nobody knows", line=f"GET /{CANARY} HTTP/9.9".encode()),
    Sent("TLS", line=b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + CANARY.encode()),
    Sent("the preface of HTTP/2", line=b"PRI * HTTP/2.0"),
    Sent("half a body", b'{"te', length=5000, closes=True),
    Sent("half a head", line=b"POST /v1/conv", closes=True),
]
PATHS = [
    "/static/../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/app.py",
    "/static/..%2f..%2fapp.py",
    "/static/%252e%252e%252fapp.py",
    "/static/....//....//app.py",
    "/static//etc/passwd",
    "/s/%00",
    "/s/%ff%fe",
    "/s/%ed%a0%80",
    "/s/" + CANARY * 40,
    "/v1/conversations/%2e%2e/messages",
    f"/v1/conversations/{CANARY}%0d%0aX-Bad:1/messages",
    f"/v1/conversations/{CANARY}%2Fsummary",
    f"/v1/shares/{CANARY}%20/open",
    f"//{CANARY}.example/%5c..",
    f"http://{CANARY}.example/v1/nothing",
    "*",
    f"/nothing?{CANARY}",
]


@dataclass(frozen=True)
class Got:
    """What came back on the wire."""

    raw: bytes

    @property
    def status(self) -> int:
        return int(self.raw.split(b" ", 2)[1]) if self.raw else 0

    @property
    def head(self) -> str:
        return self.raw.partition(b"\r\n\r\n")[0].decode("latin-1")


async def send(caller: Caller, *parts: bytes, closes: bool = False) -> Got:
    reader, writer = await asyncio.open_connection(caller.client.host, caller.client.port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        if closes:
            writer.write_eof()
        return Got(await asyncio.wait_for(reader.read(-1), PATIENCE))
    except ConnectionError:  # refused before all of it was sent
        return Got(b"")
    finally:
        writer.close()


def faults(got: Got, token: str, may_be_silent: bool = False) -> list[str]:
    """What is wrong with an answer."""
    if may_be_silent and not got.raw:
        return []
    wrong = [] if 200 <= got.status < 500 else [f"status {got.status}"]
    wrong += [f"no {name}" for name in (*FIXED, "Content-Security-Policy") if name not in got.head]
    if got.status >= 400 and "application/problem+json" not in got.head and "text/html" not in got.head:
        wrong.append("no problem")
    return wrong + [f"repeats {word}" for word in (CANARY, token) if word.encode() in got.raw]


def addresses(person: Person) -> Iterator[tuple[str, str]]:
    """Every method and path of the site, of a conversation that exists."""
    for route in routes():
        path = route.path.replace("{path:[A-Za-z0-9_./-]+}", "chat.js")
        path = path.replace(f"{{conversationId:{TALK_ID}}}", person.id)
        yield route.method, re.sub(rf"{{\w+:{re.escape(ID)}}}", "abc", path)


def test_all_addresses_are_filled_in(caller: Caller):
    class Nobody:
        id = "abc"

    assert not [path for _, path in addresses(Nobody()) if set(path) & set("{}|(")]  # type: ignore[arg-type]


@pytest.mark.parametrize("sent", BODIES, ids=lambda sent: sent.name)
async def test_a_bad_body_is_refused_at_every_address(caller: Caller, talker: Person, sent: Sent):
    tried = {at: await send(caller, sent.bytes(*at, talker.token)) for at in addresses(talker) if at[0] != "DELETE"}

    wrong = {at: found for at, got in tried.items() if (found := faults(got, talker.token))}

    assert wrong == {}
    assert (await talker.reads()).status == 200
    tell("bad bodies", sent=len(tried), broken=0)


@pytest.mark.parametrize("sent", BROKEN, ids=lambda sent: sent.name)
async def test_what_is_no_http_is_refused_without_an_echo(caller: Caller, talker: Person, sent: Sent):
    request = sent.bytes("POST", f"{talker.path}/messages", talker.token)

    got = await send(caller, request, closes=sent.closes)

    assert faults(got, talker.token, may_be_silent=True) == []
    assert got.status in (0, 400, 413)
    assert (await talker.reads()).status == 200
    tell("no HTTP", sent=1, broken=0)


@pytest.mark.parametrize("path", PATHS)
async def test_a_path_that_leads_elsewhere_is_not_found(caller: Caller, talker: Person, path: str):
    for method in ("GET", "POST", "DELETE"):
        got = await send(caller, Sent("").bytes(method, path, talker.token))

        assert faults(got, talker.token) == [] or path == "*"
        assert got.status in (400, 401, 404, 405) or path.startswith("/s/GEHEIM")
        assert b"root:" not in got.raw
        assert b"import" not in got.raw


async def test_random_bytes_never_break_the_server(caller: Caller, talker: Person):
    sent = [RANDOM.randbytes(RANDOM.randrange(1, 300)) + b"\r\n\r\n" for _ in range(300)]

    wrong = [one for one in sent if faults(await send(caller, one, closes=True), talker.token, may_be_silent=True)]

    assert wrong == []
    assert (await talker.reads()).status == 200
    tell("random bytes", sent=len(sent), broken=0)
