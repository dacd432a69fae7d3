"""Card, letter and message: short sentences, nothing about money, and the link only where it is meant to be."""

import re
from datetime import datetime

import pytest

from bot.core import help as helplines
from bot.core.hours import AMSTERDAM
from bot.core.invitation_texts import texts
from bot.core.invitations import Invited
from bot.paper.card import cards

MEETING = datetime(2026, 12, 8, 9, 5, tzinfo=AMSTERDAM)
TOKEN = "a-token-that-nobody-guesses"
INVITED = Invited("Karin de Boer", "k@gemeente.example", MEETING, "Z-2026-1")
MADE = texts(INVITED, TOKEN, "https://voorgesprek.example", helplines.load().placeholders())
CARD = "\n".join(str(line) for name, line in vars(MADE.card).items() if name not in ("url", "sentences"))
READ = {"card": "\n".join([CARD, *MADE.card.sentences]), "letter": MADE.letter, "message": MADE.message}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_sentences_are_short(text: str):
    lengths = [len(one.split()) for one in re.split(r"(?<=[.?!:])\s+|\n+", text) if one.strip()]

    assert max(lengths) <= 15
    assert sum(lengths) / len(lengths) <= 10


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_nothing_says_why_there_is_a_meeting(text: str):
    assert not re.search(r"uitkering|bijstand|geld|schuld|werk\b|klant|cliënt|u moet", text, re.IGNORECASE)


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_each_says_with_whom_when_that_it_is_voluntary_and_whom_to_call(text: str):
    for words in ("Karin de Boer", "dinsdag 8 december", "om 9.05 uur", "hoeft niet", "geen gevolg", "000-000 00 01"):
        assert words in text


def test_the_token_stands_in_the_link_of_the_message_and_in_the_code_of_the_card_only():
    assert MADE.card.url == f"https://voorgesprek.example/#uitnodiging={TOKEN}"
    assert [TOKEN in text for text in READ.values()] == [False, False, True]
    assert TOKEN not in repr(MADE)


@pytest.mark.parametrize("name", ["Karin", "W" * 60, "van " * 14 + "Dam", "Ayşe Öztürk-Żółć", "Ἀλέξανδρος"])
def test_any_name_is_drawn_on_one_page(name: str):
    invited = Invited(name, "k@gemeente.example", MEETING, "Z-1")
    card = texts(invited, TOKEN, "https://voorgesprek.example", helplines.load().placeholders()).card

    assert cards([card]).count(b"/Type /Page\n") == 1
