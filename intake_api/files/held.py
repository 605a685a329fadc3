"""What a draft knows of the files that go with it: their names and keys, and the links.

It lies only inside the sealed draft. The pieces lie under a code of their own, so that a draft keeps its
files when it gets other digits.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from intake_api.files.errors import TooManyFiles
from intake_api.files.names import name_to_keep
from office.handover.report import MOST_FILES, OnlineLink, SentFile
from office.ids import new_id
from office.sealing.pieces import new_file_key

Purpose = Literal["evidence", "mandate", "voice"]


class Underway(BaseModel):
    """A file of which some pieces have arrived; `mark` tells it from one of the same name and size."""

    model_config = ConfigDict(frozen=True)

    file_id: UUID
    key: str
    name: str
    size: int
    purpose: Purpose = "evidence"
    mark: str = ""

    def __repr__(self) -> str:
        return "Underway(…)"


class FileTold(BaseModel):
    """A file as the receipt names it: nothing of it opens the file."""

    model_config = ConfigDict(frozen=True)

    name: str
    size: int
    sha256: str
    purpose: Purpose
    is_voice_altered: bool = False

    def __repr__(self) -> str:
        return "FileTold(…)"


class Held(BaseModel):
    """The files and links of one draft.

    Attributes:
        code: from which it follows where the pieces lie; empty as long as there are none.
        files: those that have arrived whole.
        underway: those that have not.
        marks: of the files that came piece by piece and have arrived: whoever never heard so asks again.
        links: addresses of hate on the net.
    """

    model_config = ConfigDict(frozen=True)

    code: str = ""
    files: tuple[SentFile, ...] = ()
    underway: tuple[Underway, ...] = ()
    marks: dict[UUID, str] = {}
    links: tuple[OnlineLink, ...] = ()

    def __repr__(self) -> str:
        return "Held(…)"

    @property
    def ids(self) -> set[UUID]:
        """The ids of all files, whole or not."""
        return {one.file_id for one in self.files} | {one.file_id for one in self.underway}

    @property
    def has_voice(self) -> bool:
        """Whether somebody speaks in one of the files."""
        return any(one.purpose == "voice" for one in self.files)

    def has(self, file_id: UUID) -> bool:
        """Say whether the file with this id has arrived whole."""
        return any(one.file_id == file_id for one in self.files)

    @property
    def told(self) -> tuple[FileTold, ...]:
        """The files as a receipt names them."""
        return tuple(
            FileTold(
                name=one.name,
                size=one.size,
                sha256=one.sha256,
                purpose=one.purpose,
                is_voice_altered=one.is_voice_altered,
            )
            for one in self.files
        )

    def at(self, file_id: UUID) -> Underway | None:
        """Return the file under way with this id, if there is one."""
        return next((one for one in self.underway if one.file_id == file_id), None)

    def name_of(self, file_id: UUID) -> str:
        """Return under which name the file with this id is kept."""
        names = {one.file_id: one.name for one in self.files}
        return names.get(file_id) or next(one.name for one in self.underway if one.file_id == file_id)

    def like(self, name: str, size: int, purpose: Purpose, mark: str) -> Underway | None:
        """Return the file under way that seems to be the same, if there is one."""
        return next(
            (
                one
                for one in self.underway
                if (one.name, one.size, one.purpose, one.mark) == (name, size, purpose, mark)
            ),
            None,
        )

    def arrived(self, name: str, size: int, purpose: Purpose, mark: str) -> SentFile | None:
        """Return the file that seems to be the same and arrived whole, piece by piece, if there is one."""
        return next(
            (
                one
                for one in self.files
                if (one.name, one.size, one.purpose, self.marks.get(one.file_id))
                == (name, size, purpose, mark)
            ),
            None,
        )

    def refuse_more(self) -> None:
        """Raise TooManyFiles if there are as many files as may be sent."""
        if len(self.files) >= MOST_FILES:
            raise TooManyFiles

    def beginning(self, one: Underway) -> "Held":
        """Return what is held with one more file under way; the oldest are given up for it."""
        underway = (*self.underway, one)[-MOST_FILES:]
        return self.model_copy(update={"underway": underway})

    def with_file(self, sent: SentFile) -> "Held":
        """Return what is held with one more file that has arrived whole; raise TooManyFiles."""
        if self.has(sent.file_id):
            return self
        self.refuse_more()
        one = self.at(sent.file_id)
        marks = {**self.marks, one.file_id: one.mark} if one else self.marks
        return self.without(sent.file_id).model_copy(update={"files": (*self.files, sent), "marks": marks})

    def without(self, file_id: UUID) -> "Held":
        """Return what is held without this file."""
        files = tuple(one for one in self.files if one.file_id != file_id)
        underway = tuple(one for one in self.underway if one.file_id != file_id)
        marks = {one: mark for one, mark in self.marks.items() if one != file_id}
        return self.model_copy(update={"files": files, "underway": underway, "marks": marks})

    def without_underway(self, file_id: UUID) -> "Held":
        """Return what is held without this file, unless it has arrived whole."""
        return self if self.has(file_id) else self.without(file_id)

    def with_links(self, addresses: Iterable[str], at: datetime) -> "Held":
        """Return what is held with these links; those that were there keep the time they were noted."""
        before = {one.address: one for one in self.links}
        links = tuple(before.get(one) or noted(one, at) for one in dict.fromkeys(addresses))
        return self.model_copy(update={"links": links})


def announced(name: str, size: int, purpose: Purpose, mark: str = "") -> Underway:
    """Return a file of which nothing has arrived yet, with an id and a key of its own."""
    key = new_file_key().hex()
    return Underway(file_id=new_id(), key=key, name=name_to_keep(name), size=size, purpose=purpose, mark=mark)


def noted(address: str, at: datetime) -> OnlineLink:
    """Return a link as it is noted: with the time and the SHA-256 of the address. Nothing is fetched."""
    return OnlineLink(address=address, noted_at=at, sha256=hashlib.sha256(address.encode()).hexdigest())
