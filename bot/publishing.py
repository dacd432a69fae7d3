"""Writes the numbers for policy to a folder: a table for a spreadsheet and a page of charts."""

from pathlib import Path

from bot.core import help as helplines
from bot.core import questionnaire
from bot.core.quarters import first_day_after, quarter_of, words
from bot.core.texts import Texts
from bot.paper.insight import Insight, Quarter
from bot.settings import Settings
from bot.store.clock import Clock, utc_now
from bot.store.store import Store

TABLE, PAGE = "cijfers.csv", "cijfers.html"


def publish(settings: Settings, store: Store, folder: Path | None = None, clock: Clock = utc_now) -> list[str]:
    """Fix what is over and write all that was ever published.

    Args:
        folder: made when absent; `insight` in DATA_DIR when it is None.

    Returns:
        What to tell whoever asked, a line each.

    Raises:
        DatabaseDown, HelpUnreadable, OSError: nothing was written, or not all.
    """
    now = clock()
    store.numbers.close(now)
    quarters = [Quarter(one.quarter, one.municipality, one.numbers) for one in store.numbers.published()]
    facts = helplines.load(settings.municipality_file).placeholders()
    insight, folder = Insight(questionnaire.load(), Texts.load(facts)), folder or settings.data_dir / "insight"
    folder.mkdir(parents=True, exist_ok=True)
    running = quarter_of(now)
    (folder / TABLE).write_text(insight.table(quarters), encoding="utf-8-sig")  # so that Excel reads its accents
    (folder / PAGE).write_text(insight.page(quarters, running, facts["municipality_name"] or ""), encoding="utf-8")
    return [f"written: {folder / TABLE} and {folder / PAGE}", *_until(running, bool(quarters))]


def _until(running: str, is_any: bool) -> list[str]:
    told = f"{words(running)} still runs: its numbers are there from {first_day_after(running).isoformat()}"
    return [told if is_any else f"no numbers yet: {told}"]
