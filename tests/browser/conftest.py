"""A real browser at the site: visitors with a phone or a desk, and a look at whatever the browser complains about.

The fixture `site` gives the address of a running server, without a slash at the end.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pages import DESK, PHONE, Contact, Talk
from tests.oidc.provider import provider
from tests.served import STAFF_KEY, free_port, served, site  # noqa: F401  # `site` is a fixture

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BROKEN = ("Content Security Policy", "Uncaught", "TypeError", "Refused to")

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bot of `municipality` keeps its data, and its e-mail."""
    return tmp_path_factory.mktemp("municipality")


@pytest.fixture(scope="session")
def municipality(folder: Path) -> Iterator[str]:
    """The address of a bot with invitations, e-mail to a folder, and a sign-on."""
    port = free_port()
    with provider(f"http://127.0.0.1:{port}/aanmelden/terug") as oidc:
        signs = {"OIDC_ISSUER": oidc.issuer, "OIDC_CLIENT_ID": oidc.client_id, "OIDC_CLIENT_SECRET": oidc.client_secret}
        on = {"STAFF_KEY": STAFF_KEY, "MAIL_SPOOL": str(folder / "spool"), **signs}
        with served(folder, PORT=str(port), **on) as address:
            yield address


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens a browser of its own for each visitor; afterwards none may have broken the page's own rules."""
    contexts, complaints = [], []

    def new_visitor(size: dict[str, int] = PHONE, **settings: Any) -> Page:
        contexts.append(chromium.new_context(viewport=size, locale="nl-NL", has_touch=size is PHONE, **settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)  # milliseconds
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(f"Uncaught {error}"))
        return page

    yield new_visitor
    for context in contexts:
        context.close()
    assert [text for text in complaints if any(sign in text for sign in BROKEN)] == []


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    return request.param


@pytest.fixture
def talk(visit: Visit, site: str) -> Talk:  # noqa: F811  # the fixture above
    """Somebody with a phone who just opened the page."""
    return Talk(visit(), site).open()


@pytest.fixture
def contact(visit: Visit) -> Contact:
    """A contact person at a desk."""
    return Contact(visit(DESK))


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What axe finds on the page as it is now; the page's policy must be off, because axe writes styles."""

    def errors(page: Page) -> list[str]:
        page.evaluate("scrollTo(0, 0)")
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run({preload: false}).then(result => result.violations)")
        return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]

    return errors
