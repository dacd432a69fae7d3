"""Secrets in requests that the bot refuses, or has no use for."""

import gzip

from tests.secrets.bot import Bot
from tests.secrets.person import Person, begun

OPEN = "/v1/shares/AAAAAAAAAAAAAAAAAAAAAA/open"


def choice(bot: Bot, word: str) -> None:
    assert begun(bot).says(choice=word).status == 400


def choice_of_a_question(bot: Bot, word: str) -> None:
    assert begun(bot).says(choice=f"change:{word}").status == 400


def choice_of_topics(bot: Bot, word: str) -> None:
    assert begun(bot).says(choice=f"topics:{word},health").status == 400


def fields_of_another_kind(bot: Bot, word: str) -> None:
    body = {"text": {word: word}, "choice": [word], "messageId": {word: 1}, word: word}
    assert begun(bot).call("POST", "/messages", body).status == 400


def field_that_is_unknown(bot: Bot, word: str) -> None:
    assert begun(bot).says(choice="good", **{word: word}).status in (200, 400)


def channel(bot: Bot, word: str) -> None:
    assert bot.send("POST", "/v1/conversations", {"channel": word}).status == 400


def meeting(bot: Bot, word: str) -> None:
    assert begun(bot).call("PATCH", "", {"meeting": word}).status == 400


def resume_code(bot: Bot, word: str) -> None:
    assert bot.send("POST", "/v1/conversations/resume", {"code": word}).status == 400


def one_time_link(bot: Bot, word: str) -> None:
    assert bot.send("POST", "/v1/conversations/resume", {"link": word}).status == 404


def code_of_no_page(bot: Bot, word: str) -> None:
    assert bot.send("POST", OPEN, {"code": word}).status in (400, 403, 404)


def code_of_a_page(bot: Bot, word: str) -> None:
    share = begun(bot).taps("good", "home", "rest", "continue", "home").call("POST", "/shares").json
    assert bot.send("POST", f"/v1/shares/{share['shareId']}/open", {"code": word}).status in (400, 403)


def line_id(bot: Bot, word: str) -> None:
    line = f"/summary/lines/{word.replace('ë', '-')}"
    assert begun(bot).call("PATCH", line, {"text": f"goed, {word}"}).status == 404


def topic_id(bot: Bot, word: str) -> None:
    assert begun(bot).call("PATCH", f"/summary/topics/{word.replace('ë', '-')}", {"shared": True}).status == 404


def share_id(bot: Bot, word: str) -> None:
    part = word.replace("ë", "-")
    assert begun(bot).call("DELETE", f"/shares/{part}").status in (204, 404)
    assert bot.send("GET", f"/s/{part}", headers={"Accept": "text/html"}).status in (200, 404)


def conversation_id(bot: Bot, word: str) -> None:
    headers = {"Authorization": f"Bearer {begun(bot).token}"}
    assert bot.send("GET", f"/v1/conversations/{word.replace('ë', '-')}", headers=headers).status == 404


def path(bot: Bot, word: str) -> None:
    for accept in ("text/html", "application/json"):
        assert bot.send("GET", f"/{word}/{word}", headers={"Accept": accept}).status == 404
    assert bot.send("GET", f"/static/{word}.js").status == 404


def query(bot: Bot, word: str) -> None:
    for address in ("/", "/hulp", "/health", "/embed", "/v1/openapi.json"):
        assert bot.send("GET", f"{address}?q={word}&{word}=1").status == 200


def token(bot: Bot, word: str) -> None:
    for scheme in ("Bearer ", "Basic ", ""):
        assert bot.send("GET", Person(bot).path, headers={"Authorization": scheme + word}).status == 401


def forwarded_for(bot: Bot, word: str) -> None:
    more = {"X_Forwarded_For": f"{word}, 10.0.0.1", "Forwarded": f"for={word}"}
    assert begun(bot).call("POST", "/messages", {"choice": "good"}, **more).status == 200


def user_agent(bot: Bot, word: str) -> None:
    more = {"User_Agent": word, "Cookie": f"a={word}", "Referer": f"https://{word}/", "Origin": f"https://{word}"}
    assert begun(bot).call("POST", "/messages", {"choice": "good"}, **more).status == 200


