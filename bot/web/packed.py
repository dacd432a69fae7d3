"""The files of the pages: read and packed once at start, and sent from memory under an address that changes with them.

A packed copy on disk would go stale when a municipality puts its own `theme.css` in place; in memory none can, nothing
has to be written where the bot may only read, and no name of a file that a sender makes up ever reaches the disk.
"""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from aiohttp import web

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}  # other files are not for browsers
# One request instead of three, and better packed. The theme is the one that a municipality replaces.
JOINED = {"pages.css": ("vendor/utrecht.css", "theme.css", "chat.css")}
FOREVER = "public, max-age=31536000, immutable"
STAMP = re.compile(r"v-[0-9a-f]{12}/")
IMPORT = re.compile(r'^import .* from "\./([\w-]+\.js)";$', re.MULTILINE)


@dataclass(frozen=True)
class File:
    """One file, as it is and packed.

    Args:
        mark: changes with its content, and is the same on every machine.
        imports: the scripts that it imports itself, by name.
    """

    plain: bytes
    packed: bytes
    content_type: str
    mark: str
    imports: tuple[str, ...]


@dataclass(frozen=True)
class Files:
    """All files of the pages.

    Args:
        by_name: "chat.js", "pictograms/work.svg" and so on.
        stamp: changes with any of them; scripts and styles name each other without it, so it stands in front.
    """

    by_name: Mapping[str, File]
    stamp: str

    @property
    def place(self) -> str:
        """Where pages find the files of now."""
        return f"/static/{self.stamp}"

    def imports(self, *names: str) -> list[str]:
        """What these scripts import, and what that imports, so that a page can ask for all of it at once."""
        found = list(names)
        for name in found:  # which grows on the way
            found += [new for new in self.by_name[name].imports if new not in found]
        return found[len(names) :]

    def answer(self, request: web.Request, path: str) -> web.Response:
        """The file at this path, packed for who takes it packed.

        Under the stamp of now a browser need never ask again. Under an older one, which a page from before a restart
        may still name, or without one it gets the file of now, to be asked for again.

        Raises:
            web.HTTPNotFound: there is no such file.
        """
        found = STAMP.match(path)
        file = self.by_name.get(path[found.end() :] if found else path)
        if file is None:
            raise web.HTTPNotFound
        response = _sent(request, file)
        if path.startswith(f"{self.stamp}/"):
            response.headers["Cache-Control"] = FOREVER
        return response


def takes_packed(request: web.Request) -> bool:
    """Whether who asks can unpack gzip."""
    return "gzip" in request.headers.get("Accept-Encoding", "").lower()


@cache
def load(folder: Path) -> Files:
    """Every file for browsers in this folder; read once in a process.

    Raises:
        FileNotFoundError: set-up has not made the vendor's style sheet.
    """
    bodies = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
    for name, parts in JOINED.items():
        bodies[name] = b"\n".join((folder / part).read_bytes() for part in parts)
    by_name = {name: _packed(name, body) for name, body in sorted(bodies.items())}
    marks = "".join(f"{name} {file.mark}\n" for name, file in by_name.items())
    return Files(by_name, f"v-{sha256(marks.encode()).hexdigest()[:12]}")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in TYPES]


def _packed(name: str, body: bytes) -> File:
    packed, mark = gzip.compress(body, mtime=0), sha256(body).hexdigest()[:16]
    return File(body, packed, TYPES[Path(name).suffix], mark, tuple(IMPORT.findall(body.decode())))


def _sent(request: web.Request, file: File) -> web.Response:
    is_packed = takes_packed(request)
    mark = f"{file.mark}-gzip" if is_packed else file.mark
    headers = {"ETag": f'"{mark}"', "Vary": "Accept-Encoding"}
    if any(known.value == mark for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    body = file.packed if is_packed else file.plain
    return web.Response(body=body, headers=headers, content_type=file.content_type, charset="utf-8")
