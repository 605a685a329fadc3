"""Styles, fonts and pictures, read once when a process starts and served from memory.

Every file is served under a name that holds the hash of its content, so browsers may keep it for
ever and a change is seen at once. Styles are joined into one file for each direction of writing: a
page needs one request for its look.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from office.errors import NotFound

OWN: Final = Path(__file__).parent / "static"
PREFIX: Final = "/static"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ADDRESS: Final = re.compile(r"url\(([\"']?)(?!data:)([^\"')]+)\1\)")
_TYPES: Final = {
    ".woff2": "font/woff2",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    content: bytes
    packed: bytes | None
    media_type: str


def _asset(name: str, content: bytes) -> Asset:
    kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    packs = kind.startswith("text/") or kind.endswith("xml")
    return Asset(content, gzip.compress(content, 9, mtime=0) if packs else None, kind)


class Shelf:
    """The files of one app: the office's own, then those of each further folder.

    Args:
        folders: further folders, whose files are named by their path inside.
        styles: further styles joined after the office's own, by name inside the folders.
        custom: custom properties (the city's colours), joined last.
        drawn: files made from data, by name.
    """

    def __init__(
        self,
        folders: Sequence[Path] = (),
        styles: Sequence[str] = (),
        custom: Mapping[str, str] | None = None,
        drawn: Mapping[str, bytes] | None = None,
    ) -> None:
        self._served: dict[str, Asset] = {}
        self._addresses: dict[str, str] = {}
        self._files = {
            path.relative_to(folder).as_posix(): path
            for folder in (OWN, *folders)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix != ".css" and path.suffix not in (".md", ".txt", ".scss")
        }
        for name, path in self._files.items():
            self._put(name, path.read_bytes())
        for name, content in (drawn or {}).items():
            self._put(name, content)
        for direction in ("ltr", "rtl"):
            parts = [
                "fonts/fonts.css",
                f"vendor/govuk-frontend/govuk-frontend.{direction}.min.css",
                "office.css",
            ]
            css = "\n".join(self._style(folders, part) for part in (*parts, *styles))
            if custom:
                css += "\n:root{" + ";".join(f"--{name}:{value}" for name, value in custom.items()) + "}"
            self._put(f"{direction}.css", css.encode())

    def _style(self, folders: Sequence[Path], name: str) -> str:
        path = next(folder / name for folder in (*folders, OWN) if (folder / name).exists())
        here = Path(name).parent

        def hashed(found: re.Match[str]) -> str:
            return f"url({self.address((here / found.group(2)).as_posix())})"

        return _ADDRESS.sub(hashed, path.read_text(encoding="utf-8"))

    def _put(self, name: str, content: bytes) -> None:
        stem, dot, suffix = name.rpartition(".")
        served = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"
        self._served[served] = _asset(name, content)
        self._addresses[name] = f"{PREFIX}/{served}"

    def address(self, name: str) -> str:
        """Return the address of a file, `/static/office.1a2b3c4d5e6f.svg`.

        Raises:
            KeyError: there is no such file; a mistake of ours, found when a page is first shown.
        """
        return self._addresses[name]

    def copy_to(self, folder: Path) -> None:
        """Write every file below `folder` as it is served, for pages that are looked at without a service."""
        for served, asset in self._served.items():
            path = folder / served
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(asset.content)

    def size(self, name: str) -> int:
        """Return the bytes a browser receives for a file."""
        asset = self._served[self._addresses[name].removeprefix(f"{PREFIX}/")]
        return len(asset.packed or asset.content)

    def answer(self, request: Request, served: str) -> Response:
        """Return a file, packed if the browser takes it so."""
        asset = self._served.get(served)
        if asset is None:
            raise NotFound
        headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
        if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(asset.packed, 200, headers, asset.media_type)
        return Response(asset.content, 200, headers, asset.media_type)
