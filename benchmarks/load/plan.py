"""What a load run is to do, as the benchmark hands it over in JSON."""

import json
from dataclasses import asdict, dataclass

LANE_RATE = 1.0  # turns a second of one person in an open load


@dataclass(frozen=True)
class Plan:
    """One load run.

    Args:
        system: `product` or `stock`.
        address: where it listens.
        pids: its processes; their children count too.
        seconds: how long is measured.
        users: people who talk at once; 0 in an open load.
        rate: turns a second that come whether or not replies are there; 0 in a closed load.
        patience: seconds that the start may take at most, see `people`.
        conversations: how many each person holds at most; 0 for as many as there is time for.
        script: `usual`, or `long` for one conversation of 210 turns.
        seed: the same seed gives the same words and times.
        meanings: file that says what the texts of the stock bot ask.
    """

    system: str
    address: str
    pids: tuple[int, ...]
    seconds: float
    users: int = 0
    rate: float = 0
    patience: float = 10
    conversations: int = 0
    script: str = "usual"
    seed: str = "1"
    meanings: str = ""

    @property
    def people(self) -> int:
        """How many people take part."""
        return self.users or round(self.rate / LANE_RATE)

    def json(self) -> str:
        """The plan as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        """Read a plan."""
        held = json.loads(text)
        return cls(**{**held, "pids": tuple(held["pids"])})