def method(bot: Bot, word: str) -> None:
    bot.raw(f"{word.replace('ë', '-').upper()} / HTTP/1.1\r\nHost: {word}\r\n\r\n".encode())


def broken_json(bot: Bot, word: str) -> None:
    person = begun(bot)
    for body in (f'{{"text": "{word}', f'["{word}"]', f'"{word}"', f'{{"text": {word}}}'):
        assert person.call("POST", "/messages", body.encode()).status == 400


def another_encoding(bot: Bot, word: str) -> None:
    body = f'{{"text": "{word}"}}'
    assert begun(bot).call("POST", "/messages", body.encode("latin-1")).status in (200, 400)
    assert begun(bot).call("POST", "/messages", body.encode("utf-16")).status in (200, 400)


def content_type(bot: Bot, word: str) -> None:
    body = f"text={word}".encode()
    assert begun(bot).call("POST", "/messages", body, Content_Type=f"text/{word.replace('ë', '-')}").status == 415
    assert begun(bot).call("POST", "/messages", body, Content_Type="multipart/form-data; boundary=x").status == 415


def packed(bot: Bot, word: str) -> None:
    person, body = begun(bot), gzip.compress(f'{{"text": "het gaat goed, {word}"}}'.encode())
    assert person.call("POST", "/messages", body, Content_Encoding="gzip").status in (200, 400)
    assert person.call("POST", "/messages", body[:-9], Content_Encoding="gzip").status in (200, 400)
    assert person.call("POST", "/messages", word.encode(), Content_Encoding="gzip").status == 400
    assert person.call("POST", "/messages", word.encode(), Content_Encoding=word.replace("ë", "-")).status < 500


def too_large(bot: Bot, word: str) -> None:
    assert begun(bot).says(f"{word} " * 3000).status == 413


def half_a_body(bot: Bot, word: str) -> None:
    body = f'{{"text": "ik heb {word}'.encode()
    bot.raw(_head(begun(bot), f"Content-Length: {len(body) + 50}"), body)


def more_than_its_length(bot: Bot, word: str) -> None:
    body = b'{"choice": "good"}'
    bot.raw(_head(begun(bot), f"Content-Length: {len(body)}"), body, f'{{"text": "{word}"}}\r\n\r\n'.encode())


def wrong_chunks(bot: Bot, word: str) -> None:
    bot.raw(_head(begun(bot), "Transfer-Encoding: chunked"), f"{word}\r\n{word}\r\n0\r\n\r\n".encode())


def two_lengths(bot: Bot, word: str) -> None:
    lengths = f"Content-Length: 2\r\nContent-Length: {word}"
    bot.raw(_head(begun(bot), lengths), f'{{"text": "{word}"}}'.encode())


def control_sign_in_a_header(bot: Bot, word: str) -> None:
    assert bot.raw(f"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \x01{word}\r\n\r\n".encode())


def header_that_is_too_long(bot: Bot, word: str) -> None:
    bot.raw(f"GET / HTTP/1.1\r\nHost: x\r\nX-Long: {word * 2000}\r\n\r\n".encode())


def no_http(bot: Bot, word: str) -> None:
    assert bot.raw(f"{word}\r\n\r\n".encode())


def letter_of_no_gateway(bot: Bot, word: str) -> None:
    assert bot.send("POST", "/peer/held", f'{{"ask": "{word}"}}'.encode()).status == 403


def _head(person: Person, *more: str) -> bytes:
    lines = [
        f"POST {person.path}/messages HTTP/1.1",
        "Host: x",
        "Content-Type: application/json",
        f"Authorization: Bearer {person.token}",
        *more,
    ]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


REFUSED = (
    choice,
    choice_of_a_question,
    choice_of_topics,
    fields_of_another_kind,
    field_that_is_unknown,
    channel,
    meeting,
    resume_code,
    one_time_link,
    code_of_no_page,
    code_of_a_page,
    line_id,
    topic_id,
    share_id,
    conversation_id,
    path,
    query,
    token,
    forwarded_for,
    user_agent,
    method,
    broken_json,
    another_encoding,
    content_type,
    packed,
    too_large,
    half_a_body,
    more_than_its_length,
    wrong_chunks,
    two_lengths,
    control_sign_in_a_header,
    header_that_is_too_long,
    no_http,
    letter_of_no_gateway,
)
