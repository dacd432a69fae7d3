"""Takes the screenshots of the journey, from hello to the opened page: `.venv/bin/python docs/make_screenshots.py`."""

import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import QUIET  # noqa: E402
from tests.browser.pages import Contact, MyPage, Talk  # noqa: E402
from tests.browser.test_cards import card, fill  # noqa: E402
from tests.served import STAFF_KEY, served  # noqa: E402

STAFF = {"STAFF_KEY": STAFF_KEY, "PUBLIC_URL": "https://voorgesprek.voorbeeld.nl"}
A5 = {"width": 560, "height": 794}  # in the browser's pixels, 96 an inch
TO = Path(__file__).parent / "screenshots"
SIZES = {"phone": {"width": 390, "height": 780}, "desktop": {"width": 1280, "height": 860}}


def main() -> None:
    """Walk the journey once at each width."""
    TO.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), **STAFF) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for size in SIZES:
            journey(browser, site, size)
        inviting(browser, site)
        browser.close()


def inviting(browser: Browser, site: str) -> None:
    """What staff see, and the card as it is on paper."""
    desk = browser.new_context(viewport=SIZES["desktop"], locale="nl-NL").new_page()
    desk.goto(f"{site}/medewerker/uitnodigen")
    shoot(fill(desk), "desktop", "invited", whole=True)
    paper = browser.new_context(viewport=A5, device_scale_factor=2).new_page()
    made = card(site)
    paper.set_content(made["card"]["html"])
    paper.locator(".vg-invite").screenshot(path=TO / "paper-card.png")
    asked = browser.new_context(viewport=A5, locale="nl-NL").new_page()
    asked.goto(f"{site}/gesprek-aanvragen")
    shoot(asked, "paper", "request", whole=True)
    talk = Talk(browser.new_context(viewport=SIZES["phone"], locale="nl-NL").new_page(), site)
    talk.open(f"/#uitnodiging={made['token']}").messages.last.scroll_into_view_if_needed()
    shoot(talk.page, "phone", "from-card", whole=True)


def journey(browser: Browser, site: str, size: str) -> None:
    """One person and one contact person, at this width."""
    talk = Talk(browser.new_context(viewport=SIZES[size], locale="nl-NL").new_page(), site).open()
    shoot(talk.page, size, "welcome")
    talk.begin()
    shoot(talk.page, size, "question")
    talk.say("Ik was vaak moe. Zondag was een fijne dag.")
    shoot(talk.page, size, "answered")
    talk.press("Leg uit")
    shoot(talk.page, size, "explained")
    cry(browser, site, size)
    talk.until("menu").pick("housing", "money")
    shoot(talk.page, size, "topics")
    talk.choose("continue").until("housing_place").say("Het is er koud en nat, de schimmel zit op de muur.")
    talk.until("goals_first").say("Ik wil eerst een droog huis, beneden.")
    mine = talk.until("summary").my_page().show("Wonen")
    shoot(mine.page, size, "my-page", whole=True)
    shared(browser, mine, size)


def cry(browser: Browser, site: str, size: str) -> None:
    """What somebody sees who cries for help."""
    talk = Talk(browser.new_context(viewport=SIZES[size], locale="nl-NL").new_page(), site).open().begin()
    talk.say("ik heb geen eten meer voor mijn kinderen")
    shoot(talk.page, size, "help")


def shared(browser: Browser, mine: MyPage, size: str) -> None:
    """The shared page, for both."""
    link, code = mine.share()
    link = urljoin(mine.page.url, urlsplit(link).path)  # the address on the cards is one that nobody has
    shoot(mine.page, size, "shared", whole=True)
    contact = Contact(browser.new_context(viewport=SIZES[size], locale="nl-NL").new_page())
    contact.page.goto(link)
    shoot(contact.page, size, "contact-code")
    contact.open(link, code).sheet.wait_for()
    shoot(contact.page, size, "contact-page", whole=True)
    if size == "desktop":
        print_out(contact.page.pdf(format="A4", prefer_css_page_size=True))


def print_out(pdf: bytes) -> None:
    """Save the first sheet as a printer gives it, in black and white."""
    sheet = pypdfium2.PdfDocument(pdf)[0]
    sheet.render(scale=1.5, grayscale=True).to_pil().save(TO / "print-contact-page.png", optimize=True)


def shoot(page: Page, size: str, name: str, whole: bool = False) -> None:
    """Save what is on the screen now, or the whole page."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=TO / f"{size}-{name}.png", full_page=whole)


if __name__ == "__main__":
    main()
