"""The third wall: every role, every table, every verb, tried for real on both engines."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, MetaData, inspect, text

import casework.store
from office.errors import OfficeError
from office.stores import grants as wall
from office.stores import mailbox
from office.stores.engines import open_store, plain_words
from office.stores.errors import NotGranted
from tests.support.postgres import as_role, the_server

from .conftest import Office


def tables_of(office: Office, store: str) -> dict[str, list[str]]:
    found = MetaData()
    found.reflect(office.open(store))
    return {table.name: [column.name for column in table.columns] for table in found.sorted_tables}


def attempts(table: str, columns: list[str], grant: wall.Grant) -> Iterator[tuple[str, bool]]:
    """Each statement that exercises one verb (on one column), and whether the list allows it."""
    yield f'SELECT count(*) FROM "{table}"', grant.allows("select")
    yield f'SELECT * FROM "{table}"', all(grant.allows("select", each) for each in columns)
    for each in columns:
        yield f'SELECT "{each}" FROM "{table}"', grant.allows("select", each)
        yield f'UPDATE "{table}" SET "{each}" = NULL', grant.allows("update", each)
    yield f'INSERT INTO "{table}" DEFAULT VALUES', grant.allows("insert")
    yield f'DELETE FROM "{table}"', grant.allows("delete")


def is_let_through(engine: Engine, statement: str) -> bool:
    """A constraint may still refuse the row: that is past the wall."""
    with engine.connect() as connection:
        try:
            connection.execute(text(statement))
        except NotGranted:
            return False
        except OfficeError:
            raise
        except Exception as error:  # a NOT NULL or the like
            if "IntegrityError" not in type(error).__name__:
                raise
        finally:
            connection.rollback()
    return True


@pytest.mark.parametrize("store", wall.STORES)
def test_every_role_can_do_what_the_list_says_with_every_table_and_nothing_else(
    office: Office, store: str
) -> None:
    tables = tables_of(office, store)
    wrong, tried = [], 0
    for role in wall.roles(store):
        engine = office.open(store, role)
        for table, columns in tables.items():
            grant = wall.grants(store)[role].get(table, wall.Grant())
            for statement, allowed in attempts(table, columns, grant):
                tried += 1
                if is_let_through(engine, statement) != allowed:
                    wrong.append(f"{role}: {statement} should be {'allowed' if allowed else 'refused'}")
    assert wrong == []
    assert tried > 100


@pytest.mark.parametrize("store", wall.STORES)
def test_a_role_of_another_store_cannot_even_come_in(office: Office, store: str) -> None:
    url = office.url(store)
    for role in {*wall.every_role(), "dashboards"} - set(wall.roles(store)):
        if office.kind == "sqlite":
            with pytest.raises(NotGranted):
                open_store(url, role=role, store=store)
        else:
            told = as_role(url, role).replace("postgresql+psycopg", "postgresql")
            with pytest.raises(psycopg.OperationalError, match="permission denied|does not exist"):
                psycopg.connect(told)


@pytest.mark.parametrize("store", wall.STORES)
def test_the_list_names_every_table_and_no_table_or_column_that_is_not_there(
    embedded: Office, store: str
) -> None:
    tables = tables_of(embedded, store)
    named = {table for granted in wall.grants(store).values() for table in granted}
    assert named == set(tables)
    for granted in wall.grants(store).values():
        for table, grant in granted.items():
            for columns in grant.verbs.values():
                assert columns is None or columns <= set(tables[table])


def readable_sealed_columns(store: str, metadata: MetaData) -> dict[str, set[str]]:
    """Role -> sealed columns it may read."""
    return {
        role: {
            str(each)
            for table in metadata.sorted_tables
            for each in table.columns
            if each.info["sensitivity"] == "sealed"
            and granted.get(table.name, wall.Grant()).allows("select", each.name)
        }
        for role, granted in wall.grants(store).items()
    }


def test_the_list_itself_lets_nobody_read_what_is_sealed_but_those_whose_work_it_is() -> None:
    """The matrix is made from the list; this holds the list to what was promised."""
    assert readable_sealed_columns("mailbox", mailbox.metadata) == {
        "intake": {"reply.sealed", "draft.sealed", "upload_piece.sealed", "relay_note.sealed"},
        "courier": {
            "upload_piece.sealed",
            "equality_answer.sealed",
            *(f"envelope.sealed_{each}" for each in ("story", "contact", "statistics", "notice")),
        },
    }
    of_casework = readable_sealed_columns("casework", casework.store.metadata)
    assert all(each.startswith("outbox.") for each in of_casework["courier"])
    assert all(each.startswith("coded_record.") for each in of_casework["handover"])
    assert of_casework["mailer"] == {"notice_address.sealed"}
    assert not any(each.startswith("notice_address.") for each in of_casework["casework"])
    assert of_casework["weekly"] == set()
    assert of_casework["month_end"] == of_casework["reminder"] == set()
    roles = {"casework", "courier", "handover", "mailer", "weekly", "reminder", "month_end"}
    assert set(of_casework) == roles


def test_the_list_itself_lets_nobody_change_what_is_append_only() -> None:
    mailbox_roles, casework_roles, facts_roles = (wall.grants(store) for store in wall.STORES)
    assert mailbox_roles["intake"]["envelope"] == wall.Grant({"insert": None})
    assert not mailbox_roles["intake"]["reply"].allows("insert")
    assert not mailbox_roles["intake"]["relay_note"].allows("insert")
    assert mailbox_roles["intake"]["relay"] == wall.Grant({"select": None})
    assert mailbox_roles["intake"]["equality_answer"] == wall.Grant({"insert": None})
    assert not mailbox_roles["intake"]["upload_piece"].allows("update", "sealed")
    assert not {"draft", "throttle"} & set(mailbox_roles["courier"])
    assert not mailbox_roles["courier"]["receipt"].allows("insert")
    assert not any(
        mailbox_roles["courier"]["receipt"].allows("select", each) for each in ("salt", "proof_hash")
    )
    for role in casework_roles:
        event = casework_roles[role].get("event", wall.Grant())
        assert not event.allows("update") and not event.allows("delete")
    assert facts_roles["observatory"]["fact"] == wall.Grant({"select": None, "delete": None})
    assert facts_roles["handover"]["period"] == wall.Grant({"select": None, "update": frozenset({"state"})})
    assert "kept_count" not in facts_roles["handover"] and "kept_count" not in facts_roles["alert_reader"]
    assert not facts_roles["observatory"]["kept_count"].allows("update")
    assert set(facts_roles["alert_reader"]) == {"alert", "alembic_version"}
    assert not any("update" in granted["alembic_version"].verbs for granted in facts_roles.values())


def test_the_dashboards_appear_in_no_store() -> None:
    assert "dashboards" not in wall.every_role()
    assert set(wall.every_role()) == {
        *("intake", "courier", "casework", "handover", "mailer", "weekly", "reminder", "month_end"),
        *("observatory", "alert_reader"),
    }


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE '{other}' AS other",
        "DETACH DATABASE main",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA synchronous = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA table_info('envelope')",
        "SELECT * FROM pragma_table_info('envelope')",
        "SELECT sql FROM sqlite_master",
        "CREATE TABLE mine (a)",
        "CREATE TEMP TABLE mine (a)",
        "CREATE TEMP VIEW mine AS SELECT * FROM envelope",
        "CREATE TEMP TRIGGER mine AFTER INSERT ON envelope BEGIN SELECT 1; END",
        "DROP TABLE envelope",
        "ALTER TABLE envelope RENAME TO mine",
        "CREATE INDEX mine ON envelope (id)",
        "ANALYZE",
        "REINDEX",
        "SELECT load_extension('x')",
        "SELECT (SELECT count(*) FROM envelope)",
        "SELECT 1 WHERE EXISTS (SELECT rowid FROM envelope)",
        "WITH seen AS (SELECT * FROM envelope) SELECT * FROM seen",
        "SELECT case_number FROM receipt UNION SELECT case_number FROM envelope",
        "INSERT INTO throttle (bucket, wrong_tries) SELECT case_number, 1 FROM envelope",
        "UPDATE throttle SET wrong_tries = (SELECT count(*) FROM envelope)",
        "INSERT INTO envelope (id) VALUES ('x') RETURNING key_name",
        "INSERT INTO envelope (id) VALUES ('x') ON CONFLICT (id) DO UPDATE SET kind = 'message'",
        "REPLACE INTO envelope (id) VALUES ('x')",
        "insert  or\nreplace INTO receipt (case_number) VALUES ('x')",
        "UPDATE OR REPLACE receipt SET wrong_tries = 1",
        "UPDATE receipt SET wrong_tries = 1, case_public_key = 'x'",
    ],
)
def test_no_way_round_the_wall_on_sqlite(embedded: Office, statement: str) -> None:
    with embedded.open("mailbox", "intake").connect() as connection, pytest.raises(NotGranted):
        connection.exec_driver_sql(statement.format(other=embedded.folder / "other"))
    assert not (embedded.folder / "other").exists()


@pytest.mark.parametrize("statement", ["VACUUM INTO '{other}'", "VACUUM", "PRAGMA secure_delete = OFF"])
def test_no_way_round_the_wall_by_the_driver_itself(embedded: Office, statement: str) -> None:
    raw = embedded.open("mailbox", "intake").raw_connection()
    with pytest.raises(NotGranted), plain_words("mailbox", "intake"):
        raw.cursor().execute(statement.format(other=embedded.folder / "other"))
    raw.close()
    assert not (embedded.folder / "other").exists()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a int)",
        "CREATE TEMP TABLE mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "SET ROLE postgres",
        "SET ROLE courier",
        "ALTER TABLE receipt DISABLE ROW LEVEL SECURITY",
        "TRUNCATE envelope",
        "LOCK TABLE envelope IN ACCESS EXCLUSIVE MODE",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "COPY envelope TO STDOUT",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT 1 WHERE EXISTS (SELECT FROM envelope)",
        "INSERT INTO throttle (bucket, wrong_tries) SELECT case_number, 1 FROM envelope",
        "INSERT INTO envelope (kind) VALUES ('x') RETURNING kind",
    ],
)
def test_no_way_round_the_wall_on_postgresql(installed: Office, statement: str) -> None:
    with installed.open("mailbox", "intake").connect() as connection, pytest.raises(NotGranted):
        connection.exec_driver_sql(statement)


@pytest.mark.postgres
def test_the_courier_cannot_say_that_a_new_receipt_key_was_verified(installed: Office) -> None:
    """A courier that was taken over would be given all that was said, sealed to a key of its own."""
    courier = installed.open("casework", "courier")
    brought = (
        "INSERT INTO receipt_key_change (id, case_number, reporter_public_key) VALUES (NULL, NULL, NULL)"
    )
    assert is_let_through(courier, brought)
    for each in ("verified_on", "applied_on"):
        assert not is_let_through(courier, f"INSERT INTO receipt_key_change ({each}) VALUES (current_date)")


@pytest.mark.postgres
def test_the_grants_can_be_given_again_and_take_back_what_the_list_no_longer_says(installed: Office) -> None:
    engine = installed.open("mailbox")
    with engine.begin() as owner:
        owner.exec_driver_sql("GRANT ALL ON envelope TO intake")
        owner.exec_driver_sql("GRANT SELECT (salt) ON receipt TO courier")
    assert is_let_through(installed.open("mailbox", "intake"), "SELECT * FROM envelope")
    with engine.begin() as owner:
        for statement in wall.postgres_statements("mailbox", tables=inspect(owner).get_table_names()):
            owner.exec_driver_sql(statement)
    assert not is_let_through(installed.open("mailbox", "intake"), "SELECT * FROM envelope")
    assert not is_let_through(installed.open("mailbox", "courier"), "SELECT salt FROM receipt")


@pytest.mark.postgres
def test_offices_that_share_an_installation_have_roles_of_their_own(installed: Office) -> None:
    engine = installed.open("facts")
    with engine.begin() as owner:
        for statement in wall.postgres_statements("facts", prefix="vilabreu_"):
            owner.exec_driver_sql(statement)
    theirs = as_role(installed.url("facts"), "vilabreu_alert_reader")
    another = as_role(the_server().database("facts"), "vilabreu_alert_reader")
    mine = open_store(theirs, role="alert_reader", store="facts")
    assert is_let_through(mine, "SELECT * FROM alert")
    assert not is_let_through(mine, "SELECT * FROM fact")
    mine.dispose()
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(another)


def test_a_list_that_says_something_unknown_is_refused() -> None:
    slips: list[Any] = [{"selects": True}, {"delete": ["id"]}]
    for said in slips:
        with pytest.raises(ValueError, match="grants.toml knows"):
            wall._grant(said)
