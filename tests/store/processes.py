"""Runs the store in several processes that begin at the same moment."""

import multiprocessing
from collections.abc import Callable
from datetime import datetime
from multiprocessing.synchronize import Barrier
from typing import Any

from bot.store.numbers import Counted
from bot.store.store import Store
from bot.store.values import Created, Expired
from tests.store.builders import CHEAP, Places, a_change, commit_until_it_holds


def at_once(function: Callable[..., Any], *arguments: Any, processes: int = 2) -> list[Any]:
    """Calls a function of this module in so many new processes and gives what each returned."""
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(processes)
    with spawn.Pool(processes, _wait_for_the_others, (barrier,)) as pool:
        return pool.starmap(function, [arguments] * processes, chunksize=1)


def open_and_create(places: Places) -> Created:
    store = Store.open(places, scrypt_cost=CHEAP)
    talk = store.create("web")
    store.close()
    return talk


def take_ten_turns(places: Places, talk: Created) -> None:
    store = Store.open(places, scrypt_cost=CHEAP)
    for _ in range(10):
        commit_until_it_holds(store, talk)
    store.close()


def _wait_for_the_others(barrier: Barrier) -> None:
    barrier.wait(60)


def expire(places: Places, now: datetime) -> Expired:
    store = Store.open(places, scrypt_cost=CHEAP)
    done = store.expire(now)
    store.close()
    return done


def says_yes_ten_times(places: Places) -> None:
    store = Store.open(places, scrypt_cost=CHEAP)
    for _ in range(10):
        store.commit(a_change(store, store.create("web"), counted=Counted("2025-4", "hier", ("a=1", "b=1"))))
    store.close()
