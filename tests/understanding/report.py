"""Tells and draws what the bot understands: `make evaluate` prints it and writes docs/understanding/."""

from collections import Counter
from pathlib import Path

import matplotlib as mpl
import numpy as np

from tests.understanding.measures import (
    AUTHORS,
    MEASURES,
    REACH,
    ROOT,
    SETS,
    Pair,
    heard,
    ordinary,
    right,
    share,
    understood,
)

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "understanding"  # the same figures give the same file
FOLDER = ROOT / "docs" / "understanding"
MOST = 15  # pairs of intents that are told
Found = dict[str, list[Pair]]


def main() -> None:
    founds = [understood(author) for author in AUTHORS]
    text = "\n\n".join((figures(founds), voices(founds), confusions(founds)))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "figures.md").write_text(f"# Figures\n\nWritten by `make evaluate`.\n\n{text}\n", "utf-8")
    draw_confusions([pair for found in founds for pair in found["intents"]], FOLDER / "intents.svg")
    print(text)


def figures(founds: list[Found]) -> str:
    """Every measure, one column an author, and one for all their sentences together."""
    lines = ["| what | first author | second | third | fourth | all | to reach |", "|---|---|---|---|---|---|---|"]
    everything = {name: [pair for found in founds for pair in found[name]] for name in SETS}
    for (name, measure), reach in zip(MEASURES.items(), REACH, strict=True):
        cells = " | ".join(f"{measure(found):.3f}" for found in (*founds, everything))
        lines.append(f"| {name} | {cells} | {reach:.2f} |")
    return "\n".join(lines)


def voices(founds: list[Found]) -> str:
    """The main measures for each way of writing, all authors together; behind each how many sentences there were."""
    pairs = {
        "intents": [(pair, right(pair)) for found in founds for pair in found["intents"]],
        "cries heard": [(pair, heard(pair)) for found in founds for pair in found["signals"]],
        "ordinary answers with an alarm": [(pair, heard(pair)) for found in founds for pair in ordinary(found)],
    }
    names = sorted({pair[0]["voice"] for rows in pairs.values() for pair, _ in rows})
    lines = ["| voice | " + " | ".join(pairs) + " |", "|---" * (len(pairs) + 1) + "|"]
    for name in names:
        cells = [[hit for pair, hit in rows if pair[0]["voice"] == name] for rows in pairs.values()]
        told = " | ".join(f"{share(hits):.2f} ({len(hits)})" if hits else "" for hits in cells)
        lines.append(f"| {name.replace('_', ' ')} | {told} |")
    return "\n".join(lines)


def confusions(founds: list[Found]) -> str:
    """The intents that were most often taken for another."""
    wrong = [pair for found in founds for pair in found["intents"] if not right(pair)]
    counted = Counter((row["intent"], said["intent"]) for row, said in wrong)
    rows = [f"| {meant} | {taken} | {times} |" for (meant, taken), times in counted.most_common(MOST)]
    return "\n".join(["| meant | taken for | times |", "|---|---|---|", *rows])


def draw_confusions(pairs: list[Pair], path: Path) -> None:
    """A picture of what was meant against what it was taken for, each row as a share."""
    from matplotlib import pyplot

    names = sorted({row["intent"] for row, _ in pairs} | {said["intent"] for _, said in pairs})
    counts = np.zeros((len(names), len(names)))
    for row, said in pairs:
        taken = row["intent"] if right((row, said)) else said["intent"]
        counts[names.index(row["intent"]), names.index(taken)] += 1
    figure, axes = pyplot.subplots(figsize=(10, 9))
    axes.imshow(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="taken for", ylabel="meant", title=f"{len(pairs)} sentences never seen, three authors")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
