"""Letters and dossiers on PostgreSQL: the same acts, and what the desk's own role may not change."""

import pytest
from sqlalchemy import text

from office.stores.errors import NotGranted
from tests.casework.desk import said
from tests.casework.letters.post import (
    CLAIM,
    agree,
    begun,
    dossier,
    files,
    hand_out,
    letter,
    make,
    send,
    write,
)
from tests.casework.on_postgres.conftest import PostgresDesk

pytestmark = pytest.mark.postgres


def test_a_letter_and_a_dossier_are_made_and_kept_on_postgresql(desk: PostgresDesk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "claim")
    assert write(desk, laila, at, **CLAIM).status_code == 303
    assert make(desk, laila, at).status_code == 303
    assert send(desk, laila, at, "registered").status_code == 303
    assert letter(desk, at).state_code == "sent" and len(files(desk)) == 2
    answer = laila.post(f"/es/cases/{reporter.case_number}/dossiers", data={"dossier_to": "court"})
    to = answer.headers["location"].partition("?")[0]
    form = {"version": "1", "dossier_language": "es", "dossier_for": "Juzgado 3", "parts": ["story", "days"]}
    assert laila.post(f"{to}/text", data=form).status_code == 303
    assert agree(desk, laila, to).status_code == 303
    made = hand_out(desk, laila, to)
    assert made.status_code == 200, said(made.text)
    assert dossier(desk, to).state_code == "made"
    for forbidden in (
        "DELETE FROM letter",
        "DELETE FROM letter_file",
        "UPDATE letter_file SET number = 2",
        "UPDATE letter SET template = 'advice'",
        "DELETE FROM dossier",
    ):
        with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
            session.execute(text(forbidden))
