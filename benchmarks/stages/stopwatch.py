"""A stopwatch for the stages of one turn."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

Times = dict[str, float]  # milliseconds by stage


class Stopwatch:
    """Adds up each stage's own time; one turn is watched at a time, in whatever threads it runs."""

    def __init__(self) -> None:
        self.spent: Times = defaultdict(float)
        self._open: list[str] = []
        self._since = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time that passes inside belongs to this stage, until an inner one begins."""
        self._turn_over(lambda: self._open.append(name))
        try:
            yield
        finally:
            self._turn_over(self._open.pop)

    def take(self) -> Times:
        """What was spent since the last time this was asked."""
        spent, self.spent = self.spent, defaultdict(float)
        return dict(spent)

    def _turn_over(self, change: Callable[..., Any]) -> None:
        now = time.perf_counter()
        if self._open:
            self.spent[self._open[-1]] += (now - self._since) * 1000
        change()
        self._since = now

    def watch(self, owner: Any, name: str, stage: str | Callable[..., str]) -> None:
        """Time each call of this function as a stage, named outright or after what it is called on."""
        call = getattr(owner, name)

        def named(args: tuple[Any, ...]) -> str:
            return stage if isinstance(stage, str) else stage(*args)

        if iscoroutinefunction(call):

            @wraps(call)
            async def watched(*args: Any, **kwargs: Any) -> Any:
                with self.stage(named(args)):
                    return await call(*args, **kwargs)

        else:

            @wraps(call)
            def watched(*args: Any, **kwargs: Any) -> Any:
                with self.stage(named(args)):
                    return call(*args, **kwargs)

        setattr(owner, name, watched)
