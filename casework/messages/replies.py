"""What the office says to a person: sealed to their receipt and laid into the outbox."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.messages.tables import Outbox
from office.handover.reply import RelayNote, Reply, StateCode
from office.handover.report import RelayedBy
from office.sealing.boxes import seal


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a reply is for: the case number and the public key of the receipt, if there is one."""

    case_number: str
    public_key: bytes | None
    key_version: int


def say_text(session: Session, to: Addressee, text: str, act: Act) -> None:
    """Send a message of the person's adviser."""
    _send(session, to, Reply(kind="message", said_on=act.on, text=text, from_role="adviser"), act)


def say_state(
    session: Session,
    to: Addressee,
    state: StateCode,
    act: Act,
    *,
    next_on: date | None = None,
    text: str = "",
    follower: RelayedBy | None = None,
) -> None:
    """Tell where the matter stands, and by which day the person hears again.

    `follower` is the association that may know it too, if the person agrees now: the state, never the text.
    """
    told = Reply(kind="status", said_on=act.on, state_code=state, next_on=next_on, text=text)
    _send(session, to, told, act)
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


def _send(session: Session, to: Addressee, reply: Reply, act: Act) -> None:
    """Lay the sealed reply into the outbox; without a receipt key nobody could read it, so none is made."""
    if to.public_key is None:
        return
    session.add(
        Outbox(
            kind="reply",
            case_number=to.case_number,
            iso_week=act.week,
            reporter_key_version=to.key_version,
            sealed=seal(reply.as_bytes(), to.public_key, about=f"reply/{to.case_number}"),
        )
    )
