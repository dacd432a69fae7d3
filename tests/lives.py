"""Twelve invented lives, as different as can be, and the page that each of them shares."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.core.talk import Answer
from bot.store.store import Store
from bot.store.unit_of_work import Content, UnitOfWork

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
Said = str | tuple[str]  # own words, or (a tuple of one) the value that was tapped


@dataclass(frozen=True)
class Life:
    """Somebody, what they answered, which topics go along and which lines do not after all."""

    name: str
    said: dict[str, Said]
    topics: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    invitation: dict[str, str] | None = None
    names: dict[str, str] = field(default_factory=dict)  # a name of a person in the words of a line


def invited(by: str, reference: str, at: str = "2026-12-07T10:30:00+01:00") -> dict[str, str]:
    return {"contactName": by, "contactEmail": "x@example.nl", "reference": reference, "meetingAt": at}


STORY = (
    "In 2019 ben ik ziek geworden en sindsdien heb ik elf verschillende mensen aan mijn tafel gehad. Elke keer begon "
    "het opnieuw en elke keer werd er iets anders opgeschreven dan ik had gezegd. "
    "Ik wil dat één persoon mijn verhaal kent. "
)

LIVES = (
    Life(
        "amira, sinds kort in Nederland",
        {
            "wellbeing_week": ("so_so",),
            "wellbeing_good": "met de kinderen naar het park geweest",
            "learning_language_wish": ("dutch",),
            "learning_language_how": "أتعلم أفضل مع نساء أخريات",
            "learning_language_letters": ("hard",),
            "preferences_like": "koken voor veel mensen",
            "preferences_good_at": ("caring",),
            "goals_first": "أريد أن أتكلم مع معلمة أولادي",
            "goals_why": "dan begrijp ik wat de juf zegt",
            "goals_need": ("time",),
            "goals_step": ("try_something",),
            "meeting_discuss": ("learning_language",),
            "meeting_avoid": ("past",),
            "meeting_company": ("interpreter",),
            "meeting_how": ("office",),
        },
        topics=("learning_language",),
        invitation=invited("S. de Boer", "W-2026-0311"),
    ),
    Life(
        "nadia, die niet alleen mag",
        {
            "wellbeing_week": ("bad",),
            "wellbeing_good": ("little",),
            "wellbeing_need": ("talk",),
            "people_talk": ("nobody",),
            "people_alone": ("often",),
            "people_wish": "weer naar mijn zus",
            "goals_first": ("something_else",),
            "goals_why": ("own_life",),
            "goals_need": ("trust",),
            "goals_step": ("talk",),
            "meeting_discuss": ("something_else",),
            "meeting_avoid": ("family",),
            "meeting_company": ("family_friend",),
            "meeting_alone": ("yes",),
            "meeting_how": ("office",),
        },
        invitation=invited("L. Vermeer", "W-2026-0402"),
    ),
    Life(
        "kevin, 24",
        {
            "wellbeing_week": "trash ngl",
            "wellbeing_good": "beetje gegamed met me matties",
            "wellbeing_need": "dat mensen me niet steeds bellen",
            "preferences_like": "sleutelen aan scooters",
            "preferences_tiring": ("letters",),
            "work_wish": ("few_hours",),
            "work_kind": ("hands",),
            "work_hard": "elke keer solliciteren en niks terug horen",
            "work_need": ("try_out",),
            "goals_first": "een baas die normaal doet, geen uitzendbureau meer",
            "goals_why": "dan hoef ik niet meer te liegen tegen me ma",
            "goals_need": ("clear_answer",),
            "goals_step": ("try_something",),
            "meeting_discuss": ("work",),
            "meeting_avoid": ("nothing",),
            "meeting_company": ("alone",),
            "meeting_how": ("someone_else",),
        },
        topics=("work",),
        invitation=invited("B. Smit", "J-2026-77"),
    ),
    Life(
        "ria, die zorgt",
        {
            "wellbeing_week": "moe, mijn moeder was drie nachten onrustig",
            "wellbeing_good": ("home",),
            "wellbeing_need": ("rest",),
            "daily_life_day": ("so_so",),
            "daily_life_hard": ("household",),
            "daily_life_wish": ("rest",),
            "work_wish": ("caring",),
            "work_hard": ("caring",),
            "work_need": ("own_pace",),
            "people_talk": ("neighbour",),
            "people_alone": ("sometimes",),
            "people_wish": "één middag in de week kaarten",
            "goals_first": ("rest",),
            "goals_why": "dan hou ik het vol",
            "goals_need": ("practical_help",),
            "goals_step": ("rest_first",),
            "meeting_discuss": "hoe ik kan blijven zorgen en toch slapen",
            "meeting_avoid": "of mijn moeder naar een tehuis moet",
            "meeting_company": ("alone",),
            "meeting_how": ("phone",),
        },
        topics=("wellbeing", "daily_life", "work", "people"),
        invitation=invited("H. Mulder", "W-2026-0120", "2026-12-09T14:00:00+01:00"),
    ),
    Life(
        "mo, die liever niet leest",
        {
            "wellbeing_week": ("good",),
            "wellbeing_good": ("outside",),
            "goals_first": ("work_learning",),
            "goals_why": ("more_free",),
            "goals_need": ("someone_along",),
            "goals_step": ("get_help",),
            "meeting_discuss": ("goal",),
            "meeting_avoid": ("nothing",),
            "meeting_company": ("care_worker",),
            "meeting_alone": ("no",),
            "meeting_how": ("no_matter",),
        },
    ),
    Life(
        "wim, die bijna niets deelt",
        {
            "wellbeing_week": ("bad",),
            "goals_first": ("rest",),
            "goals_why": "gaat niemand wat aan",
            "meeting_avoid": "alles",
        },
        hides=("goals_why", "meeting_avoid"),
    ),
    Life(
        "henk, met een dik dossier",
        {
            "wellbeing_week": STORY * 4,
            "wellbeing_good": "de duiven",
            "wellbeing_need": STORY,
            "daily_life_day": STORY * 2,
            "daily_life_wish": ("rhythm",),
            "housing_place": STORY * 3,
            "housing_hard": "alles wat ik al drie keer heb gemeld: het dak, de ketel, de buren",
            "housing_wish": ("repair",),
            "control_self": ("much_self",),
            "control_helpers": ("many",),
            "control_wish": ("tell_once",),
            "goals_first": STORY * 2,
            "goals_why": ("less_worry",),
            "goals_need": ("clear_answer",),
            "goals_step": ("talk",),
            "meeting_discuss": STORY,
            "meeting_avoid": ("nothing",),
            "meeting_company": "mijn zwager, die schrijft alles op",
            "meeting_alone": ("no",),
            "meeting_how": ("office",),
        },
        topics=("wellbeing", "daily_life", "housing", "control"),
        invitation=invited("R. Peters", "W-2019-0008"),
    ),
    Life(
        "selam, in haar eigen letters",
        {
            "wellbeing_week": ("so_so",),
            "wellbeing_good": ("people",),
            "work_wish": ("voluntary",),
            "work_kind": "ምስ ቆልዑ ክሰርሕ ደስ ይብለኒ",
            "goals_first": "ኣብ ቤት ትምህርቲ ክሕግዝ",
            "goals_why": ("for_others",),
            "goals_need": ("someone_along",),
            "goals_step": ("make_plan",),
            "meeting_discuss": ("work",),
            "meeting_company": ("interpreter_and_company",),
            "meeting_alone": ("dont_know",),
            "meeting_how": ("other_place",),
        },
        topics=("work",),
        invitation=invited("S. de Boer", "W-2026-0355"),
    ),
    Life(
        "patricia, die ziek werd",
        {
            "wellbeing_week": "twee goede uren per dag, daarna is het op",
            "wellbeing_good": "een hoofdstuk vertaald",
            "wellbeing_need": ("rest",),
            "preferences_like": "vertalen uit het Frans",
            "preferences_good_at": ("learning",),
            "preferences_tiring": "drie dingen tegelijk, en tl-licht",
            "health_hard": ("tired",),
            "health_well": ("morning",),
            "health_care": ("waiting",),
            "health_need": ("less_pressure",),
            "work_wish": ("few_hours",),
            "work_kind": ("computer",),
            "work_hard": ("health",),
            "work_need": "zelf kiezen wanneer op een dag",
            "goals_first": "weer een paar uur in de week mijn eigen vak doen",
            "goals_why": "dan ben ik weer iemand",
            "goals_need": ("time",),
            "goals_step": ("make_plan",),
            "meeting_discuss": ("work",),
            "meeting_avoid": "welke ziekte het precies is",
            "meeting_company": ("alone",),
            "meeting_how": "liefst kort, en in de ochtend",
        },
        topics=("wellbeing", "health", "work"),
        invitation=invited("M. Jansen", "W-2026-0271", "2026-12-08T09:30:00+01:00"),
    ),
    Life(
        "dennis, zonder vaste plek",
        {
            "wellbeing_week": ("bad",),
            "wellbeing_good": "een keer warm gegeten",
            "wellbeing_need": ("practical_help",),
            "money_worries": ("often",),
            "money_hard": ("letters",),
            "money_help": ("no",),
            "money_wish": ("look_along",),
            "housing_place": "om de paar dagen ergens anders",
            "housing_hard": ("no_fixed_place",),
            "housing_wish": ("fixed_place",),
            "learning_language_letters": ("scared",),
            "learning_language_wish": ("nothing",),
            "goals_first": ("home",),
            "goals_why": "dan kan mn post ergens heen",
            "goals_need": ("practical_help",),
            "goals_step": ("get_help",),
            "meeting_discuss": ("housing",),
            "meeting_avoid": "me ex en de kids",
            "meeting_company": ("care_worker",),
            "meeting_alone": ("no",),
            "meeting_how": ("phone",),
        },
        topics=("wellbeing", "money", "housing", "learning_language"),
    ),
    Life(
        "fatma, met drie kinderen",
        {
            "wellbeing_week": ("good",),
            "wellbeing_good": "mijn dochter Leyla heeft haar diploma 🎉",
            "people_talk": ("family",),
            "people_alone": ("no",),
            "people_wish": ("help_others",),
            "learning_language_wish": ("trade",),
            "learning_language_how": ("small_group",),
            "learning_language_letters": ("easy",),
            "work_wish": ("paid",),
            "work_kind": ("people",),
            "work_hard": ("nothing",),
            "work_need": ("learn_first",),
            "goals_first": "kraamverzorgster worden 🙏",
            "goals_why": ("own_life",),
            "goals_need": "een cursus op tijden dat de kinderen op school zijn",
            "goals_step": ("make_plan",),
            "meeting_discuss": ("learning_language",),
            "meeting_avoid": ("nothing",),
            "meeting_company": ("alone",),
            "meeting_how": ("office",),
        },
        topics=("wellbeing", "people", "learning_language", "work"),
        names={"wellbeing_good": "Leyla"},
        invitation=invited("J. Bakker", "W-2026-0299"),
    ),
)


def slot(life: Life, question: str) -> dict[str, Any]:
    said = life.said[question]
    if isinstance(said, tuple):
        return Answer(said[0]).slot()
    name = life.names.get(question)
    start = said.index(name) if name else 0
    return Answer(text=said, names=((start, start + len(name)),) if name else ()).slot()


def shared_page(life: Life, store: Store, content: Content) -> dict[str, Any]:
    """What the contact person of this life opens, through the real store."""
    made = store.create("web")
    unit = UnitOfWork(store, store.load(made.conversation_id, made.data_key), made.data_key, content, NOW)
    slots = {step: Answer(value).slot() for step, value in CONSENTS.items()}
    unit.keep_slots({**slots, **{question: slot(life, question) for question in life.said}})
    unit.record["invitation"] = life.invitation or {}
    for topic in life.topics:
        unit.share_topic(topic, True)
    for line in life.hides:
        unit.edit_line(line, {"shared": False})
    share = unit.share()
    unit.commit()
    return dict(store.open_share(share["shareId"], share["code"]))


CONSENTS = {"consent": "consent_yes", "remember": "remember_no", "health_consent": "health_yes"}
