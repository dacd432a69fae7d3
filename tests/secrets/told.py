"""Secrets that people tell in a talk: kept or not, they are for nobody else."""

from tests.secrets.bot import Bot
from tests.secrets.person import Person, begun


def open_answer(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed want ik maak muziek met mijn {word}")
    assert word in person.page


def name_of_somebody(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"mijn zus {word.capitalize()} helpt mij elke dag")
    assert "mijn zus" in person.page


def password(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed, mijn wachtwoord is {word}")
    assert "[wachtwoord]" in person.page


def e_mail(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed, mail mij op {word.replace('ë', '.')}@example.nl")
    assert "[e-mail]" in person.page


def other_language(bot: Bot, word: str) -> None:
    assert begun(bot).says(f"I would like to work in a garden with my friend, {word}").status == 200


def text_like_a_command(bot: Bot, word: str) -> None:
    assert begun(bot).says(f'/inform{{"{word}": "{word}"}}').status == 200


def text_with_strange_signs(bot: Bot, word: str) -> None:
    assert begun(bot).says(f"\ud83d\x00\u202e'; DROP TABLE {word}; --<script>{word}").status == 200


def text_that_is_too_long(bot: Bot, word: str) -> None:
    assert begun(bot).says(f"{word} " * 150).status == 200


def before_consent(bot: Bot, word: str) -> None:
    assert Person(bot).says(f"ik heb schulden bij {word}", messageId=f"b-{word}").status == 200


def before_a_no(bot: Bot, word: str) -> None:
    person = Person(bot)
    assert person.says(f"wie leest dit, {word}").status == 200
    person.taps("consent_no")


def before_a_yes(bot: Bot, word: str) -> None:
    person = Person(bot)
    person.says(f"ik heb schulden bij {word}")
    assert word not in str(person.taps("consent_yes", "remember_no").call("GET").json)


def cry_before_consent(bot: Bot, word: str) -> None:
    person = Person(bot)
    person.says(f"ik wil dood, {word}")
    assert person.asked == "safety"


def cry_after_consent(bot: Bot, word: str) -> None:
    person = begun(bot)
    person.says(f"mijn man slaat mij, {word}")
    assert person.asked == "safety"


def cry_kept_as_answer(bot: Bot, word: str) -> None:
    person = begun(bot)
    person.says(f"ik wil dood, {word}", messageId="c1")
    person.taps("continue", "keep_yes")
    assert word in str(person.call("GET").json)


def words_that_worry(bot: Bot, word: str) -> None:
    person = begun(bot)
    assert person.says(f"ik weet niet hoe lang ik dit nog volhoud met {word}").status == 200
    person.says(f"nee het gaat niet goed, {word}")


def health_before_its_yes(bot: Bot, word: str) -> None:
    person = begun(bot)
    person.says(f"ik heb een depressie en {word}", messageId="h1")
    assert person.asked == "health_consent"


def health_dropped(bot: Bot, word: str) -> None:
    person = begun(bot)
    person.says(f"ik heb een depressie en {word}")
    person.taps("health_no")
    assert word not in person.page


def health_kept(bot: Bot, word: str) -> None:
    person = begun(bot)
    person.says(f"ik heb een depressie en {word}")
    assert word in person.taps("health_yes").page


def health_taken_back(bot: Bot, word: str) -> None:
    person = begun(bot)
    person.says(f"ik heb een depressie en {word}")
    person.taps("health_yes", "home", "rest", "health_no")
    assert word not in person.page


def edited_line(bot: Bot, word: str) -> None:
    person = begun(bot).taps("good")
    assert person.call("PATCH", "/summary/lines/wellbeing_week", {"text": f"met {word} gaat het goed"}).status == 200
    assert word in person.page


def removed_line(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed door {word}")
    assert person.call("DELETE", "/summary/lines/wellbeing_week").status == 204
    assert word not in person.page


def changed_answer(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed door {word}")
    person.taps("change:wellbeing_week", "so_so")
    assert word not in person.page


def hidden_beside_a_share(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed door {word}")
    person.taps("home", "rest", "continue", "home")
    share = person.call("POST", "/shares").json
    # as the contact person: what it shows of the talk goes among the answers that are searched
    assert bot.send("POST", f"/v1/shares/{share['shareId']}/open", {"code": share["code"]}).status == 200
    assert bot.send("GET", f"/s/{share['shareId']}", headers={"Accept": "text/html"}).status == 200


def shared_and_withdrawn(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed door {word}")
    person.call("PATCH", "/summary/topics/wellbeing", {"shared": True})
    share = person.call("POST", "/shares").json
    door, code = f"/v1/shares/{share['shareId']}/open", {"code": share["code"]}
    assert word in str(bot.send("POST", door, code, own=True).json)
    assert person.call("DELETE", f"/shares/{share['shareId']}").status == 204
    assert bot.send("POST", door, code).status == 410


def taken_up_elsewhere(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed door {word}")
    resumed = bot.send("POST", "/v1/conversations/resume", {"code": person.resume_code})
    assert (resumed.status, person.call("GET").status) == (200, 401)


def message_id(bot: Bot, word: str) -> None:
    person = begun(bot)
    first = person.says(choice="good", messageId=word)
    assert person.says(choice="good", messageId=word).json == first.json


def message_id_of_a_share(bot: Bot, word: str) -> None:
    person = begun(bot).taps("good", "home", "rest", "continue", "home")
    first = person.call("POST", "/shares", {"messageId": word})
    assert (first.status, person.call("POST", "/shares", {"messageId": word}).json) == (201, first.json)


def message_id_used_again(bot: Bot, word: str) -> None:
    person = begun(bot)
    person.says(choice="good", messageId="once")
    assert person.says(f"iets anders, {word}", messageId="once").status == 409


def reader_of_a_page(bot: Bot, word: str) -> None:
    person = begun(bot).taps("good", "home", "rest", "continue", "home")
    share = person.call("POST", "/shares").json
    body = {"code": share["code"], "name": word}
    assert bot.send("POST", f"/v1/shares/{share['shareId']}/open", body, own=True).status == 200
    assert bot.send("POST", f"/v1/shares/{share['shareId']}/open", {**body, "name": f"{word}\n" * 9}).status == 400
    assert person.call("GET", "/shares").json["shares"][0]["openedBy"] == word


def line_back(bot: Bot, word: str) -> None:
    person = begun(bot).taps("good", "home", "rest", "continue", "home")
    share = person.call("POST", "/shares").json
    body = {"code": share["code"], "line": f"Dank u, {word}."}
    assert bot.send("POST", f"/v1/shares/{share['shareId']}/read", body, own=True).status == 204
    assert bot.send("POST", f"/v1/shares/{share['shareId']}/read", {**body, "line": word * 99}).status == 400
    assert word in str(person.call("GET").json)


def page_of_chosen_lines(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed want ik maak muziek met mijn {word}")
    share = person.call("POST", "/shares", {"lines": ["wellbeing_week"]}).json
    door = f"/v1/shares/{share['shareId']}/open"
    assert word in str(bot.send("POST", door, {"code": share["code"]}, own=True).json)
    assert person.call("POST", "/shares", {"lines": [word]}).status == 400


TOLD = (
    reader_of_a_page,
    line_back,
    page_of_chosen_lines,
    open_answer,
    name_of_somebody,
    password,
    e_mail,
    other_language,
    text_like_a_command,
    text_with_strange_signs,
    text_that_is_too_long,
    before_consent,
    before_a_no,
    before_a_yes,
    cry_before_consent,
    cry_after_consent,
    cry_kept_as_answer,
    words_that_worry,
    health_before_its_yes,
    health_dropped,
    health_kept,
    health_taken_back,
    edited_line,
    removed_line,
    changed_answer,
    hidden_beside_a_share,
    shared_and_withdrawn,
    taken_up_elsewhere,
    message_id,
    message_id_of_a_share,
    message_id_used_again,
)
