"""What came in through a channel of others, before anybody understood it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heard:
    """What the talk is told; exactly one of the first three is there.

    Args:
        text, choice: as the API takes them.
        note: the key of what is said about something that cannot be read in this channel.
        unseen: whether the waiting question was not shown in this channel, because it is asked on our own page.
        wants_link: whether a new link to that page was asked for.
        beside: words that came with what cannot be read; they are looked at for a cry for help only.
    """

    text: str | None = field(default=None, repr=False)
    choice: str | None = None
    note: str | None = None
    unseen: bool = False
    wants_link: bool = False
    beside: str | None = field(default=None, repr=False)
