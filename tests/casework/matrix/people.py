"""The people of the matrix: each signed in once, and one application that is never left between requests."""

import asyncio
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from uuid import UUID

from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, select
from starlette.testclient import TestClient

from casework.doors import COOKIE
from office.keys.demonstration import DemonstrationPerson
from office.keys.people import accept_invitation, invite
from office.stores.engines import open_store, sessions
from office.stores.keyroom import Staff
from office.web.forms import OWN_SITE
from tests.casework.desk import PEOPLE as INVENTED
from tests.casework.desk import Desk
from tests.casework.matrix.straight import Straight

JOINED: Final = (
    DemonstrationPerson("nuria.fingida", "Nuria Fingida", "adviser", ("story", "contact", "names")),
    DemonstrationPerson("berta.supuesta", "Berta Supuesta", "supervisor", ("story", "contact", "names")),
    DemonstrationPerson("omar.ausente", "Omar Ausente", "adviser", ("story", "contact", "names")),
)
"""Who joins the invented staff: an adviser without a case, a supervisor without the key of what is against
the city, and somebody who will have left."""

PEOPLE: Final = {**INVENTED, **{one.sign_in_name.partition(".")[0]: one for one in JOINED}}


@dataclass
class Office(Desk):
    """The desk under test, with everybody signed in once."""

    _known: dict[str, TestClient] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        super().__post_init__()
        running = self.app.state.desk  # takes passkeys, as every desk with an address of its own
        running.settings = running.settings.model_copy(update={"desk_at": "http://localhost:8002"})

    def stranger(self) -> TestClient:
        return Straight(self.app, self._loop, OWN_SITE)

    @cached_property
    def nobody(self) -> TestClient:
        """A browser in which nobody ever signs in."""
        return self.stranger()

    def signed_in(self, name: str) -> TestClient:
        if name not in self._known:
            client, person = self.stranger(), PEOPLE[name]
            answer = client.post(
                "/es/sign-in",
                data={
                    "name": person.sign_in_name,
                    "passphrase": person.passphrase,
                    "code": person.code(self.clock.now()),
                },
            )
            assert answer.status_code == 303, answer.text
            self._known[name] = client
        return self._known[name]

    def come_back(self) -> bool:
        """Let whoever an act signed out sign in again, but who had left before; say whether anybody did."""
        book, now, returned = self.app.state.desk.book, self.clock.now(), False
        for name, client in list(self._known.items()):
            if name != "omar" and book.find(client.jar[COOKIE], now) is None:  # type: ignore[attr-defined]  # a Straight
                del self._known[name]
                self.signed_in(name)
                returned = True
        return returned

    def staff_id(self, name: str) -> UUID:
        with self.reading() as session:
            found = session.exec(select(Staff.id).where(Staff.sign_in_name == PEOPLE[name].sign_in_name))
            return found.one()

    @cached_property
    def _owner(self) -> sessionmaker[Session]:
        engine = open_store(self.casework_url, role="owner", store="casework")
        self._engines.append(engine)
        return sessions(engine)

    def reading(self) -> Session:
        return self._owner()

    def join(self) -> None:
        """Let those of `JOINED` come to the office, with their keys."""
        amparo, at = self.signed_in("amparo"), self.clock.now()
        for person in JOINED:
            with self._owner.begin() as session:
                invitation = invite(
                    session,
                    sign_in_name=person.sign_in_name,
                    display_name=person.display_name,
                    role_code=person.role_code,
                    by=None,
                    at=at,
                    is_demonstration=True,
                )
            accept_invitation(
                self._owner, invitation.code, person.passphrase, person.totp_secret, person.code(at), at=at
            )
            for key in person.keys:
                given = amparo.post(f"/es/staff/{invitation.staff_id}/keys", data={"key": key})
                assert given.status_code == 303, given.text

    def close(self) -> None:
        super().close()
        self._loop.close()
