"""`voorgesprek shell`: a talk with the running server, in a terminal."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from bot.core.errors import VoorgesprekError


class ServerAway(VoorgesprekError):
    """Nothing answers at the server's address: start it with `make start`."""


def talk(server: str, read: Callable[[str], str], say: Callable[[str], None]) -> None:
    """Talk until end of input; a number picks a button, anything else is said in words.

    Args:
        server: the address of a running server.

    Raises:
        ServerAway: there is none.
    """
    state = _call(f"{server}/v1/conversations", {"channel": "web"})
    if "token" not in state:  # refused: too many requests, or no database
        _show(state, say)
        return
    address = f"{server}/v1/conversations/{state['conversationId']}/messages"
    token = state["token"]
    while True:
        choices = _show(state, say)
        try:
            typed = read("> ")
        except EOFError:
            return
        state = _call(address, _body(typed, choices), token)


def _show(state: dict[str, Any], say: Callable[[str], None]) -> list[dict[str, str]]:
    choices: list[dict[str, str]] = []
    for message in state["messages"]:
        say("\n" + message["text"])
        choices = message["choices"]
    if "share" in state:
        say(f"  {state['share']['url']}  {state['share']['code']}")
    for number, choice in enumerate(choices, 1):
        say(f"  {number}. {choice['label']}")
    return choices


def _body(typed: str, choices: list[dict[str, str]]) -> dict[str, str]:
    if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(choices):
        return {"choice": choices[int(typed) - 1]["value"]}
    return {"text": typed}


def _call(address: str, body: dict[str, str], token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)  # noqa: S310  # our own address
    try:
        with urllib.request.urlopen(request) as response:  # noqa: S310  # our own address
            answer: dict[str, Any] = json.load(response)
    except urllib.error.HTTPError as refused:
        problem = json.load(refused)
        answer = {"messages": [{"text": problem["detail"], "choices": []}]}
    except urllib.error.URLError as away:
        raise ServerAway(f"nothing answers at {address}; start it with `make start`") from away
    return answer
