"""An engine's socket is its own: nobody else opens it, and it takes away no other's."""

import socket
from pathlib import Path

from bot.engine.sockets import bind


def test_only_the_user_who_runs_the_bot_can_open_it(tmp_path: Path):
    with bind(tmp_path / "engine-0.sock"):
        assert (tmp_path / "engine-0.sock").stat().st_mode & 0o077 == 0


def test_it_is_gone_when_the_engine_stops(tmp_path: Path):
    with bind(tmp_path / "engine-0.sock"):
        pass

    assert not list(tmp_path.iterdir())


def test_what_a_killed_engine_left_is_in_nobodys_way(tmp_path: Path):
    socket.socket(socket.AF_UNIX).bind(str(tmp_path / "engine-0.sock"))

    with bind(tmp_path / "engine-0.sock") as bound:
        bound.listen()
        socket.socket(socket.AF_UNIX).connect(str(tmp_path / "engine-0.sock"))


def test_an_engine_that_stops_late_leaves_its_successors_socket(tmp_path: Path):
    path = tmp_path / "engine-0.sock"
    late = bind(path)
    late.__enter__()

    with bind(path) as successor:
        late.__exit__(None, None, None)
        successor.listen()
        socket.socket(socket.AF_UNIX).connect(str(path))
