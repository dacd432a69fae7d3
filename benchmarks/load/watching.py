"""What the system's processes and the generator itself take of the machine."""

from collections.abc import Iterable

import psutil


class Watch:
    """The processes of a system, with all that they started."""

    def __init__(self, pids: Iterable[int]) -> None:
        """Watch these processes and their children."""
        roots = [psutil.Process(pid) for pid in pids]
        self._processes = [process for root in roots for process in (root, *root.children(recursive=True))]
        self._self = psutil.Process()

    def cpu_seconds(self) -> tuple[float, float, float]:
        """CPU seconds until now of the system, of this generator, and of everything on the machine."""
        return sum(map(_cpu, self._processes)), _cpu(self._self), _busy()

    def rss_mb(self) -> float:
        """Resident memory of the system now."""
        rss = sum(process.memory_info().rss for process in self._processes)
        return float(round(rss / 2**20, 1))


def _busy() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - times.iowait - times.steal - times.guest - times.guest_nice)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
