"""What is no HTTP gets a problem, and nothing that was sent comes back or reaches the log."""

import asyncio
import logging
from contextlib import suppress

import pytest
import structlog

SECRET = b"GEHEIMESCHULDEN"
GET, POST = b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST /v1/conversations HTTP/1.1\r\nHost: x\r\n"
BAD = {
    "a header with a control character": GET + b"Authorization: Bearer \x01" + SECRET + b"\r\n\r\n",
    "a body that is longer than it says": POST + b'Content-Length: 2\r\n\r\n{}{"text":"' + SECRET + b'"}\r\n\r\n',
    "a wrong chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n" + SECRET + b"\r\n",
    "two lengths": GET + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n" + SECRET,
    "no HTTP at all": SECRET + b"\r\n\r\n",
}


@pytest.mark.parametrize("kind", BAD)
async def test_nothing_of_it_comes_back_or_is_logged(caller, caplog, kind: str):
    with structlog.testing.capture_logs() as events, caplog.at_level(logging.DEBUG):
        answer = await sent(caller, BAD[kind])

    assert SECRET not in answer
    assert SECRET.decode() not in f"{events} {caplog.text}"


@pytest.mark.parametrize("kind", ["a header with a control character", "two lengths", "no HTTP at all"])
async def test_it_gets_a_problem_with_safe_headers(caller, kind: str):
    head, _, body = (await sent(caller, BAD[kind])).partition(b"\r\n\r\n")

    assert head.split(b" ", 2)[1] == b"400"
    assert b"application/problem+json" in head
    assert b"nosniff" in head
    assert b"aiohttp" not in head
    assert "BodyBroken" in body.decode()


async def sent(caller, raw: bytes) -> bytes:
    """Everything that the server answers to these bytes."""
    server = caller.client.server
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(raw)
    await writer.drain()
    answer = b""
    with suppress(TimeoutError):  # after a whole request the connection stays open
        while more := await asyncio.wait_for(reader.read(65536), 2):
            answer += more
    writer.close()
    return answer
