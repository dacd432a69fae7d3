"""The municipality's sign-on: OpenID Connect, authorization code with PKCE.

Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3; RFC 7636 (PKCE, S256); RFC 9207 (`iss` in the answer).
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.contact_settings import OidcSettings, secure_site
from bot.web.errors import SignOnDown, SignOnNameless, SignOnWrong

DESCRIPTION = "/.well-known/openid-configuration"
ALGORITHMS = ["RS256", "PS256", "ES256"]  # signed with a key that the provider publishes; never "none"
SECONDS = 10  # for one answer of the provider
LARGEST = 256 * 1024  # bytes of one answer
FRESH_SECONDS = 3600.0  # a description or key older than this is asked for again
LEEWAY = 60  # seconds that clocks may differ
LONGEST_NAME = 80  # characters
Document = dict[str, Any]


@dataclass(frozen=True)
class Flow:
    """One signing on, from the button to the way back; it waits in the browser, sealed.

    Args:
        back: the page that it was begun on.
    """

    back: str
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    def json(self) -> Document:
        """As it is sealed."""
        return asdict(self)

    @property
    def challenge(self) -> str:
        """What the provider sees of the verifier."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Oidc:
    """One provider."""

    def __init__(self, settings: OidcSettings, way_back: str, now: Callable[[], datetime]) -> None:
        """Know a provider; nothing is asked of it yet.

        Args:
            way_back: the address that it sends people back to.
        """
        self._settings, self._way_back, self._now = settings, way_back, now
        self._session: aiohttp.ClientSession | None = None
        self._fetched: dict[str, tuple[float, Document]] = {}

    async def address(self, flow: Flow) -> str:
        """Where the person signs on.

        Raises:
            SignOnDown: the provider does not answer.
        """
        asked = {
            "response_type": "code", "scope": "openid profile", "client_id": self._settings.client_id,
            "redirect_uri": self._way_back, "state": flow.state, "nonce": flow.nonce,
            "code_challenge": flow.challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        there = await self._endpoint("authorization_endpoint")
        return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"

    async def name(self, flow: Flow, code: str) -> str:
        """The name of who signed on.

        Raises:
            SignOnWrong: the code, or the token for it, is no good.
            SignOnNameless: there is no name.
            SignOnDown: the provider does not answer.
        """
        tokens = await self._tokens(flow, code)
        claims = await self._checked(tokens.get("id_token"), flow.nonce)
        name = _name(claims) or _name(await self._about(tokens.get("access_token"), claims["sub"]))
        if not name:
            raise SignOnNameless
        return name

    def check_sender(self, issuer: str | None) -> None:
        """Refuse an answer that says that another provider gave it (RFC 9207).

        Raises:
            SignOnWrong: so it is.
        """
        if issuer not in (None, self._settings.issuer):
            raise SignOnWrong("another issuer's answer")

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _tokens(self, flow: Flow, code: str) -> Document:
        sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._way_back}
        sent["code_verifier"] = flow.verifier
        description, headers = await self._description(), {}
        # RFC 6749, 2.3.1: both are form-encoded before they go into the header
        if "client_secret_basic" in description.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            pair = f"{quote(self._settings.client_id, safe='')}:{quote(self._settings.client_secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            sent |= {"client_id": self._settings.client_id, "client_secret": self._settings.client_secret}
        status, answer = await self._ask("POST", await self._endpoint("token_endpoint"), data=sent, headers=headers)
        if status == 400:
            raise SignOnWrong("the code was not taken")
        if status != 200:
            raise SignOnDown(f"token endpoint: {status}")
        return answer

    async def _checked(self, token: object, nonce: str) -> Mapping[str, Any]:
        """The claims of an ID token, once it is sure whose they are, and for whom."""
        if not isinstance(token, str):
            raise SignOnWrong("no ID token")
        try:
            claims = (await self._decoded(token)).claims
            wanted = {"iss": self._settings.issuer, "aud": self._settings.client_id, "nonce": nonce}
            exact: Any = {name: {"essential": True, "value": value} for name, value in wanted.items()}
            needed: Any = {name: {"essential": True} for name in ("sub", "exp", "iat")}
            moment = int(self._now().timestamp())
            jwt.JWTClaimsRegistry(now=moment, leeway=LEEWAY, **exact, **needed).validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise SignOnWrong("the ID token is no good") from error
        if claims.get("azp", self._settings.client_id) != self._settings.client_id:
            raise SignOnWrong("the ID token is another client's")
        return claims

    async def _decoded(self, token: str) -> jwt.Token:
        keys = await self._keys()
        try:
            return jwt.decode(token, keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):  # keys may have been renewed since; a second look costs one call
            return jwt.decode(token, await self._keys(is_new=True), algorithms=ALGORITHMS)

    async def _keys(self, is_new: bool = False) -> KeySet:
        found = await self._known(await self._endpoint("jwks_uri"), is_new)
        try:
            return KeySet.import_key_set({"keys": found["keys"]})
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise SignOnDown("the keys cannot be read") from error

    async def _about(self, access_token: object, subject: object) -> Mapping[str, Any]:
        """What else the provider tells of who signed on; nothing where it is about somebody else."""
        there = (await self._description()).get("userinfo_endpoint")
        if not there or not isinstance(access_token, str):
            return {}
        headers = {"Authorization": f"Bearer {access_token}"}
        status, answer = await self._ask("GET", _secure(there), headers=headers)
        return answer if status == 200 and answer.get("sub") == subject else {}

    async def _description(self) -> Document:
        found = await self._known(self._settings.issuer.rstrip("/") + DESCRIPTION)
        if found.get("issuer") != self._settings.issuer:
            raise SignOnDown("it describes another issuer")
        return found

    async def _endpoint(self, name: str) -> str:
        return _secure((await self._description()).get(name))

    async def _known(self, address: str, is_new: bool = False) -> Document:
        moment, document = self._fetched.get(address, (0.0, {}))
        if document and not is_new and self._now().timestamp() - moment < FRESH_SECONDS:
            return document
        status, document = await self._ask("GET", address)
        if status != 200:
            raise SignOnDown(f"{status} instead of a document")
        self._fetched[address] = self._now().timestamp(), document
        return document

    async def _ask(self, method: str, address: str, **sent: Any) -> tuple[int, Document]:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
        try:
            async with self._session.request(method, address, allow_redirects=False, **sent) as response:
                raw = await response.content.read(LARGEST)
                answer = json.loads(raw) if response.status < 500 else {}
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise SignOnDown("no answer") from error
        return response.status, answer if isinstance(answer, dict) else {}


def _name(claims: Mapping[str, Any]) -> str:
    """A name that can be shown; empty where there is none."""
    parts = " ".join(str(claims[part]) for part in ("given_name", "family_name") if claims.get(part))
    found = next((str(one) for one in (claims.get("name"), parts, claims.get("preferred_username")) if one), "")
    return "".join(letter for letter in " ".join(found.split()) if letter.isprintable())[:LONGEST_NAME].strip()


def _secure(address: object) -> str:
    try:
        found = secure_site(address.partition("?")[0]) if isinstance(address, str) else ""
    except ValueError:
        found = ""
    if not found:
        raise SignOnDown("an address is missing, or not secure")
    return str(address)
