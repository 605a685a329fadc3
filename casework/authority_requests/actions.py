"""Entering a request from an authority and signing its answer. One act is one new row and one event."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.authority_requests.errors import AlreadyCorrected, AnswerAlreadySigned, SignedByWhoEntered
from casework.authority_requests.tables import AuthorityAnswer, AuthorityRequest
from casework.timeline.actions import hold_office, record


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came. No name and no case: what it is about stays on paper."""

    on: date
    authority_code: str
    way_code: str
    asked_codes: tuple[str, ...]
    legal_basis: str
    proposed_code: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, why, and whether the person concerned is told."""

    code: str
    reasons: str
    told_code: str


def enter_request(
    session: Session, received: Received, act: Act, *, corrects: AuthorityRequest | None = None
) -> AuthorityRequest:
    """Return the new entry, with the next number of the year in which the request came.

    Raises:
        AlreadyCorrected: somebody else's entry corrects that one already.
    """
    hold_office(session)
    if corrects is not None and corrected_by(session, corrects) is not None:
        raise AlreadyCorrected(request=corrects.reference)
    year = received.on.year
    last = session.exec(
        select(func.max(AuthorityRequest.number)).where(AuthorityRequest.year == year)
    ).one_or_none()
    request = AuthorityRequest(
        year=year,
        number=(last or 0) + 1,
        received_on=received.on,
        authority_code=received.authority_code,
        way_code=received.way_code,
        asked_codes=" ".join(received.asked_codes),
        legal_basis=received.legal_basis,
        proposed_code=received.proposed_code,
        corrects_id=corrects.id if corrects else None,
        entered_on=act.on,
        entered_by=act.who.id,
    )
    session.add(request)
    session.flush()
    record(
        session,
        "authority_request_entered",
        at=act.at,
        by=act.who.id,
        entry=request.reference,
        authority=request.authority_code,
        corrects=corrects.reference if corrects else None,
    )
    return request


def sign_answer(session: Session, request: AuthorityRequest, answer: Answer, act: Act) -> AuthorityAnswer:
    """Sign the answer to a request; it stays as it is from then on.

    Raises:
        SignedByWhoEntered: the same person entered the request.
        AnswerAlreadySigned: somebody was faster.
        AlreadyCorrected: another entry stands in the place of this one.
    """
    if request.entered_by == act.who.id:
        raise SignedByWhoEntered(request=request.reference)
    hold_office(session)
    if session.get(AuthorityAnswer, request.id) is not None:
        raise AnswerAlreadySigned(request=request.reference)
    if corrected_by(session, request) is not None:
        raise AlreadyCorrected(request=request.reference)
    signed = AuthorityAnswer(
        request_id=request.id,
        entered_by=request.entered_by,
        answer_code=answer.code,
        reasons=answer.reasons,
        told_code=answer.told_code,
        signed_on=act.on,
        signed_by=act.who.id,
    )
    session.add(signed)
    session.flush()
    record(
        session,
        "authority_answer_signed",
        at=act.at,
        by=act.who.id,
        entry=request.reference,
        authority=request.authority_code,
        answer=answer.code,
    )
    return signed


def corrected_by(session: Session, request: AuthorityRequest) -> AuthorityRequest | None:
    """Return the entry that corrects this one, if there is one."""
    return session.exec(
        select(AuthorityRequest).where(col(AuthorityRequest.corrects_id) == request.id)
    ).first()
