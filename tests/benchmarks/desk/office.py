"""The office of the measurements: invented staff with their own keys, who hold the keys of the office.

They are those of the demonstration and some advisers more, so that a list of cases is not one person's.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, col, select

from casework.conflicts.blind_index import IndexKeys, index_keys
from casework.staff.sessions import SignedIn
from office.keys.demonstration import DemonstrationPerson, begin_demonstration, demonstration_staff
from office.keys.files import KeyFiles
from office.keys.holdings import grant
from office.keys.people import accept_invitation, invite, sign_in
from office.stores.engines import open_store, sessions
from office.stores.keyroom import OfficeKey, Staff

CASES_EACH = 5_000
FEWEST_ADVISERS = 10
KEYS = ("story", "contact", "names")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office, as those who fill the store need them."""

    id: UUID
    name: str
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Staffed:
    """An office with its people.

    Attributes:
        advisers, supervisors: who has cases, and who holds them beside.
        people: those who can sign in, by their `name`: the first word of their sign-in name.
        escrow: the public half to which every case's key is sealed too.
        names: the keys of the blind index.
    """

    advisers: tuple[Person, ...]
    supervisors: tuple[Person, ...]
    people: dict[str, DemonstrationPerson]
    escrow: bytes
    names: IndexKeys


def staffed(url: str, folder: Path, at: datetime, *, cases: int) -> Staffed:
    """Begin the office in a fresh store, with as many advisers as `cases` take, and return its people."""
    engine = open_store(url, role="owner", store="casework")
    made = sessions(engine)
    (folder / "keys").mkdir(exist_ok=True)
    begin_demonstration(made, KeyFiles.in_folder(folder / "keys"), at=at)
    first = demonstration_staff()[0]
    giver = sign_in(made, first.sign_in_name, first.passphrase, first.code(at), at=at, demo=True)
    of_the_demonstration = sum(one.role_code == "adviser" for one in demonstration_staff())
    more = [
        DemonstrationPerson(f"asesora{number}.inventada", f"Asesora {number} Inventada", "adviser", KEYS)
        for number in range(max(FEWEST_ADVISERS, cases // CASES_EACH) - of_the_demonstration)
    ]
    for one in more:
        with made.begin() as session:
            invited = invite(
                session,
                sign_in_name=one.sign_in_name,
                display_name=one.display_name,
                role_code=one.role_code,
                by=giver.id,
                at=at,
                is_demonstration=True,
            )
        accept_invitation(made, invited.code, one.passphrase, one.totp_secret, one.code(at), at=at)
        with made.begin() as session:
            for key in one.keys:
                grant(session, key, by=giver, to=invited.staff_id, at=at)
    people = {one.sign_in_name.partition(".")[0]: one for one in (*demonstration_staff(), *more)}
    with made.begin() as session:
        found = Staffed(
            advisers=_of_role(session, "adviser"),
            supervisors=_of_role(session, "supervisor"),
            people=people,
            escrow=session.exec(select(OfficeKey.public_key).where(OfficeKey.name == "escrow")).one(),
            names=index_keys(session, SignedIn.from_door(giver)),
        )
    engine.dispose()
    return found


def _of_role(session: Session, role: str) -> tuple[Person, ...]:
    rows = session.exec(select(Staff).where(Staff.role_code == role).order_by(col(Staff.sign_in_name)))
    return tuple(
        Person(one.id, one.sign_in_name.partition(".")[0], one.public_key)
        for one in rows
        if one.public_key is not None
    )
