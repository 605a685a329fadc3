"""An office with its keys, made once with the real ceremony and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, select

from office.clock import SetClock
from office.keys.ceremony import Founder, begin_ceremony
from office.keys.files import KeyFiles, publish
from office.keys.people import accept_invitation, invite, sign_in
from office.keys.personal import SignedIn
from office.keys.second_factor import code_at, new_totp_secret
from office.sealing.boxes import SealingKey
from office.stores.engines import open_store, sessions
from office.stores.keyroom import KeyGrant, OfficeKey, Staff

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASES = {
    "carme.alos": "four sheep under the almond tree",
    "rafel.bosch": "green kettle on a quiet balcony",
    "nadia.comes": "seven lamps and a borrowed bicycle",
}
OPENED: dict[str, SealingKey] = {}
SECRETS = {name: new_totp_secret() for name in PASSPHRASES}


@dataclass
class Office:
    """What a test needs of an office with keys."""

    folder: Path
    files: KeyFiles
    sessions: sessionmaker[Session]
    clock: SetClock
    shares: tuple[str, ...]

    def later(self, **by: float) -> datetime:
        self.clock.move(**(by or {"minutes": 2}))
        return self.clock.now()

    def code(self, name: str) -> str:
        return code_at(SECRETS[name], self.clock.now())

    def sign_in(self, name: str = "carme.alos", *, demo: bool = False) -> SignedIn:
        self.later()
        return sign_in(
            self.sessions, name, PASSPHRASES[name], self.code(name), at=self.clock.now(), demo=demo
        )

    def holder(self, name: str = "carme.alos") -> SignedIn:
        """A founder with their own key open. It is the same in every copy, so it is stretched only once."""
        self.later()
        person, key = self.person(name), OPENED.get(name)
        if key is None or key.public != person.public_key:
            key = OPENED[name] = self.sign_in(name).key
        return SignedIn(person.id, name, person.display_name, person.role_code, False, self.clock.now(), key)

    def person(self, name: str) -> Staff:
        with self.sessions.begin() as session:
            return session.exec(select(Staff).where(Staff.sign_in_name == name)).one()

    def newcomer(self, name: str = "nadia.comes", by: Staff | None = None) -> Staff:
        """Invite somebody and have them use the invitation."""
        with self.sessions.begin() as session:
            inviter = by or self.person("carme.alos")
            invitation = invite(
                session,
                sign_in_name=name,
                display_name="Nadia Comes",
                role_code="adviser",
                by=inviter.id,
                at=self.clock.now(),
            )
        accept_invitation(
            self.sessions,
            invitation.code,
            PASSPHRASES[name],
            SECRETS[name],
            self.code(name),
            at=self.clock.now(),
        )
        return self.person(name)

    def everything_on_disk(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())


def opened_store(folder: Path, role: str = "casework") -> tuple[sessionmaker[Session], Callable[[], None]]:
    engine = open_store(f"sqlite:///{folder / 'casework.db'}", role=role, store="casework")
    return sessions(engine), engine.dispose


def make_keyroom(folder: Path) -> None:
    """Make the keyroom's three tables as their owner would."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_store(f"sqlite:///{folder / 'casework.db'}", role="owner", store="casework")
    tables = [Staff.__table__, OfficeKey.__table__, KeyGrant.__table__]  # type: ignore[attr-defined]  # SQLModel's own
    Staff.metadata.create_all(engine, tables=tables)
    engine.dispose()


def founder(name: str, role: str, at: datetime) -> Founder:
    return Founder(name, name.title(), role, PASSPHRASES[name], SECRETS[name], code_at(SECRETS[name], at))


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    folder = tmp_path_factory.mktemp("founded")
    make_keyroom(folder)
    maker, close = opened_store(folder)
    files = KeyFiles.in_folder(folder / "keys")
    with maker.begin() as session:
        begun = begin_ceremony(
            session,
            [founder("carme.alos", "supervisor", START), founder("rafel.bosch", "head", START)],
            files=files,
            at=START,
        )
    with maker.begin() as session:
        publish(session, files)
    close()
    return folder, begun.shares


@pytest.fixture
def office(founded: tuple[Path, tuple[str, ...]], tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "office"
    shutil.copytree(founded[0], folder)
    maker, close = opened_store(folder)
    yield Office(folder, KeyFiles.in_folder(folder / "keys"), maker, SetClock(START), founded[1])
    close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Office]:
    """An office before its first ceremony."""
    folder = tmp_path / "empty"
    make_keyroom(folder)
    maker, close = opened_store(folder)
    yield Office(folder, KeyFiles.in_folder(folder / "keys"), maker, SetClock(START), ())
    close()
