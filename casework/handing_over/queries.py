"""What the hand-over reads: sealed coded records and imported history, and which quarters are open."""

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlmodel import Session, col, func, select

from casework.cases.tables import CaseFile
from casework.coding.actions import ABOUT
from casework.coding.queries import held_back
from casework.coding.tables import SealedCodedRecord
from casework.handing_over.errors import KeyVersionMissing
from casework.handing_over.rules import Counted
from casework.history.tables import HistoryFact, HistorySource
from casework.inbox.tables import InboxReport
from casework.incidents.tables import CaseLink
from office.handover.fact import NOT_IN_FILE
from office.handover.report import CodedRecord
from office.handover.source import Source
from office.sealing.boxes import SealingKey, unseal
from office.stores.facts import Period

BATCH = 2_000
TOLD_AGAIN: Final = ("claim", "lost_key")


def coded_records(session: Session, keys: dict[str, SealingKey], *, demonstration: bool) -> Iterator[Counted]:
    """Yield every consenting situation of the office, opened with the `statistics` key versions.

    A situation whose person has sent a change of consent that nobody has opened yet is held back, and so is
    every other report of the same situation: which of them counts may hang on it.

    Raises:
        KeyVersionMissing: a record is sealed to a version this process was not given.
        CannotOpen: a record was damaged.
    """
    waiting = held_back(session)
    told_again = same_situations(session)
    number = func.coalesce(col(CaseFile.reference), col(InboxReport.case_number))
    among = select(number, SealedCodedRecord.id).where(col(SealedCodedRecord.id).in_(waiting))
    held = {told_again[one] for one, _ in session.exec(_with_owners(among)) if one in told_again}
    wanted = (
        _with_owners(select(SealedCodedRecord, number))
        .where(col(SealedCodedRecord.is_demonstration) == demonstration)
        .execution_options(yield_per=BATCH)
    )
    for row, of in session.exec(wanted):
        situation = told_again.get(of, "")
        if row.id in waiting or situation in held:
            continue
        if row.key_name not in keys:
            raise KeyVersionMissing(key=row.key_name)
        clear = unseal(row.sealed, keys[row.key_name], about=ABOUT)
        yield Counted(row.id, CodedRecord.model_validate_json(clear), situation)


def same_situations(session: Session) -> dict[str, str]:
    """Return, for each number that tells a situation told before, the smallest number of that situation.

    So the desk confirmed: who saw it and who suffered it, or one person who lost their key and told it again.
    """
    smallest: dict[str, str] = {}

    def root(number: str) -> str:
        while smallest.setdefault(number, number) != number:
            number = smallest[number]
        return number

    wanted = select(CaseLink.from_number, CaseLink.to_number)
    for one, other in session.exec(wanted.where(col(CaseLink.relation).in_(TOLD_AGAIN))):
        first, second = sorted((root(one), root(other)))
        smallest[second] = first
    return {number: root(number) for number in list(smallest)}


def _with_owners(wanted: Any) -> Any:
    """Join the report or the case a coded record belongs to."""
    return (
        wanted.select_from(SealedCodedRecord)
        .outerjoin(InboxReport, col(InboxReport.id) == col(SealedCodedRecord.report_id))
        .outerjoin(CaseFile, col(CaseFile.id) == col(SealedCodedRecord.case_id))
    )


def history_sources(session: Session) -> list[str]:
    """Return the names of the imported files."""
    return sorted(set(session.exec(select(HistoryFact.source_name).distinct())))


def history_titles(session: Session) -> list[Source]:
    """Return what the imported files are called; a title that is not one plain line is left out."""
    found = []
    for one in session.exec(select(HistorySource).order_by(HistorySource.name)):
        try:
            found.append(Source(source=f"imported:{one.name}", title=json.loads(one.title)))
        except ValueError:  # brought in before titles were checked: the file keeps its short name
            continue
    return found


def history_records(session: Session, source: str) -> Iterator[Counted]:
    """Yield every row of one imported file."""
    wanted = (
        select(HistoryFact).where(col(HistoryFact.source_name) == source).execution_options(yield_per=BATCH)
    )
    for row in session.exec(wanted):
        yield Counted(
            row.id,
            CodedRecord(
                month=row.month,
                occurred_year=row.occurred_year,
                ground_codes=tuple(row.ground_codes.split()),
                district_code=row.district_code or NOT_IN_FILE,
                area_code=row.area_code or NOT_IN_FILE,
                respondent_code=row.respondent_code or NOT_IN_FILE,
                conduct_codes=tuple(row.conduct_codes.split()),
                channel_code=row.channel_code,
                language=row.language,
            ),
        )


def closed_quarters(session: Session, source: str) -> set[str]:
    """Return the quarters of `source` that are frozen or released: nothing in them moves any more."""
    wanted = select(Period.quarter).where(
        col(Period.source) == source, col(Period.state).in_(("frozen", "released"))
    )
    return set(session.exec(wanted))
