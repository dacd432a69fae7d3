"""The pages for people: the talk, a shared page, help, and a neutral one to leave to."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.web import packed, sign_on
from bot.web.errors import PageUnknown
from bot.web.gateway import GATEWAY
from bot.web.problems import Problem

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"
SECURITY_TERM = timedelta(days=180)  # RFC 9116 asks for less than a year
NEEDED = (
    "chat.html",
    "share.html",
    "help.html",
    "left.html",
    "error.html",
    "request.html",
    "inviting.html",
    "paper/card.html",
)
NOTICES = {
    "share_notice": "utter_ask_share",
    "lines_notice": "utter_ask_share_lines",
    "line_notice": "utter_line_health",
}
FILES = web.AppKey("files", packed.Files)


def set_up(app: web.Application) -> None:
    """Let the application render templates and send the files they name.

    Raises:
        jinja2.TemplateError: one is missing or malformed; better now than in front of a person.
        FileNotFoundError: the vendor's style sheet is missing.
    """
    app[FILES] = packed.load(STATIC)
    loader = jinja2.FileSystemLoader(TEMPLATES)
    # not read again while it runs: a template may name only what was packed at the same start
    environment = aiohttp_jinja2.setup(app, loader=loader, undefined=jinja2.StrictUndefined, auto_reload=False)
    for name in NEEDED:
        environment.get_template(name)


async def talk(request: web.Request) -> web.Response:
    """GET /: the talk."""
    return _page(request, "chat.html", **_notices(request))


async def framed_talk(request: web.Request) -> web.Response:
    """GET /embed: the talk in a frame on the municipality's site."""
    return _page(request, "chat.html", **_notices(request), framed=True)


async def shared(request: web.Request) -> web.Response:
    """GET /s/{shareId}: asks the contact person for the code; nothing tells yet whether the page exists."""
    signed_on = sign_on.name_of(request) or ""
    return _page(request, "share.html", has_sign_on=sign_on.is_there(request), signed_on=signed_on)


async def help_lines(request: web.Request) -> web.Response:
    """GET /hulp: whom to call now; no script, no engine and no database needed."""
    return _page(request, "help.html")


async def request_form(request: web.Request) -> web.Response:
    """GET /gesprek-aanvragen: a page to print and fill in by hand, for who has no date yet."""
    return _page(request, "request.html")


async def inviting(request: web.Request) -> web.Response:
    """GET /medewerker/uitnodigen: where staff make a card; the key is asked for there and stays in the page's memory.

    Raises:
        PageUnknown: inviting is off.
    """
    if not request.app[GATEWAY].settings.staff_key:
        raise PageUnknown
    return _page(request, "inviting.html")


async def left(request: web.Request) -> web.Response:
    """GET /weg: where "Snel weg" ends when the municipality names no page."""
    return _page(request, "left.html")


async def security(request: web.Request) -> web.Response:
    """GET /.well-known/security.txt: where to report a hole (RFC 9116).

    Raises:
        PageUnknown: the municipality names no such place.
    """
    gateway = request.app[GATEWAY]
    contact = gateway.content.help.municipality.get("security_contact")
    if not contact:
        raise PageUnknown
    expires = (gateway.now() + SECURITY_TERM).strftime("%Y-%m-%dT%H:%M:%SZ")
    own = f"{gateway.settings.public_url.rstrip('/')}/.well-known/security.txt"
    lines = f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: nl, en", f"Canonical: {own}"
    return web.Response(text="".join(f"{line}\n" for line in lines))


async def embed_script(request: web.Request) -> web.Response:
    """GET /embed.js: puts the frame on the municipality's page."""
    return request.app[FILES].answer(request, "embed.js")


async def static(request: web.Request) -> web.Response:
    """GET /static/…: scripts, styles and pictures; aiohttp's own handler would answer a missing one without a word."""
    return request.app[FILES].answer(request, request.match_info["path"])


def trouble(request: web.Request, problem: Problem) -> web.Response:
    """The page of an error: what happened, and what can be done now."""
    words = {"title": problem.title, "what": problem.happened, "now": problem.next}
    return _page(request, "error.html", status=problem.status, **words)


def _page(request: web.Request, template: str, status: int = 200, **fields: Any) -> web.Response:
    gateway = request.app[GATEWAY]
    now = gateway.now()
    whatsapp = gateway.settings.whatsapp
    channels = {"whatsapp": whatsapp is not None, "whatsapp_number": whatsapp.number if whatsapp else ""}
    about = {"municipality": gateway.content.facts(now), "help_lines": gateway.content.help.lines_open_now(now)}
    context = {"framed": False, "status": status, "files": request.app[FILES]} | channels | about | fields
    return _compressed(request, aiohttp_jinja2.render_template(template, request, context, status=status))


def _compressed(request: web.Request, page: web.Response) -> web.Response:
    # Its size cannot tell a secret letter by letter (BREACH): a page holds none, and repeats nothing of what was sent.
    # Replies of the API hold words and tokens, and stay as they are.
    page.headers["Vary"] = "Accept-Encoding"
    if packed.takes_packed(request):
        page.enable_compression(web.ContentCoding.gzip)
    return page


def _notices(request: web.Request) -> dict[str, Any]:
    # the same sentences, and so the same version of them, as the log of consents names
    gateway = request.app[GATEWAY]
    texts = gateway.content.at(gateway.now()).texts
    notices = {name: texts.get(key).text for name, key in NOTICES.items()}
    # the page fills in the name: only the talk knows who invited
    return {**notices, "invited_notice": texts.get("utter_ask_share_invited", contact_name="{contact_name}").text}
