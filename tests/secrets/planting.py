"""Plants a secret in every place that takes something in."""

import base64
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from bot.core.terms import Ends
from bot.store.values import Change
from tests.secrets.bot import Bot
from tests.secrets.canaries import Canaries
from tests.secrets.failing import FAILING, engine_crashed
from tests.secrets.inviting import INVITING, list_with_faults, plant_keys
from tests.secrets.person import begun
from tests.secrets.refused import REFUSED
from tests.secrets.told import TOLD


@dataclass(frozen=True)
class Planted:
    """What was planted, and what was seen meanwhile.

    Args:
        made_temporary: whether a temporary file came or went while people talked.
        core_limit: how large a core dump the engine that is going to crash may write.
    """

    secrets: Canaries
    made_temporary: bool
    core_limit: str


def settings(secrets: Canaries) -> dict[str, str]:
    """Settings with secrets in them, of a mail server and a sign-on that nobody can reach."""
    mail = f"smtp://bot:{quote(secrets.word('SMTP password'))}@127.0.0.1:9"
    oidc = {
        "OIDC_ISSUER": "http://127.0.0.1:9",
        "OIDC_CLIENT_ID": "bot",
        "OIDC_CLIENT_SECRET": secrets.word("OIDC secret"),
    }
    return {"SMTP_URL": mail, **oidc}


def plant(bot: Bot, secrets: Canaries) -> Planted:
    """Plant all secrets but those that take the engine along.

    Trouble comes first: an end empties SQLite's write-ahead log, where the others are to be looked for.
    """
    before = _changed(bot)
    for channel in (*FAILING, *TOLD, *INVITING, *REFUSED):
        channel(bot, secrets.word(channel.__name__))
    _numbers(bot, secrets)
    _keys(bot, secrets)
    plant_keys(bot, secrets)
    _contact(bot, secrets)
    return Planted(secrets, before != _changed(bot), bot.core_limit)


def plant_the_last(bot: Bot, secrets: Canaries) -> None:
    """Let the engine crash in the middle of a turn, and run commands beside the bot."""
    engine_crashed(bot, secrets.word(engine_crashed.__name__))
    list_with_faults(bot, secrets.word(list_with_faults.__name__))
    assert bot.runs("backup", str(bot.folder / "backup")).returncode == 0
    assert bot.runs("expire").returncode == 0
    if bot.is_sqlite:  # it knows no database, so once is enough
        _understand(bot, secrets)


def _numbers(bot: Bot, secrets: Canaries) -> None:
    """Numbers that are masked before anything is kept."""
    bsn, iban, phone = secrets.bsn(), secrets.iban(), secrets.phone()
    person = begun(bot).answers(f"het gaat goed, mijn bsn is {bsn}, bel {phone}, rekening {iban}")
    assert [mark for mark in ("[bsn]", "[iban]", "[telefoon]") if mark not in person.page] == []
    assert begun(bot).says(f"ik wil dood, mijn bsn is {bsn}, bel {phone}", messageId=iban).status == 200


def _keys(bot: Bot, secrets: Canaries) -> None:
    """What opens a talk: it may be in nobody's hands but the person's."""
    person = begun(bot).taps("good", "home", "rest", "continue", "home")
    person.says("het gaat goed")
    share = person.call("POST", "/shares").json
    opened = bot.send("POST", f"/v1/shares/{share['shareId']}/open", {"code": share["code"]}, own=True)
    assert opened.status == 200
    secrets.number("token", person.token)
    secrets.number("resume code", person.resume_code)
    secrets.number("resume code in groups", " ".join(person.resume_code[at : at + 4] for at in range(0, 16, 4)))
    secrets.number("share id", share["shareId"])
    with bot.store() as store:
        data_key = store.unlock(person.id, person.token)
    secrets.number("data key in hex", data_key.hex())
    secrets.number("data key in base64", base64.b64encode(data_key).decode())


def _contact(bot: Bot, secrets: Canaries) -> None:
    """What belongs to a contact person: address, mark of the case and code of an invitation, while no mail goes out."""
    person = begun(bot).taps("good", "home", "rest", "continue", "home")
    address, case = f"{secrets.mark}.{secrets.mark}@gemeente.example", secrets.number("case", f"Z{secrets.mark}7")
    told = {"contactName": "Sanne", "contactEmail": address, "reference": case, "openingCode": "482913"}
    with bot.store() as store:
        key = store.unlock(person.id, person.token)
        stored = store.load(person.id, key)
        ends = Ends(datetime.now(UTC) + timedelta(days=30))
        store.commit(Change(person.id, key, stored.version, {**stored.record, "invitation": told}, ends))
    assert person.call("POST", "/shares").json["to"] == "Sanne"
    end = time.monotonic() + 20
    while b"mail_not_sent" not in (bot.folder / "data" / "log").read_bytes():
        assert time.monotonic() < end, "nobody tried to send the mail"
        time.sleep(0.2)
    assert bot.send("GET", "/aanmelden?terug=/s/abc").status == 503


def _understand(bot: Bot, secrets: Canaries) -> None:
    """Its answers are for who asks; what it says of lines that it cannot read is not, as these may be in a log."""
    word = secrets.word("understand")
    lines = [json.dumps({"text": f"ik heb {word}", "awaiting": "open"}), f'{{"text": "{word}', json.dumps([word])]
    answers = bot.runs("understand", says="\n".join(lines).encode()).stdout.splitlines()
    assert len(answers) == len(lines)
    bot.told += answers[1:]


def _changed(bot: Bot) -> int:
    return (bot.folder / "tmp").stat().st_mtime_ns
