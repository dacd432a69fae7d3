"""The page of the contact person on A4, for black ink and for a reader who has a minute."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from bot.paper.document import FAMILY, document
from bot.paper.letters import Letters

MARGIN, GUTTER = 17.0, 5.0  # millimetres, as all lengths here
HEADS, TOPICS = 39.0, 31.0  # the columns of the titles and of the topics
STRETCH = 91  # percent; DejaVu is wide, and its own condensed letters are as narrow
SMALLER = 0.88  # of the usual size; 8.4 points is what a newspaper prints
SMALL, BODY, WISH, TITLE = 8.0, 9.6, 14.0, 19.0  # points
ROW = 1.42  # heights of a letter from one line to the next
POINT = 25.4 / 72
SOFT, BLACK = 90, 0  # grey for labels, dark enough for any printer
BOX, BOX_MOST = 26.0, 62.0
Page = Mapping[str, Any]
Line = Mapping[str, Any]


def page(briefing: Page, shared: str, letters: Letters) -> bytes:
    """The page as a PDF; what does not fit flows to a next sheet.

    Args:
        briefing: as `bot.core.briefing.build` gives it.
        shared: when it was shared, as a sentence; empty for the person's own copy.
        letters: says what DejaVu lacks.
    """
    usual = _written(briefing, shared, letters, 1)
    if usual.pages_count == 2:  # a little too much for one sheet
        smaller = _written(briefing, shared, letters, SMALLER)
        usual = smaller if smaller.pages_count == 1 else usual
    return bytes(usual.output())


def _written(briefing: Page, shared: str, letters: Letters, scale: float) -> FPDF:
    sheet = _Sheet(document("a4", MARGIN, briefing["title"]), letters, scale)
    sheet.top(briefing, shared)
    for block in briefing["blocks"]:
        if block["groups"]:
            (sheet.wish if block["id"] == "first" else sheet.block)(block)
    for made in (briefing["questions"], briefing["openers"]):
        if made["items"]:
            sheet.sentences(made)
    sheet.end(briefing)
    return sheet.pdf


class _Sheet:
    """Writes from top to bottom: titles hang in a column of their own, words beside them."""

    def __init__(self, pdf: FPDF, letters: Letters, scale: float) -> None:
        pdf.set_auto_page_break(True, MARGIN)
        pdf.set_stretching(STRETCH)
        pdf.c_margin = 0
        self.pdf, self._letters, self._scale = pdf, letters, scale
        self._left, self._words = MARGIN, MARGIN + HEADS + GUTTER
        self._below = (1, 0.0)  # the sheet on which the last title stands, and where that ends

    def top(self, briefing: Page, shared: str) -> None:
        """For which meeting this is."""
        self._write(briefing["title"], TITLE, "B")
        if shared:
            self._write(shared, SMALL, grey=SOFT)
        self._gap(2)
        for fact in briefing["meeting"]["facts"]:
            self._beside(fact["label"], self._left, HEADS, partial(self._write, fact["text"], BODY, "B"))
        self._gap(2)
        if briefing["meeting"]["lines"]:
            self._head(briefing["meeting"]["title"])
            self._lines(briefing["meeting"]["lines"], self._words)
            self._close(3)

    def wish(self, block: Page) -> None:
        """What the person wants first, in the largest letters after the title, and what belongs to it."""
        first, *others = block["groups"][0]["lines"]
        is_short = len(first["text"]) <= 300  # characters: larger letters are for a wish, not for a story
        self._head(block["title"])
        self._from(self._words, partial(self._line, first, WISH if is_short else BODY, "B" if is_short else ""))
        self._gap(1)
        self._lines(others, self._words)
        self._close(3)

    def block(self, block: Page) -> None:
        """The lines of one block, those of a topic together behind its name."""
        self._head(block["title"])
        has_topics = len(block["groups"]) > 1 or block["id"] in ("consider", "well")
        for group in block["groups"]:
            if has_topics:
                self._beside(group["title"], self._words, TOPICS, partial(self._each, group["lines"]))
            else:
                self._lines(group["lines"], self._words)
            self._gap(0.8)
        self._close(2.2)

    def sentences(self, made: Page) -> None:
        """Questions or openers, numbered."""
        self._keep(30 * self._scale)  # the few sentences stay together
        self._head(made["title"])
        for number, one in enumerate(made["items"], 1):
            self._beside(f"{number}", self._words, 2.5, partial(self._write, one["text"], BODY))
        self._close(3)

    def end(self, briefing: Page) -> None:
        """Two empty boxes, one for each, and what this page is not, at the foot of the last sheet."""
        foot = " ".join([*briefing["foot"], *([self._letters.note] if self._letters.were_lacking else [])])
        pdf = self.pdf
        pdf.set_font(FAMILY, size=SMALL * self._scale)
        tall = self._height(foot, SMALL) + 3
        room = pdf.h - MARGIN - pdf.y - tall
        if room < BOX:
            pdf.add_page()
            room = BOX_MOST
        height = min(room, BOX_MOST) - 3
        pdf.set_y(pdf.h - MARGIN - tall - height - 3)
        self._boxes(briefing["agreed"], height)
        pdf.set_y(pdf.h - MARGIN - tall + 3)
        pdf.set_auto_page_break(False)
        self._write(foot, SMALL, grey=SOFT)

    # --- pieces ---

    def _head(self, title: str) -> None:
        self._keep(14 * self._scale)
        self._rule()
        y = self.pdf.y
        self._column(title, self._left, HEADS, BODY, "B", BLACK)
        self._below = (self.pdf.page, self.pdf.y)
        self.pdf.set_y(y)

    def _rule(self) -> None:
        self.pdf.set_line_width(0.2)
        self.pdf.set_draw_color(SOFT)
        self.pdf.line(self._left, self.pdf.y, self.pdf.w - MARGIN, self.pdf.y)
        self._gap(2)

    def _lines(self, lines: Sequence[Line], left: float, style: str = "") -> None:
        self._from(left, partial(self._each, lines, style))

    def _each(self, lines: Sequence[Line], style: str = "") -> None:
        for line in lines:
            self._line(line, BODY, style)

    def _line(self, line: Line, size: float, style: str = "") -> None:
        self._keep(2 * size * ROW * POINT)
        if line["ownWords"] and line["label"]:
            self._write(line["label"], SMALL, grey=SOFT)
        self._write(_quoted(line["text"]) if line["ownWords"] else line["text"], size, style)
        if "note" in line:
            self._write(line["note"], SMALL, grey=SOFT)

    def _beside(self, label: str, left: float, width: float, write: Any) -> None:
        self._keep(2 * BODY * ROW * POINT)
        y, number = self.pdf.y, self.pdf.page
        self._column(label, left, width, SMALL if width > 5 else BODY, "", SOFT if width > 5 else BLACK)
        low = self.pdf.y
        self.pdf.set_y(y)
        self._from(left + width + (GUTTER if width > 5 else 2), write)
        if self.pdf.page == number:
            self.pdf.set_y(max(self.pdf.y, low))

    def _column(self, text: str, left: float, width: float, size: float, style: str, grey: int) -> None:
        self.pdf.set_x(left)
        self._write(text, size, style, grey, width, BODY * ROW * POINT)

    def _from(self, left: float, write: Any) -> None:
        """Write with another left edge, also on the sheets that follow."""
        self.pdf.set_left_margin(left)
        self.pdf.set_x(left)
        write()
        self.pdf.set_left_margin(self._left)
        self.pdf.set_x(self._left)

    def _write(
        self, text: str, size: float, style: str = "", grey: int = BLACK, width: float = 0, height: float = 0
    ) -> None:
        self.pdf.set_font(FAMILY, style, size * self._scale)
        self.pdf.set_text_color(grey)
        height = (height or size * ROW * POINT) * self._scale
        shown = self._letters.shown(text)
        self.pdf.multi_cell(width, height, shown, align="L", padding=0, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _height(self, text: str, size: float) -> float:
        height, shown = size * ROW * POINT, self._letters.shown(text)
        lines = self.pdf.multi_cell(0, height, shown, align="L", dry_run=True, output=MethodReturnValue.LINES)
        return height * len(lines) if isinstance(lines, list) else height

    def _close(self, height: float) -> None:
        """Leave white under a block, and stay under its title."""
        page, low = self._below
        if page == self.pdf.page:
            self.pdf.set_y(max(self.pdf.y, low))
        self._gap(height)

    def _gap(self, height: float) -> None:
        self.pdf.ln(height * self._scale)

    def _keep(self, height: float) -> None:
        """Begin a new sheet where this much does not fit."""
        if self.pdf.will_page_break(height):
            self.pdf.add_page()

    def _boxes(self, titles: Sequence[str], height: float) -> None:
        pdf, y = self.pdf, self.pdf.y
        width = (pdf.w - 2 * MARGIN - 8) / 2
        pdf.set_auto_page_break(False)
        for left, title in zip((MARGIN, MARGIN + width + 8), titles, strict=True):
            pdf.set_line_width(0.3)
            pdf.set_draw_color(BLACK)
            pdf.rect(left, y, width, height)
            pdf.set_xy(left + 3, y + 2)
            self._write(title, BODY, "B", width=width - 6)
        pdf.set_dash_pattern(1, 1.2)
        pdf.line(pdf.w / 2, y - 1, pdf.w / 2, y + height + 1)
        pdf.set_dash_pattern()


def _quoted(text: str) -> str:
    return text if text.startswith("“") else f"“{text.strip()}”"
