"""Where the time of one turn goes, stage by stage: `python -m benchmarks.stages`.

Gateway and engine run here in one process and one person talks, so that every stage can be watched by one stopwatch: a
stage's time is its own, without the stages inside it. Watching a call costs some 2 microseconds.
"""

import asyncio
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import fmean

from benchmarks import results
from benchmarks.script import SCRIPT
from benchmarks.stages.picture import draw
from benchmarks.stages.stopwatch import Stopwatch, Times
from benchmarks.stages.table import OUTERMOST, STAGES, watch_all
from benchmarks.walk import Walk

TALKS, WARM_UP = 8, 2  # conversations of 45 turns


def main() -> None:
    """Watch some conversations, and tell and draw where their time went."""
    with tempfile.TemporaryDirectory() as folder:
        turns = asyncio.run(_watched(Path(folder)))
    told = {kind: _means(times) for kind, times in turns.items()}
    results.keep("stages", told)
    draw(told)


def _means(turns: list[Times]) -> Times:
    # of the middle nine tenths: a turn that the machine interrupted says nothing of a stage
    ordered = sorted(turns, key=lambda times: sum(times.values()))[len(turns) // 20 : -len(turns) // 20]
    return {stage: round(fmean(times.get(stage, 0.0) for times in ordered), 3) for stage in STAGES}


async def _watched(folder: Path) -> dict[str, list[Times]]:
    from benchmarks.stages.one_process import talking  # here: importing Rasa takes ten seconds

    watch, turns = Stopwatch(), defaultdict[str, list[Times]](list)
    async with talking(folder) as (agent, new_talk):
        watch_all(watch, agent)
        for number in range(TALKS):
            talk, walk = await new_talk(), Walk(SCRIPT, str(number))
            while not walk.is_over:
                turn, said = walk.turn, walk.says()
                watch.take()
                with watch.stage(OUTERMOST):
                    reply = await talk.says(**{turn.kind: said})
                if number >= WARM_UP:
                    turns[turn.kind].append(watch.take())
                assert walk.hears(reply), (turn, reply)
    return turns


if __name__ == "__main__":
    main()
