"""Signing on at the municipality: with a real provider, and with one that does everything wrong."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from joserfc import jwt
from joserfc.jwk import RSAKey

from bot.contact_settings import OidcSettings
from bot.settings import Settings
from bot.web import sign_on
from bot.web.app import make_app
from tests.oidc.provider import CLIENT, NAME, SECRET, provider
from tests.store.builders import Clock
from tests.web.caller import Answer, Caller, Person
from tests.web.inviting import opens, shares_of, tells

SITE = "http://127.0.0.1:1"  # where the provider sends people back to; the tests follow that by hand
PAGE = {"headers": {"Accept": "text/html"}}
BEGIN = "/aanmelden?terug=/s/abc"
Make = Any


@pytest.fixture(scope="module")
def real() -> Iterator[OidcSettings]:
    """The real provider."""
    with provider(SITE + sign_on.WAY_BACK) as settings:
        yield settings


@pytest.fixture
def make(
    aiohttp_client: Any, settings: Settings, store: Any, engine: Any, sense: Any, content: Any, clock: Any
) -> Make:
    """Makes a gateway with this sign-on; its clock is the machine's, as the provider's is."""

    async def made(oidc: OidcSettings | None) -> Caller:
        own = replace(settings, public_url=SITE, oidc=oidc)
        app = make_app(own, store, engine, sense, content, clock)
        return Caller(await aiohttp_client(app, cookies={}))

    return made


@pytest.fixture(autouse=True)
def today(clock: Clock) -> None:
    """The provider's clock is the machine's."""
    clock.now = datetime.now(UTC)


async def begins(caller: Caller, path: str = BEGIN) -> str:
    """The address at the provider that the browser is sent to."""
    answer = await caller.call("GET", path, allow_redirects=False, **PAGE)
    assert answer.status == 302, answer.body
    return str(answer.headers["Location"])


async def signs_on(address: str) -> str:
    """A browser at the provider, up to the way back; gives path and query of it."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        for _ in range(9):
            async with browser.get(address, allow_redirects=False) as response:
                address = response.headers["Location"]
            if address.startswith(SITE):
                return address.removeprefix(SITE)
            address = (
                address if address.startswith("http") else "http://" + urlsplit(str(response.url)).netloc + address
            )
    raise AssertionError("nobody came back")


async def comes_back(caller: Caller, path: str) -> Answer:
    return await caller.call("GET", path, allow_redirects=False, **PAGE)


async def test_who_signs_on_is_known_by_name_on_the_page_and_by_the_person(make: Make, real: OidcSettings):
    caller = await make(real)
    person = await tells(await _talker(caller))
    share = await person.call("POST", "/shares")

    back = await comes_back(caller, await signs_on(await begins(caller, f"/aanmelden?terug=/s/{share['shareId']}")))
    page = await caller.call("GET", f"/s/{share['shareId']}")
    await opens(caller, share, name="Somebody else")

    assert (back.status, back.headers["Location"]) == (303, f"/s/{share['shareId']}")
    assert NAME in page.body
    (seen,) = await shares_of(person)
    assert (seen["openedBy"], seen["openedHow"]) == (NAME, "signed_on")


