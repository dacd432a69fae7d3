"""A PDF document in our own letters."""

from pathlib import Path

from fpdf import FPDF

FONTS = Path(__file__).parent / "fonts"  # put there by set-up, see `scripts/page_css`
FAMILY = "DejaVu"


def document(size: str, margin: float, title: str) -> FPDF:
    """An empty document with one page, in black DejaVu.

    Args:
        size: `a4` or `a5`, upright.
        margin: millimetres on each side.
        title: what a reader shows as the document's name.
    """
    pdf = FPDF(format=size, unit="mm")
    pdf.set_title(title)
    pdf.set_lang("nl")
    pdf.set_margin(margin)
    pdf.add_font(FAMILY, fname=FONTS / "DejaVuSans.ttf")
    pdf.add_font(FAMILY, style="B", fname=FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_font(FAMILY, size=11)
    pdf.add_page()
    return pdf
