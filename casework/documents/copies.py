"""Copies from which other people were taken out: of which file of the case each document is one.

A file is never changed. Whoever must not be seen in a photo or named on a page is taken out of a copy, with
a program of the office's own, and the copy is added beside the file; outside the office only the copy goes.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.documents.queries import ShownDocument, documents_of
from casework.messages.queries import thread
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

DOCUMENT: Final = mark("Document %(number)s")
VOID_DOCUMENT: Final = mark("Document %(number)s, void")


def originals(view: "View", case: CaseFile) -> dict[UUID, str]:
    """Return every file of a case by its id, as a page calls it, those people sent first; no void one."""
    added = documents_of(view.session, case, view.act)
    return {**_sent(view, case), **_called(view, [one for one in added if not one.is_void])}


def files_called(view: "View", case: CaseFile) -> dict[UUID, str]:
    """Return every file of a case as `originals` does, and void documents, which are said to be void."""
    return {**_sent(view, case), **_called(view, documents_of(view.session, case, view.act))}


def copied(documents: Sequence[ShownDocument]) -> Mapping[UUID, frozenset[UUID]]:
    """Return of which files each document is a copy, all by the ids of their files.

    A copy of a copy is one of both, also where the one between is void. Void documents are copies of nothing.
    """
    made_of = {one.words.file.file_id: one.words.copy_of for one in documents}
    found: dict[UUID, frozenset[UUID]] = {}
    for one in documents:
        wholes: list[UUID] = []
        whole = one.words.copy_of
        while whole is not None and whole not in wholes:
            wholes.append(whole)
            whole = made_of.get(whole)
        if wholes and not one.is_void:
            found[one.words.file.file_id] = frozenset(wholes)
    return found


def _sent(view: "View", case: CaseFile) -> dict[UUID, str]:
    said = (file for one in thread(view.session, case, view.act) for file in one.entry.files)
    return {file.file_id: file.name for file in (*story_of(view.session, case, view.act).files, *said)}


def _called(view: "View", documents: Sequence[ShownDocument]) -> dict[UUID, str]:
    def number(one: ShownDocument) -> str:
        return view.text(VOID_DOCUMENT if one.is_void else DOCUMENT, number=one.row.number)

    return {one.words.file.file_id: f"{number(one)}: {one.words.title}" for one in documents}
