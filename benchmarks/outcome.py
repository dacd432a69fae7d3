"""The few figures that targets are set for, from all that was measured."""

import json
from typing import Any

Figures = dict[str, Any]
MOST_WRONG = 0.01  # of the product's replies; more and the figures are those of another conversation


def outcome(results: Figures) -> dict[str, float]:
    """The figures of the last line."""
    own, alone = best(results["product"].values()), one_person(results["product"]["1"])
    stock = best([results["stock"]])
    return {
        "turnsPerSecond": own,
        "stockTurnsPerSecond": stock,
        "ratio": round(own / stock, 2),
        "choiceP50Ms": alone["choice"]["p50"],
        "textP50Ms": alone["text"]["p50"],
        "p95Ms": alone["turns"]["p95"],
        "turn200Over10": results["product"]["1"]["long"]["lateOverEarly"],
        "rssMb": results["product"]["1"]["rssMb"],
        "trainSeconds": results["trainSeconds"]["product"],
        "startSeconds": results["product"]["1"]["startSeconds"],
    }


def last_line(results: Figures) -> str:
    """The figures as one line of JSON."""
    return json.dumps(outcome(results))


def best(served: Any) -> float:
    """Turns a second at the number of people, and of engines, where it was highest."""
    return float(max(load["turnsPerSecond"] for system in served for load in system["closed"].values()))


def one_person(served: Figures) -> Figures:
    """Latency with one person at a time."""
    alone: Figures = served["closed"]["1"]["latencyMs"]
    return alone


def cpu_ms(load: Figures) -> float:
    """CPU that a turn takes, of all processes of the system; what else runs on the machine hardly changes it."""
    return float(load["cpuSeconds"] * 1000 / max(load["turns"], 1))


def least_cpu_ms(served: Figures) -> float:
    """The same in the closed load where it was least."""
    return min(map(cpu_ms, served["closed"].values()))


def others_share(results: Figures) -> float:
    """How much of the machine other programs took, in the load where it was most."""
    cores, systems = results["machine"]["cores"], (*results["product"].values(), results["stock"])
    shares = (load["othersCpuSeconds"] / load["seconds"] / cores for held in systems for load in _loads(held))
    return float(max(shares))


def wrong_share(served: Figures) -> float:
    """The share of turns with a wrong reply, in all closed and open loads."""
    loads = _loads(served)
    return float(sum(load["errors"] for load in loads) / max(sum(load["turns"] for load in loads), 1))


def faults(results: Figures) -> list[str]:
    """What was wrong with the product's replies, if it is too much."""
    systems = results["product"].values()
    if all(wrong_share(system) <= MOST_WRONG for system in systems):
        return []
    return [f"{n} x {what}" for held in systems for load in _loads(held) for what, n in load["faults"].items()]


def _loads(served: Figures) -> list[Figures]:
    return [*served["closed"].values(), *served["open"].values()]
