"""What somebody said yes to can be shown for as long as the yes is kept."""

from pathlib import Path

import pytest
import yaml

from bot.core.texts import INVITED
from bot.store import consents
from tests.talking import TEXTS

KEPT = yaml.safe_load((Path(consents.__file__).parent.parent / "content" / "consent_texts.yml").read_text("utf-8"))
SHARING = (consents.SHARE, INVITED[consents.SHARE], consents.SHARE_LINES)
ASKING = (*consents.ASKED.values(), *SHARING, consents.LINE, *consents.IN_OTHER_WORDS)


@pytest.mark.parametrize("channel", ["web", "whatsapp"])
@pytest.mark.parametrize("key", ASKING)
def test_the_text_that_asks_today_is_in_the_archive(key, channel):
    text = TEXTS.on(channel).raw(key).text
    entry = KEPT.get(consents.version(text))

    assert entry, f"add {consents.version(text)} with the text of {key} to bot/content/consent_texts.yml"
    assert (entry["asked"], entry["text"]) == (key, text)


@pytest.mark.parametrize("version", KEPT)
def test_no_entry_of_the_archive_was_changed(version):
    assert consents.version(KEPT[version]["text"]) == version
