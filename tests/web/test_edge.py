"""What holds for every request: problems instead of crashes, safe headers, and a log without people in it."""

import json
from typing import Any

import pytest
import structlog

from bot.settings import Settings
from bot.web.app import make_app
from tests.web.caller import Answer, Caller, Person
from tests.web.fakes import FakeEngine, FakeSense

HTML = {"Accept": "text/html,application/xhtml+xml"}


def is_problem(answer: Answer, status: int) -> bool:
    kind = answer.headers["Content-Type"].partition(";")[0]
    return (kind, answer.status, answer["status"]) == ("application/problem+json", status, status)


@pytest.mark.parametrize(
    "path", ["/nothing", "/v1/nothing", "/v1/conversations/é", "/static/", "/static/nothing.js", "/static/x\0", "/s/"]
)
async def test_an_unknown_address_is_a_problem(caller: Caller, path: str):
    assert is_problem(await caller.call("GET", path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/conversations", "POST"),
        ("PUT", "/v1/conversations/abc", "DELETE,GET,HEAD,PATCH"),
        ("OPTIONS", "/v1/conversations", "POST"),
        ("POST", "/", "GET,HEAD"),
        ("TRACE", "/health", "GET,HEAD"),
    ],
)
async def test_a_wrong_method_is_a_problem_that_names_the_right_ones(
    caller: Caller, method: str, path: str, allowed: str
):
    answer = await caller.call(method, path)

    assert is_problem(answer, 405)
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize("path", ["/", "/embed", "/hulp", "/weg", "/s/abc", "/health", "/v1/openapi.json", "/nothing"])
async def test_no_address_sets_a_cookie(caller: Caller, path: str):
    assert "Set-Cookie" not in (await caller.call("GET", path)).headers


async def test_a_token_in_a_cookie_opens_nothing(person: Person):
    cookie = {"Cookie": f"token={person.token}; Authorization=Bearer {person.token}"}

    answer = await person.caller.call("GET", person.path, headers=cookie)

    assert is_problem(answer, 401)
    assert "Set-Cookie" not in answer.headers


async def test_a_problem_has_all_its_parts_and_nothing_of_the_sender(caller: Caller):
    answer = await caller.call("POST", "/v1/conversations", json={"channel": "<script>geheim</script>"})

    assert is_problem(answer, 400)
    assert {"type", "title", "status", "detail", "errors"} == set(answer.body)
    assert "geheim" not in json.dumps(answer.body)


async def test_who_comes_with_a_browser_gets_a_page(caller: Caller):
    answer = await caller.call("GET", "/nothing", headers=HTML)

    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Deze pagina is er niet." in answer.body


async def test_the_api_never_answers_with_a_page(caller: Caller):
    assert is_problem(await caller.call("GET", "/v1/nothing", headers=HTML), 404)


async def test_what_breaks_inside_is_told_without_details(
    person: Person, sense: FakeSense, monkeypatch: pytest.MonkeyPatch
):
    def breaks(text: str, *_: Any) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(sense, "sense", breaks)

    answer = await person.type("mijn geheim")

    assert is_problem(answer, 500)
    assert "geheim" not in json.dumps(answer.body)


async def test_the_log_has_no_words_tokens_codes_or_ids(talker: Person, monkeypatch: pytest.MonkeyPatch):
    with structlog.testing.capture_logs() as events:
        await talker.say(text="mijn geheim", messageId="nummer-7")
        await talker.caller.call("GET", "/s/share-secret")
        await talker.caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})

    logged = json.dumps(events)
    assert len(events) >= 3
    for secret in ("geheim", "nummer-7", talker.token, talker.code, talker.id, "share-secret"):
        assert secret not in logged


async def test_what_breaks_inside_is_logged_without_words(
    person: Person, sense: FakeSense, monkeypatch: pytest.MonkeyPatch
):
    def breaks(text: str, *_: Any) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(sense, "sense", breaks)
    with structlog.testing.capture_logs() as events:
        await person.type("mijn geheim")

    assert {event["event"] for event in events} == {"unexpected", "request"}
    assert "geheim" not in json.dumps(events)


PATHS = [
    "/",
    "/embed",
    "/hulp",
    "/weg",
    "/s/abc",
    "/v1/openapi.json",
    "/health",
    "/health/live",
    "/static/chat.js",
    "/nothing",
]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_keeps_others_out(caller: Caller, path: str):
    headers = (await caller.call("GET", path)).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/static/chat.js"])
async def test_nothing_of_a_talk_is_cached(caller: Caller, path: str):
    assert (await caller.call("GET", path)).headers["Cache-Control"] == "no-store"


async def test_scripts_are_asked_for_again_and_not_sent_again(caller: Caller):
    first = await caller.call("GET", "/static/chat.js")
    again = await caller.call("GET", "/static/chat.js", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.headers["Cache-Control"], again.status) == ("no-cache", 304)


async def test_the_api_tells_its_version(caller: Caller):
    assert (await caller.call("GET", "/v1/nothing")).headers["API-Version"] == "1.0.0"


@pytest.mark.parametrize("path", ["/", "/s/abc", "/embed", "/v1/openapi.json"])
async def test_by_default_no_other_site_may_frame_a_page(caller: Caller, path: str):
    policy = (await caller.call("GET", path)).headers["Content-Security-Policy"]

    assert policy.partition("frame-ancestors ")[2] == ("'self'" if path == "/embed" else "'none'")


async def test_only_the_description_is_readable_from_other_sites(caller: Caller):
    assert (await caller.call("GET", "/v1/openapi.json")).headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/", "/v1/nothing", "/health"):
        assert "Access-Control-Allow-Origin" not in (await caller.call("GET", path)).headers


async def test_over_https_browsers_are_told_to_stay_there(caller: Caller):
    assert "Strict-Transport-Security" in (await caller.call("GET", "/")).headers


class TestWithOtherSettings:
    """A gateway on plain http, which one site may frame."""

    @pytest.fixture
    async def caller(
        self, aiohttp_client: Any, settings: Settings, store: Any, content: Any, engine: FakeEngine
    ) -> Caller:
        env = {"DATA_DIR": str(settings.data_dir), "EMBED_ORIGINS": "https://www.example.nl"}
        app = make_app(Settings.from_env(env), store, engine, FakeSense(), content)
        return Caller(await aiohttp_client(app))

    async def test_http_promises_no_https(self, caller: Caller):
        assert "Strict-Transport-Security" not in (await caller.call("GET", "/")).headers

    @pytest.mark.parametrize("path", ["/embed", "/hulp", "/weg"])
    async def test_the_named_site_may_frame_the_framed_pages(self, caller: Caller, path: str):
        headers = (await caller.call("GET", path)).headers

        assert headers["Content-Security-Policy"].endswith("frame-ancestors 'self' https://www.example.nl")
        assert "X-Frame-Options" not in headers

    async def test_other_pages_stay_out_of_frames(self, caller: Caller):
        assert (await caller.call("GET", "/")).headers["X-Frame-Options"] == "DENY"