async def test_the_cookie_holds_no_name_and_no_script_can_read_it(make: Make, real: OidcSettings):
    caller = await make(real)

    back = await comes_back(caller, await signs_on(await begins(caller)))

    cookie = SimpleCookie(back.headers.getall("Set-Cookie")[0])[sign_on.NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", "28800")
    assert "Jansen" not in str(back.headers)
    assert not cookie["secure"]


async def test_over_https_the_cookie_goes_over_https_only(make: Make, real: OidcSettings, monkeypatch: Any):
    caller = await make(real)
    monkeypatch.setattr(Settings, "is_https", True)

    answer = await caller.call("GET", BEGIN, allow_redirects=False)

    assert SimpleCookie(answer.headers["Set-Cookie"])[sign_on.FLOW]["secure"]


async def test_after_eight_hours_the_name_is_forgotten(make: Make, real: OidcSettings, clock: Clock):
    caller = await make(real)
    await comes_back(caller, await signs_on(await begins(caller)))
    clock.moves(hours=8)

    assert "Inloggen bij de gemeente" in (await caller.call("GET", "/s/abc")).body


async def test_who_leaves_is_forgotten(make: Make, real: OidcSettings):
    caller = await make(real)
    await comes_back(caller, await signs_on(await begins(caller)))

    left = await caller.call("POST", "/afmelden", data={"terug": "/s/abc"}, allow_redirects=False)

    assert (left.status, left.headers["Location"]) == (303, "/s/abc")
    assert "Inloggen bij de gemeente" in (await caller.call("GET", "/s/abc")).body


async def test_another_gateway_knows_the_name_too(make: Make, real: OidcSettings):
    caller, other = await make(real), await make(real)
    back = await comes_back(caller, await signs_on(await begins(caller)))
    cookie = SimpleCookie(back.headers.getall("Set-Cookie")[0])[sign_on.NAME].value

    assert NAME in (await other.call("GET", "/s/abc", headers={"Cookie": f"{sign_on.NAME}={cookie}"})).body


@pytest.mark.parametrize("cookie", ["", "a", "é", "A" * 1400, "====", "%00"], ids=range(6))
async def test_a_cookie_that_was_not_sealed_here_names_nobody(make: Make, real: OidcSettings, cookie: str):
    caller = await make(real)

    page = await caller.call("GET", "/s/abc", headers={"Cookie": f"{sign_on.NAME}={cookie}".encode().decode("latin-1")})

    assert "Inloggen bij de gemeente" in page.body


@pytest.mark.parametrize(
    "back", ["", "/", "//evil.example", "https://evil.example/s/a", "/s/a/../..", "/s/a%0d%0aX:1", "/s/"]
)
async def test_only_a_shared_page_is_a_way_back(make: Make, real: OidcSettings, back: str):
    caller = await make(real)

    assert (await caller.call("GET", f"/aanmelden?terug={back}", allow_redirects=False)).status == 404
    assert (await caller.call("POST", "/afmelden", data={"terug": back}, allow_redirects=False)).status == 404


async def test_without_its_settings_there_is_no_sign_on(caller: Caller):
    answers = [await caller.call("GET", BEGIN), await caller.call("GET", sign_on.WAY_BACK)]

    assert [answer.status for answer in [*answers, await caller.call("POST", "/afmelden")]] == [404] * 3
    assert "Inloggen" not in (await caller.call("GET", "/s/abc")).body


def told(answer: Answer, status: int, title: str) -> None:
    """A plain page that says what happened and what to do now."""
    assert (answer.status, "text/html" in answer.headers["Content-Type"]) == (status, True)
    assert title in answer.body
    assert "Open de link uit de e-mail" in answer.body


async def test_another_state_is_refused(make: Make, real: OidcSettings):
    caller = await make(real)
    path = await signs_on(await begins(caller))
    await begins(caller)  # begun anew: what comes back from the first time is not what is waited for

    told(await comes_back(caller, path), 403, "Inloggen is niet gelukt")


async def test_an_answer_for_another_browser_is_refused(make: Make, real: OidcSettings):
    path = await signs_on(await begins(await make(real)))

    told(await comes_back(await make(real), path), 400, "Opnieuw inloggen")


async def test_a_code_works_once(make: Make, real: OidcSettings):
    caller = await make(real)
    path = await signs_on(await begins(caller))
    flow = {c.key: c.value for c in caller.client.session.cookie_jar}[sign_on.FLOW]
    assert (await comes_back(caller, path)).status == 303

    told(await comes_back(caller, path), 400, "Opnieuw inloggen")
    again = await caller.call("GET", path, headers={"Cookie": f"{sign_on.FLOW}={flow}", **PAGE["headers"]})

    told(again, 403, "Inloggen is niet gelukt")


async def test_who_takes_longer_than_ten_minutes_begins_anew(make: Make, real: OidcSettings, clock: Clock):
    caller = await make(real)
    path = await signs_on(await begins(caller))
    clock.moves(minutes=10)

    told(await comes_back(caller, path), 400, "Opnieuw inloggen")


async def test_who_says_no_at_the_provider_reads_what_to_do(make: Make, real: OidcSettings):
    caller = await make(real)
    state = parse_qs(urlsplit(await begins(caller)).query)["state"][0]

    told(await comes_back(caller, f"{sign_on.WAY_BACK}?error=access_denied&state={state}"), 403, "Niet ingelogd")


async def test_a_provider_that_is_down_is_told(make: Make):
    caller = await make(OidcSettings(f"http://127.0.0.1:{unused_port()}", CLIENT, SECRET))

    told(await caller.call("GET", BEGIN, **PAGE), 503, "Inloggen kan nu niet")


async def test_a_client_that_the_provider_does_not_know_is_told(make: Make, real: OidcSettings):
    caller = await make(replace(real, client_secret="wrong"))

    told(await comes_back(caller, await signs_on(await begins(caller))), 503, "Inloggen kan nu niet")


class Liar:
    """A provider that gives whatever token it is told to."""

    def __init__(self) -> None:
        self.key, self.other = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
        self.claims: dict[str, Any] = {}
        self.signs_with, self.header = self.key, {"alg": "RS256"}
        self.about: dict[str, Any] = {"sub": "a1"}
        self.issuer = ""

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self.describe)
        app.router.add_get("/jwks", self.keys)
        app.router.add_post("/token", self.token)
        app.router.add_get("/me", self.me)
        return app

    async def describe(self, request: web.Request) -> web.Response:
        places = {
            "authorization_endpoint": "auth",
            "token_endpoint": "token",
            "jwks_uri": "jwks",
            "userinfo_endpoint": "me",
        }
        return web.json_response({"issuer": self.issuer} | {name: f"{self.issuer}/{at}" for name, at in places.items()})

    async def keys(self, request: web.Request) -> web.Response:
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def token(self, request: web.Request) -> web.Response:
        token = jwt.encode(self.header, self.claims, self.signs_with)
        return web.json_response({"id_token": token, "access_token": "x", "token_type": "Bearer"})

    async def me(self, request: web.Request) -> web.Response:
        return web.json_response(self.about)


