"""Page objects: what a visitor sees and does, without addresses of elements in the tests."""

from typing import Any, Self

from playwright.sync_api import Locator, Page, Route, expect

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
KEY = "voorgesprek"  # where the browser keeps the token


class Talk:
    """The chat page."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.sent: list[dict[str, Any]] = []
        page.on("request", self._note)

    def open(self, path: str = "/") -> Self:
        self.page.goto(self.site + path)
        expect(self.page.locator("#choices button").first).to_be_visible()
        return self

    # --- seeing

    @property
    def question(self) -> str:
        """The id of the question that waits."""
        return self.page.locator("#answers").get_attribute("data-question") or ""

    @property
    def messages(self) -> Locator:
        return self.page.locator("#messages > li")

    @property
    def choices(self) -> list[str]:
        return [b.get_attribute("data-value") or "" for b in self.page.locator("#choices button").all()]

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).first

    def kept(self, area: str = "sessionStorage") -> str | None:
        """What this browser keeps in one of its stores."""
        return self.page.evaluate(f"{area}.getItem('{KEY}')")

    @property
    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.id || document.activeElement.textContent")

    # --- doing

    def press(self, name: str) -> Self:
        self.button(name).click()
        return self.settled()

    def choose(self, value: str) -> Self:
        self.page.locator(f'#choices button[data-value="{value}"]').click()
        return self.settled()

    def say(self, text: str) -> Self:
        self.page.locator("#own-words").fill(text)
        return self.press("Stuur")

    def settled(self) -> Self:
        expect(self.page.locator('#talk:not([data-busy="true"])')).to_have_count(1)
        return self

    def begin(self, remember: str = "remember_no") -> Self:
        """Through both first questions."""
        return self.choose("consent_yes").choose(remember)

    def until(self, question: str, how: str = "tap") -> Self:
        """Through all questions up to this one: a tap on the first button, or always "Sla over"."""
        for _ in range(60):
            if self.question == question:
                return self
            if self.question in ("menu", "summary"):
                self.choose("continue")
            elif how == "skip":
                self.press("Sla over")
            else:
                self.choose(self.choices[0])
        raise AssertionError(f"no {question} within 60 turns, at {self.question}")

    def pick(self, *topics: str) -> Self:
        for topic in topics:
            self.page.locator(f'#choices input[value="{topic}"]').check()
        return self

    def my_page(self) -> "MyPage":
        self.button("Mijn pagina").click()
        expect(self.page.get_by_role("heading", name="Mijn pagina")).to_be_visible()
        self.page.wait_for_load_state("networkidle")
        return MyPage(self.page)

    def turns_sent(self) -> list[dict[str, Any]]:
        return self.sent

    def _note(self, request: Any) -> None:
        if request.method == "POST" and request.url.endswith("/messages"):
            self.sent.append(request.post_data_json)


class MyPage:
    """ "Mijn pagina": the person's own summary."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def titles(self) -> list[str]:
        return self.page.locator("#sections h2").all_inner_texts()

    @property
    def preview(self) -> Locator:
        """The page as the contact person will see it."""
        return self.page.locator("#sheet")

    def line(self, number: int = 0) -> Locator:
        return self.page.locator("#sections li").nth(number)

    def show(self, title: str) -> Self:
        """Switch a whole topic on."""
        self.page.get_by_role("switch", name=f"Mag dit mee? {title}").check()
        self.page.wait_for_load_state("networkidle")
        return self

    def share(self) -> tuple[str, str]:
        """Share it; the link and the code that are shown."""
        self.page.get_by_role("button", name="Ja, delen").click()
        code = self.page.locator('#shares [data-slot="code"]')
        expect(code).to_be_visible()
        return self.page.locator('#shares [data-slot="url"]').inner_text(), code.inner_text()

    def stop_sharing(self) -> None:
        self.page.get_by_role("button", name="Stop met delen").click()
        expect(self.page.get_by_role("heading", name="De pagina is nu dicht")).to_be_visible()


class Contact:
    """The contact person with a link and a code."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, link: str, code: str, name: str = "A. Bakker") -> Self:
        self.page.goto(link)
        return self.give(code, name)

    def give(self, code: str, name: str | None = None) -> Self:
        """Type what the page asks; who signed on is asked no name."""
        if name is not None:
            self.page.get_by_label("Uw naam").fill(name)
        self.page.get_by_label("De code").fill(code)
        self.page.get_by_role("button", name="Open de pagina").click()
        return self

    @property
    def sheet(self) -> Locator:
        return self.page.locator("#sheet")

    @property
    def wish(self) -> Locator:
        """What the person wants first, in the largest letters."""
        return self.sheet.locator(".vg-sheet__part--first .vg-sheet__words").first

    @property
    def error(self) -> Locator:
        return self.page.locator("#code-error")

    def tell_read(self, line: str = "") -> Self:
        """Say that it was read, with a line for the person."""
        self.page.get_by_label("Een zin terug").fill(line)
        self.page.get_by_role("button", name="Ik heb dit gelezen").click()
        expect(self.page.locator("#read-done")).to_have_text("De persoon ziet nu dat u dit las.")
        return self


def cut_off(route: Route) -> None:
    """A connection that is not there."""
    route.abort("internetdisconnected")
