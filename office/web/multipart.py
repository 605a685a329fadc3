"""Reads a multipart form as it comes: no more than one chunk is in memory, and a file may be skipped.

The parser is python-multipart's. What is damaged ends the reading; what came before stays. Nothing of it is
written to a disk.
"""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final, Literal

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

WORDS: Final = 64 * 1024
"""Bytes of a field that is not a file."""
LONGEST_BOUNDARY: Final = 200
MOST_PARTS: Final = 500
"""Nobody chooses as many files; reading on would only keep the machine busy."""


class FormBroken(Exception):
    """What comes is no form any more, or comes no more."""


Kind = Literal["begin", "header_name", "header_value", "headers", "data", "end", "over"]


@dataclass(slots=True)
class Part:
    """One field of the form, or one file; `filename` is None for a field."""

    name: str = ""
    filename: str | None = None
    reader: "FormReader | None" = None

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give the bytes of this part as they come.

        Raises:
            FormBroken: it is cut off.
        """
        while self.reader is not None:
            kind, data = await self.reader.event()
            if kind == "end":
                self.reader = None
                return
            yield data

    async def text(self) -> str:
        """Return what was filled in, as far as a field of ours can be long."""
        kept = bytearray()
        async for chunk in self.chunks():
            kept += chunk[: WORDS - len(kept)]
        return kept.decode("utf-8", errors="ignore")

    async def skip(self) -> None:
        """Read what is left of it and throw it away."""
        async for _ in self.chunks():
            pass

    def __repr__(self) -> str:
        return "Part(…)"


@dataclass(slots=True)
class FormReader:
    """Gives the parts of a multipart form, one after the other."""

    request: Request
    _events: deque[tuple[Kind, bytes]] = field(default_factory=deque)
    _parser: MultipartParser | None = None
    _stream: AsyncIterator[bytes] | None = None

    async def parts(self) -> AsyncIterator[Part]:
        """Give each part; what of it was not read is skipped.

        Raises:
            FormBroken: it is no multipart form, has more parts than any of ours, or is cut off.
        """
        self._begin()
        begun = 0
        while True:
            kind, _ = await self.event()
            if kind == "over":
                return
            if kind == "begin":
                begun += 1
                if begun > MOST_PARTS:
                    raise FormBroken
                part = await self._head()
                yield part
                await part.skip()

    async def event(self) -> tuple[Kind, bytes]:
        """Return the next thing in the form."""
        while not self._events:
            await self._read_on()
        return self._events.popleft()

    async def _head(self) -> Part:
        headers: dict[str, str] = {}
        name = value = ""
        while True:
            kind, data = await self.event()
            text = data.decode("latin-1")
            if kind == "header_name":
                if value:
                    headers, name, value = {**headers, name.lower(): value}, "", ""
                name += text
            elif kind == "header_value":
                value += text
            else:
                break
        _, told = parse_options_header({**headers, name.lower(): value}.get("content-disposition", ""))
        filename = told.get(b"filename")
        return Part(_text(told.get(b"name", b"")), None if filename is None else _text(filename), self)

    def _begin(self) -> None:
        kind, told = parse_options_header(self.request.headers.get("content-type", ""))
        boundary = told.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not 0 < len(boundary) <= LONGEST_BOUNDARY:
            raise FormBroken
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": lambda: self._events.append(("begin", b"")),
                "on_header_field": self._noting("header_name"),
                "on_header_value": self._noting("header_value"),
                "on_headers_finished": lambda: self._events.append(("headers", b"")),
                "on_part_data": self._noting("data"),
                "on_part_end": lambda: self._events.append(("end", b"")),
                "on_end": lambda: self._events.append(("over", b"")),
            },
        )
        self._stream = self.request.stream()

    def _noting(self, kind: Kind) -> "_Noting":
        return _Noting(self._events, kind)

    async def _read_on(self) -> None:
        if self._parser is None or self._stream is None:
            raise FormBroken
        try:
            chunk = await anext(self._stream)
            self._parser.write(chunk)
        except (StopAsyncIteration, ClientDisconnect, FormParserError) as error:
            raise FormBroken from error


@dataclass(frozen=True, slots=True)
class _Noting:
    events: deque[tuple[Kind, bytes]]
    kind: Kind

    def __call__(self, data: bytes, start: int, end: int) -> None:
        self.events.append((self.kind, data[start:end]))


def _text(told: bytes) -> str:
    # The parser reads headers as latin-1; browsers write UTF-8 and three signs as percent sequences.
    text = told.decode("utf-8", errors="replace")
    return text.replace("%22", '"').replace("%0D", " ").replace("%0A", " ")
