"""The folder where a bot without a mail server leaves its e-mail."""

import email
import re
import time
from pathlib import Path


def mailed(folder: Path) -> str:
    """The link of the one e-mail that came; afterwards the folder is empty."""
    for _ in range(100):
        for file in (folder / "spool").glob("*.eml"):
            text = email.message_from_bytes(file.read_bytes()).get_payload(decode=True).decode()
            file.unlink()
            return str(re.search(r"http\S+/s/\S+", text)[0])  # type: ignore[index]
        time.sleep(0.1)
    raise AssertionError("no e-mail came")
