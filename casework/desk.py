"""What the running desk has at hand: settings, city, lists, pages, stores, and who is signed in."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

from casework.city_sign_in.provider import Provider
from casework.city_sign_in.ways import Ways
from casework.lists import Lists
from casework.settings import CaseworkSettings
from casework.staff.challenges import Challenges
from casework.staff.sessions import SignInBook
from casework.staff.throttle import WrongTries
from office.clock import Clock
from office.sealing.public_keys import PublicKeys
from office.vocabulary import City

if TYPE_CHECKING:
    from casework.api.answers import DeskPages


@dataclass
class Desk:
    """One running desk.

    Attributes:
        book: sessions of signed-in staff, in the memory of this process only.
        tries: wrong tries at the door.
        challenges: what passkeys are asked to sign.
        ways: who is on the way to the city's own sign-in, or back from it.
        provider: what is known of that sign-in.
    """

    settings: CaseworkSettings
    city: City
    lists: Lists
    pages: "DeskPages"
    engine: Engine
    sessions: sessionmaker[Session]
    clock: Clock
    book: SignInBook = field(default_factory=SignInBook)
    tries: WrongTries = field(default_factory=WrongTries)
    challenges: Challenges = field(default_factory=Challenges)
    ways: Ways = field(default_factory=Ways)
    provider: Provider = field(default_factory=Provider)

    def public_keys(self) -> PublicKeys:
        """Return the public halves as their file tells now: a rotation needs no restart."""
        return PublicKeys.load(self.settings.public_keys)

    @property
    def home(self) -> Path:
        """The folder of this office."""
        return self.settings.home
