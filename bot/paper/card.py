"""The card of an invitation on paper: A5, upright, black."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import segno
from fpdf import FPDF, Align

from bot.core.invitation_texts import CardText
from bot.paper.document import FAMILY, document

# Millimetres.
WIDTH, HEIGHT, MARGIN = 148.0, 210.0, 13.0
INSIDE = WIDTH - 2 * MARGIN
QR = 50.0
QR_TOP = 97.0
TEXT = 64.0  # the column beside the QR code
FOOT = 176.0
GREY = 90  # of 255; still dark on a bad printer


def cards(texts: Iterable[CardText]) -> bytes:
    """A PDF with a page for each card."""
    pdf = document("a5", MARGIN, "Uw gesprek")
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0  # words begin where the lines do
    for number, text in enumerate(texts):
        if number:
            pdf.add_page()
        _draw(pdf, text)
    return bytes(pdf.output())


def _draw(pdf: FPDF, text: CardText) -> None:
    pdf.set_text_color(GREY)
    _line(pdf, MARGIN, 12, INSIDE, text.municipality, 11)
    pdf.set_text_color(0)
    _line(pdf, MARGIN, 21, INSIDE, text.title, 27, bold=True)
    _meeting(pdf, text)
    _how(pdf, text)
    _foot(pdf, text)


def _meeting(pdf: FPDF, text: CardText) -> None:
    pdf.set_line_width(0.7)
    pdf.rect(MARGIN, 37, INSIDE, 47, round_corners=True, corner_radius=3)
    left, wide = MARGIN + 6, INSIDE - 12
    _line(pdf, left, 41, wide, text.intro, 11)
    _fitting(pdf, left, 47, wide, text.contact, 18)
    _line(pdf, left, 62, wide, text.day, 16)
    _line(pdf, left, 71.5, wide, text.time, 16)


def _how(pdf: FPDF, text: CardText) -> None:
    _line(pdf, MARGIN, QR_TOP - 5, INSIDE, text.prepare, 13, bold=True)
    pdf.set_y(QR_TOP + 7)
    for sentence in text.sentences:
        _paragraph(pdf, MARGIN, TEXT, sentence, 11.5)
        pdf.set_y(pdf.get_y() + 2.2)
    _qr(pdf, text.url, WIDTH - MARGIN - QR, QR_TOP + 7)
    pdf.set_y(QR_TOP + QR + 12)  # a scanner wants four modules of white around the code
    _paragraph(pdf, MARGIN, INSIDE, text.scan, 10.5, Align.R)
    _paragraph(pdf, MARGIN, INSIDE, f"{text.site_intro}: {text.site}", 10.5, Align.R)


def _foot(pdf: FPDF, text: CardText) -> None:
    pdf.set_line_width(0.3)
    pdf.line(MARGIN, FOOT, WIDTH - MARGIN, FOOT)
    _line(pdf, MARGIN, FOOT + 4, INSIDE, text.human, 11)
    _line(pdf, MARGIN, FOOT + 9.5, INSIDE, text.call, 15, bold=True)
    pdf.set_xy(MARGIN, FOOT + 17.5)
    _paragraph(pdf, MARGIN, INSIDE, text.hours, 10)


def _line(pdf: FPDF, x: float, y: float, wide: float, words: str, size: float, bold: bool = False) -> None:
    pdf.set_xy(x, y)
    pdf.set_font(FAMILY, style="B" if bold else "", size=size)
    pdf.cell(wide, size * 0.45, words)


def _fitting(pdf: FPDF, x: float, y: float, wide: float, words: str, size: float) -> None:
    """A bold line, in smaller letters or on two lines where it is long."""
    pdf.set_font(FAMILY, style="B", size=size)
    while pdf.get_string_width(words) > 2 * wide - 10 or (pdf.get_string_width(words) > wide and size > 13):
        size -= 1
        pdf.set_font(FAMILY, style="B", size=size)
    pdf.set_xy(x, y)
    pdf.multi_cell(wide, size * 0.42, words, align=Align.L)


def _paragraph(pdf: FPDF, x: float, wide: float, words: str, size: float, align: Align = Align.L) -> None:
    pdf.set_font(FAMILY, size=size)
    pdf.set_x(x)
    pdf.multi_cell(wide, size * 0.47, words, align=align, new_x="LMARGIN", new_y="NEXT")


def _qr(pdf: FPDF, url: str, x: float, y: float) -> None:
    rows = list(segno.make(url, error="m", micro=False).matrix)
    size = QR / len(rows)
    for number, row in enumerate(rows):
        for start, length in _runs(row):
            # A hair taller than a module: printers leave white lines between rectangles that only touch.
            pdf.rect(x + start * size, y + number * size, length * size, size * 1.01, style="F")


def _runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules stand beside each other: start and length."""
    at = 0
    for is_dark, group in groupby(row):
        length = len(list(group))
        if is_dark:
            yield at, length
        at += length
