"""Correcting urgency, language and consents of a case. Each is one act and one event; none commits."""

from collections.abc import Mapping

from sqlmodel import Session

from casework.acts import Act
from casework.advice.rules import needs_interpreter
from casework.appointments.actions import Hand
from casework.appointments.corrected_need import heed_need
from casework.cases.actions import renew_coded_record
from casework.cases.content import story_of
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.rules import joined, key_name
from casework.cases.tables import CaseFile
from casework.corrections.content import CorrectionWords
from casework.corrections.errors import HoldsAlready
from casework.corrections.keeping import keep, require
from casework.corrections.rules import CONSENTS, LANGUAGE, URGENCY
from casework.corrections.since import require_newer
from casework.corrections.telling import tell_noted
from casework.messages.actions import consents_of
from casework.messages.effects import put_into_effect
from casework.messages.incoming import apply_consents
from casework.messages.tables import ConsentChangeRow
from casework.tasks.rules import needs_words_understood
from casework.tasks.still_open import open_tasks
from casework.timeline.actions import record
from office.handover.codes import language_outside
from office.handover.notice import CONSENTS_NOTED
from office.handover.report import ConsentCode, Languages


def set_urgency(
    session: Session, case: CaseFile, urgency: str, reason: str, act: Act, *, version: int
) -> None:
    """Raise or lower how soon somebody should act. What the person said of danger stays as they said it.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        CaseAlreadyClosed: it is closed.
        HoldsAlready: it is that already.
    """
    require(case, version)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if case.urgency_code == urgency:
        raise HoldsAlready(case=case.reference)
    was, case.urgency_code = case.urgency_code, urgency
    keep(session, case, URGENCY, CorrectionWords(was=was, now=urgency, words=reason), act)
    record(session, "urgency_set", at=act.at, by=act.who.id, case_id=case.id, urgency=[was, urgency])


def set_language(hand: Hand, languages: Languages, reason: str, *, version: int) -> int:
    """Correct how the person reads and talks, with the interpreter they need.

    Letters, messages, whoever is chosen for the case and every page that says how to talk with them heed it,
    and so does an appointment to come. Returns how many open tasks are left in which somebody talks with them
    and nobody interprets.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        HoldsAlready: nothing of it is another.
    """
    session, case, act = hand.session, hand.case, hand.act
    require(case, version)
    written = language_outside(languages.written or case.language)
    before = story_of(session, case, act).languages
    if languages == before.model_copy(update={"written": before.written or case.language}):
        raise HoldsAlready(case=case.reference)
    was, case.language = case.language, written
    words = CorrectionWords(languages=languages, was=was, now=written, words=reason)
    keep(session, case, LANGUAGE, words, act)
    renew_coded_record(session, case, act)
    record(session, "language_set", at=act.at, by=act.who.id, case_id=case.id, reads_in=[was, written])
    is_needed = needs_interpreter(languages.interpreter_code)
    if not is_needed or needs_interpreter(before.interpreter_code):
        return 0
    heed_need(hand, languages.other_text)
    return len(
        [
            one
            for one in open_tasks(session, case.id)
            if needs_words_understood(one.kind_code, one.with_code) and one.interpreter_code is None
        ]
    )


def note_consents(
    session: Session,
    case: CaseFile,
    told: Mapping[ConsentCode, bool],
    words: CorrectionWords,
    act: Act,
    *,
    version: int,
) -> None:
    """Write down to what the person agrees, or no longer, as they said without their receipt.

    What waits from their receipt is applied first. From then on it is as if they had said so with it; they
    read with it that the office noted it.

    Args:
        session: the transaction.
        case: whose person it is.
        told: the consents that are to change.
        words: who said so, how, in which language, on which day, and in what words.
        act: who writes it down, and when.
        version: of the page.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        HoldsAlready: they agree to just that already.
        AgreedTooEarly, TakenBackByReceipt, TakenBackLater: see `since.require_newer`.
    """
    require(case, version)
    apply_consents(session, act, case)
    now = consents_of(session, case, story_of(session, case, act))
    changed = {code: given for code, given in told.items() if now.get(code, False) != given}
    if not changed:
        raise HoldsAlready(case=case.reference)
    for code, agrees in changed.items():
        if agrees:
            require_newer(session, case, code, words.told_on or act.on, act)
    given = tuple(code for code, agrees in changed.items() if agrees)
    withdrawn = tuple(code for code, agrees in changed.items() if not agrees)
    keep(session, case, CONSENTS, words.model_copy(update={"given": given, "withdrawn": withdrawn}), act)
    change = ConsentChangeRow(
        case_number=case.reference,
        key_name=key_name(case.reference, case.key_version),
        received_on=act.on,
        given_codes=joined(given),
        withdrawn_codes=joined(withdrawn),
    )
    dropped = put_into_effect(session, change, case, act)
    record(
        session,
        "consent_noted",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        given=change.given_codes.split(),
        withdrawn=change.withdrawn_codes.split(),
        noted_how=words.how,
        said_by=words.said_by,
        said_on=words.told_on.isoformat() if words.told_on else None,
        coded_records_deleted=dropped,
    )
    tell_noted(session, case, act, CONSENTS_NOTED)
