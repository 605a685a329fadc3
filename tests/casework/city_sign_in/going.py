"""Going to the city's sign-in and back, as a browser does."""

from typing import Any
from urllib.parse import urlsplit

import httpx2
from sqlmodel import select
from starlette.testclient import TestClient

from casework.city_sign_in.provider import Provider
from casework.staff.tables import StaffCityLink
from tests.casework.desk import PEOPLE, Desk
from tests.support.city_provider import CLIENT, SECRET

PASSPHRASE = "/es/sign-in/city/pass-phrase"
OWN = "/es/my-city-sign-in"


def set_up(desk: Desk, issuer: str, desk_at: str = "http://localhost:8002") -> None:
    """Tell a desk of the city's sign-in."""
    secret = desk.folder / "keys" / "oidc-client-secret"
    secret.write_text(SECRET + "\n")
    running = desk.app.state.desk
    told = {
        "desk_at": desk_at, "oidc_issuer": issuer, "oidc_client_id": CLIENT, "oidc_client_secret": secret,
        "oidc_label": "la cuenta municipal",
    }  # fmt: skip
    running.settings = running.settings.model_copy(update=told)
    running.provider = Provider()


def back_from(client: TestClient, start: str) -> str:
    """Set out, sign in at the provider, and return the address to which it sends the browser back."""
    out = client.get(start)
    assert out.status_code == 303, out.text
    sent = httpx2.get(out.headers["location"])
    assert sent.status_code == 302, sent.text
    there = urlsplit(sent.headers["location"])
    return f"{there.path}?{there.query}"


def come(client: TestClient, start: str = "/es/sign-in/city") -> str:
    """Go to the city's sign-in and back; return the page of the desk that goes on by itself."""
    return went_on(client.get(back_from(client, start)))


def went_on(answer: Any) -> str:
    """Return where a page goes on to by itself."""
    assert answer.status_code == 200, answer.text
    return str(answer.headers["refresh"]).removeprefix("0; url=")


def give(client: TestClient, name: str = "laila", **other: str) -> int:
    """Give name and pass-phrase after the city's sign-in."""
    form = {"name": PEOPLE[name].sign_in_name, "passphrase": PEOPLE[name].passphrase, **other}
    return client.post(PASSPHRASE, data=form).status_code


def linked(desk: Desk, client: TestClient, name: str = "laila", **other: str) -> int:
    """Link the account for which the provider vouches now with somebody who is signed in."""
    assert come(client, f"{OWN}/linking") == OWN
    person = PEOPLE[name]
    form = {"passphrase": person.passphrase, "code": person.code(desk.clock.now()), **other}
    return client.post(OWN, data=form).status_code


def links(desk: Desk) -> list[StaffCityLink]:
    """Return the links there are."""
    with desk.reading() as session:
        return list(session.exec(select(StaffCityLink)))
