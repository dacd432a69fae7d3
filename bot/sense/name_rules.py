"""Where the names of people stand by fixed rules: lists of names, and the words around them."""

from collections.abc import Sequence

from bot.sense.name_words import Token, word_lists

LONGEST_SELF = 6  # words in the longest phrase before one's own name
LONGEST_KNOWN = 4  # words in the longest of `known`
MOST_INITIALS = 8  # of one person; a row of thousands is looked at no further from each of its places


def by_rules(tokens: Sequence[Token], shouted: bool) -> set[int]:
    """Which words belong to people's names.

    Args:
        tokens: the words and marks of a text in which numbers are replaced already.
        shouted: whether all is in capitals, so that they say nothing.

    Returns:
        The numbers of those words, counted from 0.
    """
    found, at, no_names = set[int](), 0, known(tokens)
    while at < len(tokens):
        size = 0 if at in no_names else _name_at(tokens, at, shouted)
        found.update(range(at, at + size))
        at += size or 1
    return found


def known(tokens: Sequence[Token]) -> set[int]:
    """Which words belong to a shop, a saint or a saying with a name in it."""
    return {at + more for at in range(len(tokens)) for more in range(_known_at(tokens, at))}


def _name_at(tokens: Sequence[Token], at: int, shouted: bool) -> int:
    """How many words from here are one name; 0 when none begins."""
    lists, here = word_lists(), tokens[at]
    if here.ends or here.low in lists.never or _is_animal(tokens, at):
        return 0
    size = _initials(tokens, at)
    if not size:
        expected = _expects_name(tokens, at)
        if expected == "self" and here.low == "van":  # "groeten van Ibrahim"
            return 0
        lead = _particles(tokens, at) if expected else 0
        if at + lead >= len(tokens) or not _is_name(tokens[at + lead], expected, shouted):
            return 0
        size = lead + 1
    return size + _rest(tokens, at + size, shouted)


def _expects_name(tokens: Sequence[Token], at: int) -> str:
    """What comes before announces: `self`, `person` or nothing."""
    lists = word_lists()
    before = [token.bare for token in tokens[max(0, at - LONGEST_SELF - 1) : at]]
    if before and before[-1] in (":", ",", "\n"):
        before = before[:-1] if before[-1] != "," or before[-2:-1] == ["groet"] else before
    if any(tuple(before[-size:]) in lists.self for size in range(1, LONGEST_SELF + 1) if size <= len(before)):
        return "self"
    if before and before[-1] in lists.announces:
        return "person"
    speaks = at + 1 < len(tokens) and tokens[at + 1].low in lists.speaks
    return "company" if speaks or (before and before[-1] in lists.company) else ""


def _is_name(token: Token, expected: str, shouted: bool) -> bool:
    lists = word_lists()
    low = token.low
    if expected == "person" and token.is_capital and not shouted and low in lists.last:
        return True  # "mevrouw Bakker": a trade too, but not after a title
    if token.ends or low in lists.not_names or low in lists.kin:
        return False
    listed = _is_listed(token, shouted) or low in lists.doubtful
    if expected == "self":
        return listed or len(low) > 2 or token.is_capital
    if expected == "person":
        return listed or (token.is_capital and not shouted and len(low) > 1)
    if expected == "company" and token.is_capital and not shouted and low in lists.doubtful:
        return True
    return low in lists.unmistakable or (token.is_capital and not shouted and low in lists.proper)


def _is_listed(token: Token, shouted: bool) -> bool:
    lists, low = word_lists(), token.low
    return low in lists.first or low in lists.last or (token.is_capital and not shouted and low in lists.capital)


def _particles(tokens: Sequence[Token], at: int) -> int:
    size = 0
    while at + size < len(tokens) and size < 3 and tokens[at + size].low in word_lists().particles:
        size += 1
    return size


def _rest(tokens: Sequence[Token], at: int, shouted: bool) -> int:
    """How many words after the first belong to the same name: initials, particles and surnames."""
    size = 0
    while at + size < len(tokens) and size < 5:
        lead = _particles(tokens, at + size)
        next_at = at + size + lead
        if next_at >= len(tokens) or not _is_surname(tokens[next_at], shouted, after_particle=lead > 0):
            break
        size += lead + 1
    return size


def _is_surname(token: Token, shouted: bool, after_particle: bool) -> bool:
    lists, low = word_lists(), token.low
    if token.is_capital and (low in lists.last or (after_particle and not shouted)):
        return True  # Bakker, Visser and De Jong are words too, but not after a first name
    if token.ends or low in lists.not_names:
        return False
    return _is_listed(token, shouted) or (token.is_capital and not shouted)


def _initials(tokens: Sequence[Token], at: int) -> int:
    """How many words from here are initials with a surname: "J.P. van Dongen", "A. Haddad"; 0 when they are not."""
    size = 0
    for token in tokens[at : at + MOST_INITIALS]:
        if len(token.text) != 2 or not token.text.endswith("."):
            break
        size += 1
    lead = _particles(tokens, at + size) if size else 0
    last = tokens[at + size + lead] if size and at + size + lead < len(tokens) else None
    if last is None or last.ends or len(last.text) < 3:
        return 0
    is_surname = last.low in word_lists().last or (last.is_capital and tokens[at].is_capital and size + lead > 1)
    return size + lead + 1 if is_surname else 0


def _is_animal(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words just before speak of an animal: its name betrays nobody."""
    return any(token.low in word_lists().animals for token in tokens[max(0, at - 3) : at])


def _known_at(tokens: Sequence[Token], at: int) -> int:
    """How many words from here are a shop, a saint or a saying with a name in it."""
    said = [token.low for token in tokens[at : at + LONGEST_KNOWN]]
    return next((size for size in range(LONGEST_KNOWN, 1, -1) if tuple(said[:size]) in word_lists().known), 0)
