"""Another language is known as such; the many ways to write Dutch are not another language."""

import pytest

from bot.sense.language import is_foreign


@pytest.mark.parametrize(
    "words",
    [
        "I don't understand this question, my Dutch is not good",
        "Bu soruyu anlamıyorum, Türkçe konuşabilir miyim",
        "Nie rozumiem tego pytania, przepraszam bardzo",
        "لا أفهم هذا السؤال",
        "ኣይተረድኣንን ነዚ ሕቶ",
        "Я не розумію це питання",
    ],
)
def test_another_language_is_known(words):
    assert is_foreign(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "ok sorry",
        "ik niet begrijp deze vraag",
        "kheb egt geen idee man",
        "das nie jou zaak",
        "ge moet da nie vragen zunne",
        "ik zie d'r nait zo goud meer oet",
        "chill man ik ga gwn ff pauze pakken bro",
        "mi no sabi, ik weet het echt niet",
        "😀😀😀",
        "123 456 789",
    ],
)
def test_dutch_of_any_kind_is_dutch(words):
    assert not is_foreign(words)
