"""What the cases of one page say, in clear for one request: the story and what staff and the person wrote.

Everything is fetched for some cases at once, each key is opened once, and of what lies sealed only the words
are taken: no row becomes an object, and nothing is kept. Mediation, ways to reach the person, names and what
is known of whom, sheets and packs for others are not looked through.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, bindparam, literal, true, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.advice.tables import AdviceStep, AdviceTranslation, AdviceVersion
from casework.cases.keys import key_in
from casework.cases.sealed_rows import SealedRow, about_of
from casework.cases.tables import CaseContent, CaseFile, CaseKeyGrant
from casework.competence.tables import CaseCompetence
from casework.deadlines.tables import DeadlineWords
from casework.documents.tables import CaseDocument
from casework.hearings.tables import CaseHearing
from casework.letters.tables import Letter
from casework.messages.tables import CaseMessage
from casework.staff.keys import office_key
from casework.tasks.tables import CaseTask, NextAction
from casework.tracks.tables import Remedy, RemedyCheck, TrackStep
from office.sealing.boxes import SealingKey, unseal

STORY: Final = ("what_happened", "ground_text", "respondent_text", "where.place_text")
ADVICE: Final = (
    "question", "facts", "laws.cited", "options.what", "options.speaks_for", "options.speaks_against",
    "options.cost", "options.time",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of staff's words that are looked through.

    Attributes:
        place: where a text of them stands, as the page says it; empty where the row says it.
        paths: where in what lies sealed the words are; none where it is nothing but words.
        only: which rows count.
    """

    place: str
    paths: tuple[str, ...] = ()
    only: ColumnElement[bool] = field(default_factory=true)


SOURCES: Final[dict[type[SealedRow], Source]] = {
    CaseMessage: Source("", ("text",)),
    AdviceVersion: Source("advice", ADVICE),
    AdviceTranslation: Source("advice", ("text",)),
    AdviceStep: Source("advice", ("words",)),
    TrackStep: Source("track", ("note", "authority", "external_number")),
    Remedy: Source("track", ("note", "amount")),
    RemedyCheck: Source("track", ("note",)),
    CaseHearing: Source("track", ("place", "bring", "along", "ended")),
    DeadlineWords: Source("deadline"),
    CaseCompetence: Source("competence", ("name", "note")),
    CaseTask: Source("task", ("text",)),
    NextAction: Source("task"),
    CaseDocument: Source("document", ("title", "note"), col(CaseDocument.voided_on).is_(None)),
    Letter: Source("letter", ("fields.*",), col(Letter.state_code) == "sent"),
}

Texts = list[tuple[str, str]]
"""Each text with the place where it stands."""


_OF_THESE: Final[BindParameter[Any]] = bindparam("cases", expanding=True)
_STORIES: Final = select(CaseContent.case_id, CaseContent.key_name, CaseContent.sealed).where(
    col(CaseContent.case_id).in_(_OF_THESE),
    CaseContent.kind == "story",
    col(CaseContent.sealed).is_not(None),
)
_GRANTS: Final = select(CaseKeyGrant.case_id, CaseKeyGrant.version, CaseKeyGrant.sealed_private_key).where(
    col(CaseKeyGrant.case_id).in_(_OF_THESE),
    CaseKeyGrant.holder_id == bindparam("who"),
    col(CaseKeyGrant.revoked_on).is_(None),
)


def _rows_of(number: int, table: type[SealedRow], source: Source) -> Any:
    place: Any = col(CaseMessage.direction) if table is CaseMessage else literal(source.place)
    wanted = select_columns(
        literal(number), col(table.case_id), place, col(table.key_version), col(table.sealed)
    )
    return wanted.where(col(table.case_id).in_(_OF_THESE), col(table.sealed).is_not(None), source.only)


_TABLES: Final = tuple(SOURCES)
_ROWS: Final = union_all(*(_rows_of(number, *one) for number, one in enumerate(SOURCES.items())))
"""One question for all tables: asking each apart took longer than opening what was found."""


class Opened:
    """The cases of one page; what each says is opened when it is asked for, and by whoever holds its key."""

    def __init__(self, session: Session, cases: Sequence[CaseFile], act: Act) -> None:
        self._session, self._act = session, act
        these = {"cases": [case.id for case in cases]}
        self._stories = {part[0]: part[1:] for part in session.execute(_STORIES, these)}
        self._grants = {
            (grant[0], grant[1]): grant[2] for grant in session.execute(_GRANTS, {**these, "who": act.who.id})
        }
        self._rows: dict[UUID, list[tuple[type[SealedRow], str, int, bytes]]] = {
            one: [] for one in these["cases"]
        }
        for number, case_id, place, version, sealed in session.execute(_ROWS, these):
            self._rows[case_id].append((_TABLES[number], place, version, sealed))

    def texts_of(self, case: CaseFile) -> Texts:
        """Return every text of a case.

        Raises:
            KeyError: a part or a key of the case is not there.
            CannotOpen, ValueError: a part of it is damaged.
        """
        keys: dict[int, SealingKey] = {}
        name, sealed = self._stories[case.id]
        key = (
            self._key(case, int(name.rpartition(".")[2]), keys)
            if name.startswith("case.")
            else office_key(self._session, self._act.who, name)
        )
        found = said_in(unseal(sealed, key, about=f"story/{case.reference}"), STORY, "story")
        for table, place, version, sealed in self._rows[case.id]:
            clear = unseal(sealed, self._key(case, version, keys), about=about_of(case, table))
            found += said_in(clear, SOURCES[table].paths, place)
        return found

    def _key(self, case: CaseFile, version: int, keys: dict[int, SealingKey]) -> SealingKey:
        if version not in keys:
            keys[version] = key_in(self._grants[case.id, version], self._act.who, case, version)
        return keys[version]


def said_in(clear: bytes, paths: Sequence[str], place: str) -> Texts:
    """Return the words of what lay sealed, each with the place that is given."""
    if not paths:
        return [(place, clear.decode())] if clear else []
    told = json.loads(clear)
    return [(place, text) for path in paths for text in _at(told, path.split(".")) if text]


def _at(told: Any, path: Sequence[str]) -> Iterator[str]:
    """Yield the texts at a path; a list is walked through, and a star is every field."""
    if isinstance(told, list):
        for one in told:
            yield from _at(one, path)
    elif not path:
        if isinstance(told, str):
            yield told
    elif isinstance(told, dict):
        for one in told.values() if path[0] == "*" else (told.get(path[0]),):
            yield from _at(one, path[1:])
