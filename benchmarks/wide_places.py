"""Where the machines stand: network namespaces on one bridge where they can be made, else ports of this machine."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.served import free_port

LOCAL = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """Where one machine stands.

    Args:
        inside: what stands before a command to run it there.
        plug: the end of its cable at the bridge; empty where there is none.
    """

    host: str
    port: int
    inside: tuple[str, ...] = ()
    plug: str = ""

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def unplug(self) -> None:
        """From now on nobody reaches it, and nobody is told."""
        if self.plug:
            _ip("link", "set", self.plug, "down")

    def plug_in(self) -> None:
        if self.plug:
            _ip("link", "set", self.plug, "up")


@dataclass(frozen=True)
class Street:
    """All places, and the address at which all of them reach the database; empty: by a socket of the file system."""

    places: tuple[Place, ...]
    database: str = ""

    @property
    def network(self) -> str:
        return self.database.rpartition(".")[0] + ".0/24"


@contextmanager
def street(count: int) -> Iterator[Street]:
    """So many places, gone afterwards."""
    if not _can_make_namespaces():
        yield Street(tuple(Place(LOCAL, free_port()) for _ in range(count)))
        return
    name, net = f"vgw{os.getpid() % 10_000}", f"10.87.{os.getpid() % 250 + 1}"
    try:
        _bridge(name, f"{net}.1/24")
        yield Street(tuple(_place(name, net, number) for number in range(1, count + 1)), f"{net}.1")
    finally:
        for number in range(1, count + 1):
            _ip("link", "delete", f"{name}p{number}", check=False)
            _ip("netns", "delete", f"{name}-{number}", check=False)
        _ip("link", "delete", name, check=False)


def _bridge(name: str, address: str) -> None:
    _ip("link", "add", name, "type", "bridge")
    _ip("address", "add", address, "dev", name)
    _ip("link", "set", name, "up")


def _place(bridge: str, net: str, number: int) -> Place:
    space, plug, host = f"{bridge}-{number}", f"{bridge}p{number}", f"{net}.{number + 1}"
    _ip("netns", "add", space)
    _ip("link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", space)
    _ip("link", "set", plug, "master", bridge, "up")
    _ip("-n", space, "address", "add", f"{host}/24", "dev", "eth0")
    for device in ("lo", "eth0"):
        _ip("-n", space, "link", "set", device, "up")
    return Place(host, 8080, ("ip", "netns", "exec", space), plug)


def _can_make_namespaces() -> bool:
    name = f"vgw{os.getpid() % 10_000}-try"
    try:
        _ip("netns", "add", name)
        _ip("netns", "delete", name)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _ip(*words: str, check: bool = True) -> None:
    subprocess.run(["ip", *words], check=check, capture_output=True)
