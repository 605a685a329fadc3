"""DEMONSTRATION ONLY: invented members of staff whose pass-phrases stand here for everybody to read.

Whatever is made from these constants is marked `is_demonstration` in the keyroom, and `sign_in` refuses it in
an office that is not started as a demonstration. Nothing of it is written to a disk but in closed form.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

from office.keys.ceremony import Founder, begin_ceremony
from office.keys.events import KeyEvent
from office.keys.files import KeyFiles, publish
from office.keys.holdings import grant
from office.keys.people import accept_invitation, invite, sign_in
from office.keys.second_factor import code_at

MARK: Final = "demonstration only"


@dataclass(frozen=True, slots=True)
class DemonstrationPerson:
    """Somebody who does not exist. Attributes: `keys`, the office keys they are given."""

    sign_in_name: str
    display_name: str
    role_code: str
    keys: tuple[str, ...]

    @property
    def passphrase(self) -> str:
        """Their pass-phrase, no secret at all."""
        return f"{MARK} {self.sign_in_name.partition('.')[0]}"

    @property
    def totp_secret(self) -> str:
        """Their second factor, no secret either."""
        digest = hashlib.sha256(f"convivencia {MARK} {self.sign_in_name}".encode()).digest()
        return base64.b32encode(digest[:20]).decode("ascii")

    def code(self, at: datetime) -> str:
        """Return the six digits of the moment, as their telephone would show them."""
        return code_at(self.totp_secret, at)


ALL_STAFF_KEYS: Final = ("story", "story-apart", "contact", "names")
STAFF: Final = (
    DemonstrationPerson("amparo.inventada", "Amparo Inventada", "supervisor", ALL_STAFF_KEYS),
    DemonstrationPerson("vicent.ficticio", "Vicent Ficticio", "supervisor", ALL_STAFF_KEYS),
    DemonstrationPerson("laila.imaginaria", "Laila Imaginaria", "adviser", ("story", "contact", "names")),
    DemonstrationPerson("pau.supuesto", "Pau Supuesto", "adviser", ("story", "contact", "names")),
    DemonstrationPerson("iris.ejemplo", "Iris Ejemplo", "triage", ("story",)),
    DemonstrationPerson("joana.figurada", "Joana Figurada", "head", ()),
    DemonstrationPerson("remei.simulada", "Remei Simulada", "data_protection", ()),
    DemonstrationPerson("marina.inexistente", "Marina Inexistente", "mediator", ()),
    DemonstrationPerson("ferran.quimera", "Ferran Quimera", "outreach", ()),
    DemonstrationPerson("teresa.aparente", "Teresa Aparente", "operator", ()),
)
FOUNDERS: Final = STAFF[:2]


def demonstration_staff() -> tuple[DemonstrationPerson, ...]:
    """Return the invented staff, the two founders first."""
    return STAFF


def begin_demonstration(sessions: sessionmaker[Session], files: KeyFiles, *, at: datetime) -> list[KeyEvent]:
    """Hold the whole ceremony with the invented staff, each step in a transaction of its own.

    The shares of the escrow are thrown away: nobody needs to open a demonstration.

    Raises:
        AlreadyBegun, KeyFileInTheWay: this office has keys.
    """
    with sessions.begin() as session:
        begun = begin_ceremony(
            session,
            [
                Founder(
                    each.sign_in_name,
                    each.display_name,
                    each.role_code,
                    each.passphrase,
                    each.totp_secret,
                    each.code(at),
                )
                for each in FOUNDERS
            ],
            files=files,
            at=at,
            is_demonstration=True,
        )
    with sessions.begin() as session:
        publish(session, files)
    events = [begun.event]
    first = FOUNDERS[0]
    giver = sign_in(sessions, first.sign_in_name, first.passphrase, first.code(at), at=at, demo=True)
    for person in STAFF[len(FOUNDERS) :]:
        with sessions.begin() as session:
            invitation = invite(
                session,
                sign_in_name=person.sign_in_name,
                display_name=person.display_name,
                role_code=person.role_code,
                by=giver.id,
                at=at,
                is_demonstration=True,
            )
        accepted = accept_invitation(
            sessions, invitation.code, person.passphrase, person.totp_secret, person.code(at), at=at
        )
        with sessions.begin() as session:
            given = [grant(session, key, by=giver, to=invitation.staff_id, at=at) for key in person.keys]
        events += [invitation.event, accepted, *given]
    return events
