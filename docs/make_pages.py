"""Draws the pages of the twelve invented lives: `.venv/bin/python docs/make_pages.py`."""

import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pypdfium2

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.core import briefing, questionnaire  # noqa: E402
from bot.core import help as helplines  # noqa: E402
from bot.core.texts import Texts  # noqa: E402
from bot.paper.letters import Letters  # noqa: E402
from bot.paper.page import page  # noqa: E402
from bot.store import masterkey  # noqa: E402
from bot.store.store import Store  # noqa: E402
from bot.store.unit_of_work import Content  # noqa: E402
from tests.conversations.test_johan import TALK  # noqa: E402
from tests.lives import LIVES, Life, invited, shared_page  # noqa: E402

TO = Path(__file__).parent / "pages"
JOHAN = Life(
    "johan, op tweehoog",
    dict(TALK),
    topics=("wellbeing", "health", "housing"),
    invitation=invited("A. Visser", "W-2026-0188", "2026-12-10T11:00:00+01:00"),
)


def main() -> None:
    """One picture a life."""
    TO.mkdir(exist_ok=True)
    content = Content(questionnaire.load(), Texts.load(helplines.load().placeholders()))
    with tempfile.TemporaryDirectory() as folder:
        store = opened(Path(folder))
        for number, life in enumerate((JOHAN, *LIVES), 1):
            draw(
                TO / f"{number:02}-{life.name.partition(',')[0]}.png", shared_page(life, store, content), content.texts
            )
        store.close()


def opened(folder: Path) -> Store:
    """A real store that nobody keeps."""
    masterkey.create_for_first_try(folder / "master.key")
    urls = {"database_url": f"sqlite:///{folder}/words.db", "keyring_url": f"sqlite:///{folder}/keys.db"}
    settings = SimpleNamespace(**urls, data_dir=folder, master_key_file=folder / "master.key", sends_mail=False)
    return Store.open(settings, scrypt_cost=16)


def draw(path: Path, shared: dict, texts: Texts) -> None:
    """The first sheet as a picture in grey, as a black and white printer gives it."""
    letters = Letters(texts.raw("utter_page").lines["letters"], texts.get("utter_page_letters").text)
    pdf = pypdfium2.PdfDocument(page(shared["briefing"], briefing.shared_on(shared["sharedAt"], texts), letters))
    pdf[0].render(scale=1.5, grayscale=True).to_pil().quantize(16).save(path, optimize=True)


if __name__ == "__main__":
    main()
