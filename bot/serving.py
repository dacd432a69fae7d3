"""`voorgesprek serve`: the gateway in this process, and its engines beside it."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import structlog
import uvloop
from aiohttp import web

from bot.core.errors import EngineDown, told
from bot.logs import configure, no_core_dumps
from bot.sense.sensing import Sense
from bot.settings import Settings
from bot.store import masterkey
from bot.store.store import Store
from bot.web.app import make_app, take_leave
from bot.web.content import Content
from bot.web.engine_client import EngineClient, EngineLate

log = structlog.get_logger()

LEAVE_SECONDS = 5  # in which a balancer sees that this gateway stops, where there are others; nothing is refused yet
FINISH_SECONDS = 8  # the gateway's own, for the turns under way at a stop; the engines are still there
STOP_SECONDS = 10  # an engine that is asked to stop finishes its turn; then it is stopped
WATCH_SECONDS = 10  # between two looks at an engine
MOST_MISSED = 3  # looks without an answer, each of 5 seconds: a machine that swaps misses one
RESTART_SECONDS = (1, 2, 5, 15, 30)  # waits before an engine that keeps dying is started again
STEADY_SECONDS = 60  # an engine that ran this long begins the waits anew
EXPIRE_SECONDS = 3600

Say = Callable[[str], None]


def serve(settings: Settings, say: Say) -> None:
    """Serve chat, API and pages until ctrl-C or SIGTERM.

    Args:
        say: tells the person at the terminal one line.

    Raises:
        MasterKeyMissing, MasterKeyWrong, DatabaseDown, HelpUnreadable: nothing was started.
    """
    configure()
    no_core_dumps()
    _first_key(settings, say)
    store = Store.open(settings)
    try:
        uvloop.run(_run(settings, store, say))
    finally:
        store.close()


def _first_key(settings: Settings, say: Say) -> None:
    if settings.master_key_file.exists() or settings.master_key_file != settings.data_dir / "master.key":
        return  # a key file that was named but is not there must stop the start, not be made
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    masterkey.create_for_first_try(settings.master_key_file)
    say(f"Made a master key for a first try: {settings.master_key_file}.")
    say("For real use, make your own, keep it apart from the database, and name it in MASTER_KEY_FILE.")


async def _run(settings: Settings, store: Store, say: Say) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    client = EngineClient(settings.data_dir, settings.engines)
    keepers = [asyncio.create_task(_keep_engine(number, stop, client)) for number in range(settings.engines)]
    keepers.append(asyncio.create_task(_expire(store)))
    try:
        await serve_until(stop, settings, store, client, say)
    finally:
        stop.set()
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)


async def serve_until(stop: asyncio.Event, settings: Settings, store: Store, client: EngineClient, say: Say) -> None:
    """Serve the gateway; at a stop the turns under way are finished and answered first."""
    content = Content.load(settings.municipality_file)
    app = make_app(settings, store, client, Sense(public=content.help.public_numbers), content)
    if content.help.missing():
        say(f"Not filled in yet in MUNICIPALITY_FILE: {', '.join(content.help.missing())}. These are example facts.")
    if settings.whatsapp and not settings.is_https:
        say("PUBLIC_URL is not an https address: links in WhatsApp open on this machine only.")
    # An access log would hold addresses of people and of shares.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=FINISH_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        say(f"Voorgesprek starts at {settings.public_url} (the engine needs some 20 seconds).")
        ready = asyncio.create_task(_tell_when_ready(client, settings, say))
        await stop.wait()
        ready.cancel()
        await take_leave(app, LEAVE_SECONDS)
    finally:
        await runner.cleanup()


async def _tell_when_ready(client: EngineClient, settings: Settings, say: Say) -> None:
    while True:
        with suppress(Exception):  # whatever keeps it from answering, it is not ready
            answer = await client.health()
            if answer["status"] == "ok":
                break
        await asyncio.sleep(0.5)
    say(f"Ready. Open {settings.public_url} in a browser, answer a few questions, share the page,")
    say("and open its link in a private window, as the contact person. Ctrl-C stops.")


async def _keep_engine(number: int, stop: asyncio.Event, client: EngineClient) -> None:
    deaths = 0
    while not stop.is_set():
        began = datetime.now(UTC)
        try:
            await _run_engine(number, client)
        except OSError as error:  # no memory or no file left for a new process: perhaps in a while
            log.error("engine_not_started", engine=number, **told(error))
        if stop.is_set():
            return
        deaths = 1 if (datetime.now(UTC) - began).total_seconds() > STEADY_SECONDS else deaths + 1
        log.error("engine_died", engine=number)
        await asyncio.sleep(RESTART_SECONDS[min(deaths, len(RESTART_SECONDS)) - 1])


async def _run_engine(number: int, client: EngineClient) -> None:
    # Its own session: ctrl-C reaches the gateway alone, which then lets the engine finish its turn. Its stdin is a
    # pipe that closes when the gateway is gone, however that died.
    command = (sys.executable, "-m", "bot.engine", str(number))
    env = os.environ | {"PYTHONWARNINGS": "ignore"}  # what Rasa's libraries deprecate is no news for who serves
    process = await asyncio.create_subprocess_exec(
        *command, env=env, start_new_session=True, stdin=asyncio.subprocess.PIPE
    )
    watching = asyncio.create_task(_watch(number, client, process))
    try:
        await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        if process.returncode is None:
            process.kill()
        raise
    finally:
        watching.cancel()


async def _watch(number: int, client: EngineClient, process: asyncio.subprocess.Process) -> None:
    """End an engine that is there and does not answer, so that it is started again."""
    missed = 0
    while missed < MOST_MISSED:
        await asyncio.sleep(WATCH_SECONDS)
        missed = missed + 1 if await _is_hung(number, client) else 0
    log.error("engine_hung", engine=number)
    process.kill()


async def _is_hung(number: int, client: EngineClient) -> bool:
    # One that is still loading has no socket, and one that cannot parse answers all the same: neither hangs.
    try:
        await client.health_of(number)
    except EngineLate as late:
        return not late.was_cut
    except EngineDown:
        return False
    return False


async def _expire(store: Store) -> None:
    while True:
        try:
            done = await asyncio.to_thread(store.expire)
            if done.clock_jumped:
                log.error("clock_jumped")  # nothing is erased for a day, so that a wrong clock can be put right
        except Exception as error:  # noqa: BLE001  # whatever it is, it is tried again within the hour, and told
            log.error("expire_failed", **told(error))
        await asyncio.sleep(EXPIRE_SECONDS)
