"""PostgreSQL goes away in the middle of an act and comes back: the desk says so and goes on."""

import psycopg
import pytest
from psycopg import sql

from office.languages import language
from office.stores.errors import CommitUnknown, StoreUnavailable
from tests.casework.desk import said
from tests.casework.on_postgres.conftest import PostgresDesk

pytestmark = pytest.mark.postgres

WORDS = "El portero dice que la agencia le pidió no dar la llave."
SENTENCE = language("es", "staff").gettext(StoreUnavailable.sentence)


def answers(owner: str, *, is_there: bool) -> None:
    """Let nobody into the database of `owner` any more, or let them in again."""
    name = owner.partition("@/")[2].partition("?")[0]
    with psycopg.connect(owner.replace(f"/{name}?", "/postgres?"), autocommit=True) as connection:
        allowed = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        connection.execute(allowed.format(sql.Identifier(name), sql.Literal(is_there)))
        if not is_there:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )


def test_a_database_that_goes_away_is_told_and_what_was_typed_is_kept_afterwards(desk: PostgresDesk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    case, notes = f"/es/cases/{reporter.case_number}", f"/es/cases/{reporter.case_number}/notes"
    assert laila.post(notes, data={"note": "La primera nota."}).status_code == 303
    answers(desk.casework_owner, is_there=False)
    try:
        page, looked_at = laila.post(notes, data={"note": WORDS}), laila.get(case)
    finally:
        answers(desk.casework_owner, is_there=True)
    assert (page.status_code, looked_at.status_code) == (503, 503)
    assert SENTENCE in said(page.text)
    assert f'<input type="hidden" name="note" value="{WORDS}">' in page.text
    assert laila.post(notes, data={"note": WORDS}).status_code == 303
    shown = said(laila.get(case).text)
    assert (shown.count(WORDS), shown.count("La primera nota.")) == (1, 1)


CUT = """
CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON case_message DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION cut()
"""
"""Ends the connection in the COMMIT itself: the desk cannot know on which side of it."""


def test_of_a_commit_whose_answer_is_lost_the_desk_says_that_nobody_knows_and_where_to_look(
    desk: PostgresDesk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    case, notes = f"/es/cases/{reporter.case_number}", f"/es/cases/{reporter.case_number}/notes"
    with psycopg.connect(desk.casework_owner, autocommit=True) as connection:
        connection.execute(CUT)
        page = laila.post(notes, data={"note": WORDS})
        connection.execute("DROP TRIGGER cut ON case_message")
    assert page.status_code == 503
    told = said(page.text)
    assert language("es", "staff").gettext(CommitUnknown.sentence) in told and SENTENCE not in told
    assert f'href="{case}"' in page.text and f'name="note" value="{WORDS}"' in page.text
    assert laila.post(notes, data={"note": WORDS}).status_code == 303
