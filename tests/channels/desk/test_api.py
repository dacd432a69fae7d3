"""Everything on the page of the phone can be done by a test too."""

import pytest

from bot.channels.whatsapp_phone_desk import Desk
from tests.channels.desk.helpers import Graph

pytestmark = pytest.mark.slow


async def test_everything_can_be_done_over_http(together: Desk, graph: Graph):
    made = await graph.call("POST", "phones", {"name": "Ali", "hidden": True})
    await graph.call("POST", f"phones/{made['address']}/messages", {"kind": "text", "text": "hallo"})

    phone = await graph.call("GET", f"phones/{made['address']}?after=0")
    await graph.call("POST", f"phones/{made['address']}/messages", {"kind": "tap", "title": "Ja, bewaren"})

    assert phone["address"].startswith("NL.")
    assert phone["chat"][-1]["body"]["recipient"] == phone["address"]
    assert len((await graph.call("GET", f"phones/{made['address']}?after=1"))["chat"]) == 4


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "trouble", {"colour": 1}),
        ("PATCH", "trouble", {"answer": "7"}),
        ("PATCH", "trouble", {"repeat": True}),
        ("PATCH", "trouble", {"next": [7]}),
        ("POST", "phones", {}),
        ("POST", "phones/31600000001/messages", {"kind": "smell"}),
        ("POST", "phones/31600000001/messages", {"kind": "tap", "title": "Ja"}),
        ("POST", "phones/31600000001/messages", {"kind": "edit", "to": "wamid.x", "text": "y"}),
        ("POST", "phones/1/read", {}),
        ("POST", "phones/31600000001/messages", ["text"]),
    ],
)
async def test_a_wrong_call_says_so(graph: Graph, desk: Desk, method: str, path: str, body: object):
    answer = await graph.call(method, path, body)

    assert "error" in answer
    assert desk.trouble.json()["answer"] == "ok"


async def test_its_page_and_all_of_its_files_are_there(graph: Graph, desk: Desk):
    for path in ("", "page/phone.js", "page/shown.js", "page/phone.css"):
        async with graph.client.get(f"{desk.address}/{path}") as response:
            assert response.status == 200
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
