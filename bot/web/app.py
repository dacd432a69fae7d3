"""Builds the gateway out of its parts; nothing happens at import."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from aiohttp import web

from bot.channels.whatsapp import WhatsApp
from bot.core.errors import ResumeLocked
from bot.settings import Settings, WhatsAppSettings
from bot.store.clock import utc_now
from bot.store.store import Store
from bot.web import pages, phones, sign_on, unparsed
from bot.web.api import health, openapi, peer
from bot.web.content import Content, Senses
from bot.web.engine_client import Engine
from bot.web.errors import TooMany
from bot.web.gateway import GATEWAY, Gateway
from bot.web.held import Holding
from bot.web.limits import RESUME_STRIKES, SHARE_STRIKES, STAFF_STRIKES, Rate, Strikes
from bot.web.locks import Locks
from bot.web.mailing import Mailing
from bot.web.middlewares import guarded, limited, logged, worded
from bot.web.peer_line import PeerLine
from bot.web.peers import Peers
from bot.web.routes import routes
from bot.web.urgent import HELP_SECONDS

LARGEST = 64 * 1024  # bytes of a body; the longest answer is 4000 characters


def make_app(
    settings: Settings,
    store: Store,
    engine: Engine,
    sense: Senses,
    content: Content,
    now: Callable[[], datetime] = utc_now,
) -> web.Application:
    """The gateway, ready to be served.

    Args:
        store, engine, sense, content: its parts; the caller closes the store, the gateway closes the engine's client.
        now: the present moment, aware; another one in tests only.

    Raises:
        jinja2.TemplateError: a template is missing or malformed.
    """
    unparsed.install()
    app = web.Application(middlewares=[logged, guarded, worded, limited], client_max_size=LARGEST)
    strikes = Strikes(RESUME_STRIKES, ResumeLocked), Strikes(SHARE_STRIKES, TooMany), Strikes(STAFF_STRIKES, TooMany)
    rates = Rate(settings.rate_per_address), Rate(settings.rate_per_conversation)
    holding, locks = Holding(), Locks()
    peers = Peers(holding, locks, store.envelopes, PeerLine(settings.peers, store.envelopes))
    app[GATEWAY] = Gateway(settings, store, engine, sense, content, locks, *rates, *strikes, now, holding, peers)
    app[health.STARTED] = now().timestamp()
    app[health.SEEN] = set()
    app[health.CHANNELS] = {}
    app[health.PULSE] = health.Pulse(store)
    app[openapi.DOCUMENT] = openapi.document(settings)
    pages.set_up(app)
    app.add_routes(routes())
    app.cleanup_ctx.append(_warm)
    sign_on.set_up(app)
    if settings.mail is not None:
        app.cleanup_ctx.append(Mailing(settings.mail, store.mails, settings.public_url, now).run)
    if settings.peers:
        app.add_routes(peer.routes())
    if settings.whatsapp is not None:
        _mount_whatsapp(app, app[GATEWAY], settings.whatsapp)
    return app


async def take_leave(app: web.Application, seconds: float) -> None:
    """Tell the balancer that this gateway stops, answer for so long still, and give what is held to another gateway.

    Where there is no other one, nobody is waited for.
    """
    gateway = app[GATEWAY]
    gateway.leaving.set()
    if not gateway.peers.are_none:
        await asyncio.sleep(seconds)
        await gateway.peers.hand_over()


def _mount_whatsapp(app: web.Application, gateway: Gateway, settings: WhatsAppSettings) -> None:
    talks = phones.PhoneTalks(gateway)
    channel = WhatsApp(settings, talks, gateway.store.post, gateway.content.questionnaire, gateway.now)
    app.add_routes(channel.routes())
    app.cleanup_ctx.append(channel.run)
    app[phones.GO_ON] = channel.go_on
    app[health.CHANNELS] = {"whatsapp": lambda: channel.sending.health}


async def _warm(app: web.Application) -> AsyncIterator[None]:
    gateway = app[GATEWAY]
    await asyncio.to_thread(gateway.sense.warm_up)
    yield
    if gateway.under_way:
        await asyncio.wait(gateway.under_way, timeout=HELP_SECONDS)
    await gateway.peers.hand_over()
    await gateway.peers.close()
    await gateway.engine.close()
    gateway.sensing.shutdown(wait=False)
    app[health.PULSE].close()
