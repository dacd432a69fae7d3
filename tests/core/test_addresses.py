"""One plain address, and nothing that ends a header or names a second person."""

import pytest

from bot.core.addresses import is_sendable


@pytest.mark.parametrize("address", ["j.jansen@gemeente.nl", "a+b@sub.gemeente.example", "x@a-b.nl"])
def test_a_plain_address_can_be_written_to(address):
    assert is_sendable(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "jansen", "a@b", "a@b.nl\n", "a@b.nl\nBcc: c@d.nl", "a@b.nl, c@d.nl", "Jan <a@b.nl>", '"a b"@c.nl',
        "a@b.nl\r\n", "a@[127.0.0.1]", "é@b.nl", "a" * 65 + "@b.nl", "a@" + "b." * 130 + "nl", None, 7,
    ],
)  # fmt: skip
def test_anything_else_cannot(address):
    assert not is_sendable(address)
