"""What the office says to a person: sealed to their receipt and laid into the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.messages.consents import applied_changes
from casework.messages.tables import Outbox
from casework.notices.actions import note_news
from office.handover.reply import AppointmentTold, RelayNote, Reply, StateCode
from office.handover.report import ConsentCode, RelayedBy
from office.ids import new_id
from office.sealing.boxes import seal

Consents = Mapping[ConsentCode, bool]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a reply is for: the case number and the public key of the receipt, if there is one."""

    case_number: str
    public_key: bytes | None
    key_version: int


def say_text(session: Session, to: Addressee, text: str, act: Act) -> None:
    """Send a message of the person's adviser."""
    _send(session, to, Reply(kind="message", said_on=act.on, text=text, from_role="adviser"), act)
    note_news(session, to.case_number, act.on)


def say_state(
    session: Session,
    to: Addressee,
    state: StateCode,
    act: Act,
    *,
    next_on: date | None = None,
    text: str = "",
    consents: Consents,
    follower: RelayedBy | None = None,
) -> None:
    """Tell where the matter stands, by which day the person hears again, and what they agree to now.

    `follower` is the association that may know it too, if the person agrees now: the state, never the text.
    """
    told = Reply(
        kind="status", said_on=act.on, state_code=state, next_on=next_on, text=text, consents=dict(consents)
    )
    _send(session, to, told, act)
    note_news(session, to.case_number, act.on)
    if follower is None:
        return
    note = RelayNote(said_on=act.on, state_code=state, next_on=next_on)
    session.add(
        Outbox(
            kind="relay_note",
            case_number=to.case_number,
            iso_week=act.week,
            relay_id=follower.relay_id,
            sealed=seal(
                note.as_bytes(), bytes.fromhex(follower.public_key), about=f"relay-note/{to.case_number}"
            ),
        )
    )


def say_appointment(
    session: Session, to: Addressee, told: AppointmentTold, act: Act, *, is_news: bool = True
) -> None:
    """Tell where an appointment stands; it is news as long as there is something to come or to choose."""
    _send(session, to, Reply(kind="appointment", said_on=act.on, appointment=told), act)
    if is_news:
        note_news(session, to.case_number, act.on)


def say_consents(session: Session, to: Addressee, consents: Consents, act: Act) -> None:
    """Tell that changed consents are what we go by now; no news, for the person asked for it."""
    _send(session, to, Reply(kind="consents", said_on=act.on, consents=dict(consents)), act)


def say_again(session: Session, to: Addressee, said: Sequence[Reply], act: Act) -> None:
    """Send what was said before, oldest first, to whoever has a new key.

    The courier carries by id, so the ids grow: of two states told on one day the later must come later.
    """
    for own, reply in zip(sorted(new_id() for _ in said), said, strict=True):
        _send(session, to, reply, act, own)


def _send(session: Session, to: Addressee, reply: Reply, act: Act, own: UUID | None = None) -> None:
    """Lay the sealed reply into the outbox; without a receipt key nobody could read it, so none is made."""
    if to.public_key is None:
        return
    reply = reply.model_copy(update={"turn": len(applied_changes(session, to.case_number))})
    session.add(
        Outbox(
            id=own or new_id(),
            kind="reply",
            case_number=to.case_number,
            iso_week=act.week,
            reporter_key_version=to.key_version,
            sealed=seal(reply.as_bytes(), to.public_key, about=f"reply/{to.case_number}"),
        )
    )
