"""Writing advice and having another read it. Each act is one change and one event; none commits.

A text is never changed: an edited one is a new version, and it must be reviewed again.
"""

from sqlmodel import Session

from casework.acts import Act
from casework.advice.content import AdviceText, StepWords
from casework.advice.errors import AdviceIncomplete, ReviewerWroteIt
from casework.advice.steps import newest_text, note_step, require_begun, require_open, told, writers_of
from casework.advice.tables import Advice, AdviceVersion
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.timeline.actions import record


def begin(session: Session, case: CaseFile, text: AdviceText, act: Act) -> Advice:
    """Keep the first draft of a piece of advice.

    Raises:
        CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut: see `steps.require_open`.
    """
    require_open(session, case)
    advice = Advice(case_id=case.id, begun_on=act.on)
    session.add(advice)
    session.flush()
    _put_text(session, case, advice, text, act)
    return advice


def write(
    session: Session,
    case: CaseFile,
    advice: Advice,
    text: AdviceText,
    act: Act,
    *,
    version: int,
) -> None:
    """Keep an edited text as a new version; reviewed advice becomes a draft again.

    Raises:
        AdviceChanged, AdviceNotReady and others: see `steps.require_begun`.
    """
    require_begun(session, case, advice, "write", version)
    advice.state_code = "draft"
    advice.version += 1
    _put_text(session, case, advice, text, act)


def send_back(
    session: Session, case: CaseFile, advice: Advice, words: str, act: Act, *, version: int
) -> None:
    """Send a draft back to its author, with words.

    Raises:
        ReviewerWroteIt: whoever acts wrote a text of it.
        AdviceChanged, AdviceNotReady and others: see `steps.require_begun`.
    """
    require_begun(session, case, advice, "sent_back", version)
    _require_another(session, case, advice, act)
    note_step(session, case, advice, "sent_back", act.on, StepWords(words=words), act)
    record(session, "advice_sent_back", at=act.at, by=act.who.id, case_id=case.id, **told(advice))


def review(session: Session, case: CaseFile, advice: Advice, words: str, act: Act, *, version: int) -> None:
    """Stand for the newest text as another member of staff.

    Raises:
        ReviewerWroteIt: whoever acts wrote a text of it.
        AdviceIncomplete: facts, law or options are missing.
        AdviceChanged, AdviceNotReady and others: see `steps.require_begun`.
    """
    require_begun(session, case, advice, "reviewed", version)
    _require_another(session, case, advice, act)
    if not newest_text(session, case, advice, act)[1].is_whole:
        raise AdviceIncomplete(case=case.reference)
    advice.state_code = "reviewed"
    note_step(session, case, advice, "reviewed", act.on, StepWords(words=words), act)
    record(session, "advice_reviewed", at=act.at, by=act.who.id, case_id=case.id, **told(advice))


def withdraw(session: Session, case: CaseFile, advice: Advice, words: str, act: Act, *, version: int) -> None:
    """Take advice back, with the reason; all its texts and steps stay.

    Raises:
        AdviceChanged, AdviceNotReady and others: see `steps.require_begun`.
    """
    require_begun(session, case, advice, "withdrawn", version)
    advice.state_code = "withdrawn"
    note_step(session, case, advice, "withdrawn", act.on, StepWords(words=words), act)
    record(session, "advice_withdrawn", at=act.at, by=act.who.id, case_id=case.id, **told(advice))


def _require_another(session: Session, case: CaseFile, advice: Advice, act: Act) -> None:
    if act.who.id in writers_of(session, advice):
        raise ReviewerWroteIt(case=case.reference)


def _put_text(session: Session, case: CaseFile, advice: Advice, text: AdviceText, act: Act) -> None:
    advice.number += 1
    row = AdviceVersion(
        case_id=case.id,
        advice_id=advice.id,
        number=advice.number,
        written_by=act.who.id,
        written_on=act.on,
    )
    session.add(advice)
    seal_row(session, case, row, text.as_bytes())
    session.flush()
    record(session, "advice_written", at=act.at, by=act.who.id, case_id=case.id, **told(advice))
