"""The page."""

from bot.core import summary
from bot.core.talk import Answer
from tests.talking import ROUTE, TEXTS, begun

QUESTIONNAIRE = ROUTE.questionnaire


def a_record(edits=None, topics=None, **answers):
    slots = {step: answer if isinstance(answer, dict) else Answer(answer).slot() for step, answer in answers.items()}
    return {"tracker": {"slots": {**begun().slots, **slots}}, "edits": edits or {}, "topicsShared": topics or {}}


def lines(record):
    sections = summary.build(record, QUESTIONNAIRE, TEXTS)
    return {line["lineId"]: line for section in sections for line in section["lines"]}


def seen(record):
    return summary.visible(summary.build(record, QUESTIONNAIRE, TEXTS))


def test_goals_come_first():
    record = a_record(goals_first="home", wellbeing_week="good")

    assert summary.build(record, QUESTIONNAIRE, TEXTS)[0]["topic"] == "goals"


def test_a_tap_gives_a_whole_sentence_and_own_words_stay_own_words():
    shown = lines(a_record(wellbeing_week="good", wellbeing_good={"text": "mn tuintje"}))

    assert shown["wellbeing_week"]["text"] == "Mijn week was goed."
    assert (shown["wellbeing_good"]["text"], shown["wellbeing_good"]["ownWords"]) == ("mn tuintje", True)


def test_goals_preferences_and_meeting_start_shared_and_nothing_else():
    for topic in QUESTIONNAIRE.topics:
        assert topic.shared == (topic.id in ("goals", "preferences", "meeting")), topic.id


def test_wanting_somebody_else_starts_hidden_although_the_meeting_is_shared():
    shown = lines(a_record(meeting_how="someone_else", meeting_company="alone"))

    assert (shown["meeting_how"]["shared"], shown["meeting_company"]["shared"]) == (False, True)


def test_a_hidden_topic_leaves_the_same_page_as_a_topic_never_talked_about():
    with_hidden = a_record(goals_first="home", money_worries="often", menu="topics:money")

    assert seen(with_hidden) == seen(a_record(goals_first="home"))


def test_a_name_shows_as_a_name_only_until_the_person_lets_it_be_read():
    said = {"text": "Karin helpt mij.", "names": [[0, 5]]}
    mark = summary.fingerprint(Answer(text=said["text"], names=((0, 5),)))
    allowed = {"wellbeing_good": {"names": True, "of": mark}}

    hidden, shown = lines(a_record(wellbeing_good=said)), lines(a_record(allowed, wellbeing_good=said))

    assert (hidden["wellbeing_good"]["text"], hidden["wellbeing_good"]["hiddenNames"]) == ("[naam] helpt mij.", True)
    assert (shown["wellbeing_good"]["text"], shown["wellbeing_good"]["hiddenNames"]) == ("Karin helpt mij.", False)


def test_names_in_a_new_answer_are_hidden_again():
    old = {"wellbeing_good": {"names": True, "of": "another answer"}}

    shown = lines(a_record(old, wellbeing_good={"text": "Karin helpt mij.", "names": [[0, 5]]}))

    assert shown["wellbeing_good"]["text"] == "[naam] helpt mij."


def test_skipped_questions_leave_no_trace():
    assert seen(a_record(goals_first="home", goals_why={"skipped": True})) == seen(a_record(goals_first="home"))


def test_one_tap_shares_a_whole_topic():
    record = a_record(money_worries="often", menu="topics:money", topics={"money": True})

    assert [section["topic"] for section in seen(record)] == ["money"]


def test_an_edit_holds_until_the_answer_changes():
    mark = summary.fingerprint(Answer("home"))
    edits = {"goals_first": {"of": mark, "text": "Een droog huis"}}

    assert lines(a_record(edits, goals_first="home"))["goals_first"]["text"] == "Een droog huis"
    assert lines(a_record(edits, goals_first="rest"))["goals_first"]["text"] != "Een droog huis"


def test_a_line_that_was_hidden_stays_hidden_when_its_answer_changes():
    edits = {"goals_first": {"of": summary.fingerprint(Answer("home")), "shared": False}}

    assert not lines(a_record(edits, goals_first="rest"))["goals_first"]["shared"]


def test_a_removed_line_is_gone():
    edits = {"goals_first": {"of": summary.fingerprint(Answer("home")), "removed": True}}

    assert "goals_first" not in lines(a_record(edits, goals_first="home"))


def test_names_of_people_show_as_a_mark():
    shown = lines(a_record(people_talk={"text": "mijn zus Fatima helpt", "names": [[9, 15]]}))

    assert shown["people_talk"]["text"] == "mijn zus [naam] helpt"


def test_the_contact_person_sees_no_switches_and_no_marks():
    for section in seen(a_record(goals_first="home")):
        assert all(set(line) == {"lineId", "label", "text", "ownWords"} for line in section["lines"])
