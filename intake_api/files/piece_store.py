"""The rows of `upload` and `upload_piece`: plain SQL, for work inside a transaction of the letterbox.

Every statement asks for one lookup, which follows from a code in a sealed draft.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from intake_api.drafts.codes import lookup_of
from intake_api.files.errors import FilesGone
from intake_api.letterbox import Desk
from office.handover.report import SentFile
from office.sealing.drafts import draft_lookup

T = TypeVar("T")
BEGIN: Final = (
    "INSERT INTO upload (file_id, lookup, expires_on) VALUES (?, ?, ?) ON CONFLICT (file_id) DO NOTHING"
)
OURS: Final = "SELECT file_id FROM upload WHERE file_id = ? AND lookup = ? AND case_number IS NULL"
DRAFT: Final = "SELECT expires_on FROM draft WHERE lookup = ?"
HELD_FAST: Final = " FOR KEY SHARE"
"""On PostgreSQL, where several write at a time: whoever deletes the draft waits for us, or we find none."""
INSERT: Final = (
    "INSERT INTO upload_piece (file_id, number, sealed) VALUES (?, ?, ?)"
    " ON CONFLICT (file_id, number) DO NOTHING"
)
OF_LOOKUP: Final = "FROM upload_piece JOIN upload ON upload.file_id = upload_piece.file_id"
SELECT: Final = f"SELECT sealed {OF_LOOKUP} WHERE upload_piece.file_id = ? AND number = ? AND lookup = ?"
NUMBERS: Final = (
    f"SELECT number {OF_LOOKUP} WHERE upload_piece.file_id = ? AND lookup = ? AND case_number IS NULL"
)
MARK: Final = "UPDATE upload SET case_number = ? WHERE file_id = ? AND lookup = ? AND case_number IS NULL"
EXTEND: Final = "UPDATE upload SET expires_on = ? WHERE lookup = ? AND case_number IS NULL AND expires_on < ?"
DELETE_PIECES: Final = f"DELETE FROM upload_piece WHERE file_id IN ({OURS})"
DELETE_FILE: Final = "DELETE FROM upload WHERE file_id = ? AND lookup = ? AND case_number IS NULL"
SOME: Final = 16
"""Pieces deleted in one commit: deleted rows are overwritten, and reports must not wait for that."""
FEW: Final = (
    "DELETE FROM upload_piece WHERE (file_id, number) IN"
    f" (SELECT upload_piece.file_id, number {OF_LOOKUP} WHERE case_number IS NULL AND {{}} LIMIT {SOME})"
)
EMPTIED: Final = "DELETE FROM upload WHERE case_number IS NULL AND {}"
BY_LOOKUP: Final = "lookup = ?"
BY_DAY: Final = "expires_on < ?"


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
    desk: Desk, code: str, lookup: bytes, file_id: UUID, number: int, sealed: bytes, expires_on: date
) -> bool:
    """Put one piece in, unless it is there; False if the draft of `code` is gone: nothing comes after it."""
    own, draft = id_in(desk, file_id), lookup_of(code)
    desk.bring(lookup=draft)
    if not desk.rows(DRAFT if desk.is_sqlite else DRAFT + HELD_FAST, (draft,)):
        return False
    desk.bring(lookup=lookup)
    desk.change(BEGIN, (own, lookup, expires_on.isoformat()))
    if desk.rows(OURS, (own, lookup)):
        desk.change(INSERT, (own, number, sealed))
    return True


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
    """Delete the pieces of one file, unless it was sent, and return how many there were."""
    own = id_in(desk, file_id)
    desk.bring(lookup=lookup)
    done = desk.change(DELETE_PIECES, (own, lookup))
    desk.change(DELETE_FILE, (own, lookup))
    return done


def delete_some(desk: Desk, lookup: bytes) -> int:
    """Delete some of the pieces under this lookup that were not sent, and return how many."""
    desk.bring(lookup=lookup)
    return _fewer(desk, BY_LOOKUP, lookup)


def _fewer(desk: Desk, which: str, value: Any) -> int:
    """Delete some pieces of the files told; when there are none left, the files themselves."""
    done = desk.change(FEW.format(which), (value,))
    if not done:
        desk.change(EMPTIED.format(which), (value,))
    return done


def extend(desk: Desk, code: str, expires_on: date) -> None:
    """Let the pieces of a draft stay as long as the draft."""
    lookup, until = draft_lookup(code), expires_on.isoformat()
    desk.bring(lookup=lookup)
    desk.change(EXTEND, (until, lookup, until))


def purge_some(desk: Desk, today: date) -> int:
    """Delete some of what belongs to no report and whose days are over, and return how many."""
    return _fewer(desk, BY_DAY, today.isoformat())


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
            own = id_in(desk, one.file_id)
            if len(desk.rows(NUMBERS, (own, lookup))) != one.pieces:
                raise FilesGone
            desk.change(MARK, (case_number, own, lookup))

    return work
