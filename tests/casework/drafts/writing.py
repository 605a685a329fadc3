"""Writing and not sending on the desk under test."""

import random
import re
from typing import Any

from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.drafts.tables import StaffDraft
from tests.casework.desk import STAFF, Desk, Reporter

SYLLABLES = ["la", "me", "per", "so", "ción", "ta", "ñu", "gi", "lò", "ra", "de", "que", "vi", "ó", "ça"]


def words(count: int) -> str:
    """A text of so many words, always the same, with the letters of the city's languages."""
    drawn = random.Random(14)
    return " ".join("".join(drawn.choices(SYLLABLES, k=drawn.randint(1, 4))) for _ in range(count))


def place(reporter: Reporter, form: str = "notes") -> str:
    """Where a form of a case is sent to, below the language."""
    return f"cases/{reporter.case_number}/{form}"


def keep(
    client: TestClient, where: str, *, script: bool = False, made_from: int | None = None, **fields: Any
) -> Response:
    """Press the button that keeps a draft, or do what the script does."""
    headers = {"Accept": "application/json"} if script else {}
    told = {} if made_from is None else {"draft_version": str(made_from)}
    return client.post("/es/drafts", data={"draft": where, **told, **fields}, headers=headers)


def drafts(desk: Desk) -> list[StaffDraft]:
    """Every draft there is."""
    with desk.reading() as session:
        return list(session.exec(select(StaffDraft)))


def sign_in(desk: Desk, client: TestClient, name: str, **other: Any) -> Response:
    """Sign in with the cookies a browser already has."""
    person = STAFF[name]
    data = {"name": person.sign_in_name, "passphrase": person.passphrase}
    return client.post("/es/sign-in", data={**data, "code": person.code(desk.clock.now()), **other})


def onwards(page: str) -> str:
    """Where the door's form leads to."""
    found = re.search(r'name="onwards" value="([^"]+)"', page)
    assert found
    return found[1]
