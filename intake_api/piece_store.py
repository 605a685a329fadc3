"""The rows of `upload_piece`: plain SQL, for work inside a transaction of the letterbox.

Every statement asks for one lookup, which follows from a code in a sealed draft.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from intake_api.file_errors import FilesGone
from intake_api.letterbox import Desk
from office.handover.report import SentFile
from office.sealing.drafts import draft_lookup

T = TypeVar("T")
INSERT: Final = (
    "INSERT INTO upload_piece (file_id, number, lookup, sealed, expires_on) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (file_id, number) DO NOTHING"
)
SELECT: Final = "SELECT sealed FROM upload_piece WHERE file_id = ? AND number = ? AND lookup = ?"
NUMBERS: Final = (
    "SELECT number FROM upload_piece WHERE file_id = ? AND lookup = ? AND case_number IS NULL ORDER BY number"
)
MARK: Final = (
    "UPDATE upload_piece SET case_number = ? WHERE file_id = ? AND lookup = ? AND case_number IS NULL"
)
EXTEND: Final = (
    "UPDATE upload_piece SET expires_on = ? WHERE lookup = ? AND case_number IS NULL AND expires_on < ?"
)
DELETE_FILE: Final = "DELETE FROM upload_piece WHERE file_id = ? AND lookup = ? AND case_number IS NULL"
SOME: Final = 16
"""Pieces deleted in one commit: deleted rows are overwritten, and reports must not wait for that."""
FEW: Final = (
    "DELETE FROM upload_piece WHERE (file_id, number) IN"
    " (SELECT file_id, number FROM upload_piece WHERE case_number IS NULL AND {} LIMIT {})"
)
DELETE_SOME: Final = FEW.format("lookup = ?", SOME)
PURGE_SOME: Final = FEW.format("expires_on < ?", SOME)


def id_in(desk: Desk, identifier: UUID) -> Any:
    """Return an identifier as the store keeps it."""
    return identifier.hex if desk.is_sqlite else identifier


def at_lookup(lookup: bytes, work: Callable[[Desk], T]) -> Callable[[Desk], T]:
    """Return the same work, for the rows of this lookup."""

    def with_lookup(desk: Desk) -> T:
        desk.bring(lookup=lookup)
        return work(desk)

    return with_lookup


def insert_piece(
    desk: Desk, lookup: bytes, file_id: UUID, number: int, sealed: bytes, expires_on: date
) -> None:
    """Put one piece in, unless it is there."""
    desk.bring(lookup=lookup)
    desk.change(INSERT, (id_in(desk, file_id), number, lookup, sealed, expires_on.isoformat()))


def piece_at(desk: Desk, lookup: bytes, file_id: UUID, number: int) -> bytes | None:
    """Return one sealed piece, or None."""
    desk.bring(lookup=lookup)
    rows = desk.rows(SELECT, (id_in(desk, file_id), number, lookup))
    return bytes(rows[0][0]) if rows else None


def next_number(desk: Desk, lookup: bytes, file_id: UUID) -> int:
    """Return the number of the first piece that is missing."""
    desk.bring(lookup=lookup)
    found = {int(row[0]) for row in desk.rows(NUMBERS, (id_in(desk, file_id), lookup))}
    return next(number for number in range(len(found) + 1) if number not in found)


def delete_file(desk: Desk, lookup: bytes, file_id: UUID) -> int:
    """Delete the pieces of one file, unless it was sent."""
    desk.bring(lookup=lookup)
    return desk.change(DELETE_FILE, (id_in(desk, file_id), lookup))


def delete_some(desk: Desk, lookup: bytes) -> int:
    """Delete some of the pieces under this lookup that were not sent, and return how many."""
    desk.bring(lookup=lookup)
    return desk.change(DELETE_SOME, (lookup,))


def extend(desk: Desk, code: str, expires_on: date) -> None:
    """Let the pieces of a draft stay as long as the draft."""
    lookup, until = draft_lookup(code), expires_on.isoformat()
    desk.bring(lookup=lookup)
    desk.change(EXTEND, (until, lookup, until))


def purge_some(desk: Desk, today: date) -> int:
    """Delete some of what belongs to no report and whose days are over, and return how many."""
    return desk.change(PURGE_SOME, (today.isoformat(),))


def sending_files(files: Iterable[SentFile], code: str, case_number: str) -> Callable[[Desk], None]:
    """Return the work that gives the pieces of these files to a case, in the commit of what they came with.

    Raises:
        FilesGone: a piece is missing; nothing may be sent then.
    """
    listed = tuple(files)

    def work(desk: Desk) -> None:
        if not code:
            return
        lookup = draft_lookup(code)
        desk.bring(lookup=lookup)
        for one in listed:
            if desk.change(MARK, (case_number, id_in(desk, one.file_id), lookup)) != one.pieces:
                raise FilesGone

    return work