@pytest.fixture
async def liar() -> AsyncIterator[Liar]:
    made = Liar()
    server = TestServer(made.app())
    await server.start_server()
    made.issuer = str(server.make_url("/")).rstrip("/")
    yield made
    await server.close()


async def answered(make: Make, liar: Liar, clock: Clock, **lies: Any) -> tuple[Caller, Answer]:
    """The way back from a provider whose token is right but for this."""
    caller = await make(OidcSettings(liar.issuer, CLIENT, SECRET))
    asked = parse_qs(urlsplit(await begins(caller)).query)
    now = int(clock().timestamp())
    right = {"iss": liar.issuer, "aud": CLIENT, "sub": "a1", "nonce": asked["nonce"][0], "iat": now, "exp": now + 60}
    liar.claims = {name: value for name, value in (right | {"name": NAME} | lies).items() if value is not None}
    return caller, await comes_back(caller, f"{sign_on.WAY_BACK}?code=c&state={asked['state'][0]}")


async def test_a_token_that_is_right_is_taken(make: Make, liar: Liar, clock: Clock):
    caller, back = await answered(make, liar, clock)

    assert back.status == 303
    assert NAME in (await caller.call("GET", "/s/abc")).body


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"aud": None}, {"iss": "https://evil.example"},
        {"exp": 1}, {"exp": None}, {"aud": [CLIENT, "another"], "azp": "another"}, {"sub": None},
    ],
    ids=str,
)  # fmt: skip
async def test_a_token_for_another_moment_client_or_question_is_refused(
    make: Make, liar: Liar, clock: Clock, lie: dict[str, Any]
):
    caller, back = await answered(make, liar, clock, **lie)

    told(back, 403, "Inloggen is niet gelukt")
    assert "Inloggen bij de gemeente" in (await caller.call("GET", "/s/abc")).body


async def test_a_token_that_another_key_signed_is_refused(make: Make, liar: Liar, clock: Clock):
    liar.signs_with = liar.other

    told((await answered(make, liar, clock))[1], 403, "Inloggen is niet gelukt")


async def test_keys_that_were_renewed_are_asked_for_again(make: Make, liar: Liar, clock: Clock):
    caller = await make(OidcSettings(liar.issuer, CLIENT, SECRET))
    await answered(lambda _: _itself(caller), liar, clock)
    liar.key = liar.signs_with = liar.other

    assert (await answered(lambda _: _itself(caller), liar, clock))[1].status == 303


async def test_a_name_may_come_from_where_the_provider_tells_more(make: Make, liar: Liar, clock: Clock):
    liar.about = {"sub": "a1", "given_name": "Anna", "family_name": "Bakker"}

    caller, _ = await answered(make, liar, clock, name=None)

    assert "Anna Bakker" in (await caller.call("GET", "/s/abc")).body


@pytest.mark.parametrize("about", [{"sub": "a1"}, {"sub": "another", "name": "Another"}])
async def test_without_a_name_of_ones_own_nobody_signed_on(make: Make, liar: Liar, clock: Clock, about: dict[str, str]):
    liar.about = about

    told((await answered(make, liar, clock, name=None))[1], 403, "Geen naam gekregen")


async def test_a_name_with_letters_that_turn_others_around_is_shown_without(make: Make, liar: Liar, clock: Clock):
    caller, _ = await answered(make, liar, clock, name="\u202eAnna\n<b>" + "x" * 200)

    page = (await caller.call("GET", "/s/abc")).body
    assert "Anna &lt;b&gt;xxx" in page
    assert "x" * 80 not in page


async def test_a_description_of_another_issuer_is_refused(make: Make, liar: Liar):
    caller = await make(OidcSettings(liar.issuer + "/", CLIENT, SECRET))

    told(await caller.call("GET", BEGIN, **PAGE), 503, "Inloggen kan nu niet")


async def _talker(caller: Caller) -> Person:
    person = await caller.begin()
    await person.tap("consent_yes", "remember_no")
    return person


async def _itself(caller: Caller) -> Caller:
    return caller
