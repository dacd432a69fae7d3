"""The whole site on one screen."""

from aiohttp import web

from bot.web import pages, sign_on
from bot.web.api import briefing, conversations, health, invitations, openapi, shares, summary

ID = "[A-Za-z0-9_-]{1,128}"  # ids are url-safe base64 and question names
TALK_ID = f"(?!resume(?:/|$)){ID}"  # "resume" is an address of its own
TALK = f"/v1/conversations/{{conversationId:{TALK_ID}}}"
LINE = f"{TALK}/summary/lines/{{lineId:{ID}}}"


def routes() -> list[web.RouteDef]:
    """Every address, its method and its handler."""
    return [
        web.get("/", pages.talk),
        web.get("/embed", pages.framed_talk),
        web.get("/embed.js", pages.embed_script),
        web.get(f"/s/{{shareId:{ID}}}", pages.shared),
        web.get("/aanmelden", sign_on.begin),
        web.get("/aanmelden/terug", sign_on.come_back),
        web.post("/afmelden", sign_on.leave),
        web.get("/hulp", pages.help_lines),
        web.get("/gesprek-aanvragen", pages.request_form),
        web.get("/medewerker/uitnodigen", pages.inviting),
        web.get("/weg", pages.left),
        web.get("/.well-known/security.txt", pages.security),
        web.get("/static/{path:[A-Za-z0-9_./-]+}", pages.static),
        web.get("/health", health.read),
        web.get("/health/live", health.live),
        web.get("/v1/openapi.json", openapi.read),
        web.post("/v1/conversations", conversations.create),
        web.post("/v1/conversations/resume", conversations.resume),
        web.get(TALK, conversations.read),
        web.patch(TALK, conversations.change),
        web.delete(TALK, conversations.erase),
        web.post(f"{TALK}/messages", conversations.say),
        web.get(f"{TALK}/summary", summary.read),
        web.get(f"{TALK}/briefing", briefing.read),
        web.get(f"{TALK}/briefing.pdf", briefing.copy),
        web.patch(f"{TALK}/summary/topics/{{topic:{ID}}}", summary.share_topic),
        web.patch(LINE, summary.change_line),
        web.delete(LINE, summary.remove_line),
        web.post(f"{TALK}/shares", shares.create),
        web.get(f"{TALK}/shares", shares.read),
        web.delete(f"{TALK}/shares/{{shareId:{ID}}}", shares.withdraw),
        web.post(f"/v1/shares/{{shareId:{ID}}}/open", shares.open_page),
        web.post("/v1/invitations", invitations.create),
        web.delete(f"/v1/invitations/{{invitationId:{ID}}}", invitations.withdraw),
        web.post(f"/v1/shares/{{shareId:{ID}}}/read", shares.tell_read),
        web.post(f"/v1/shares/{{shareId:{ID}}}/pdf", shares.open_on_paper),
    ]
