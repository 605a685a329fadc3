"""Moves a store from one shape to the next and back, with Alembic, on SQLite and PostgreSQL alike.

The mailbox and the facts keep their migrations here; the casework package keeps its own, found by name and
never imported by this module itself (its `env.py` is run by Alembic).
"""

import importlib.util
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

from alembic import command, context
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from office.errors import OfficeError
from office.stores.engines import MIGRATING, open_store, plain_words, store_is_made
from office.stores.errors import StoreNotReady
from office.stores.grants import OWNER, SHAPE_TABLE, postgres_statements

HERE: Final = Path(__file__).parent / "migrations"
TURN: Final = 0x436F6E76
"""Number of the PostgreSQL advisory lock that lets one migration run at a time."""


class StoreLeftBroken(OfficeError):
    """A migration would have left rows that point to nothing; it was undone."""

    code = "store_left_broken"
    sentence = "The change would have left records that point to nothing, so it was undone."


def upgrade(store: str, url: str, to: str = "head", *, prefix: str = "") -> None:
    """Bring a store to the newest shape (or to revision `to`) and, on PostgreSQL, renew its grants."""
    with _connection(store, url) as connection:
        command.upgrade(_config(store, connection), to)
        _grant(store, connection, prefix)


def downgrade(store: str, url: str, to: str) -> None:
    """Bring a store back to revision `to`, or to nothing with `base`."""
    with _connection(store, url) as connection:
        command.downgrade(_config(store, connection), to)


def check(store: str, url: str) -> None:
    """Compare a store with the tables as written in code; raise Alembic's error if they differ."""
    with _connection(store, url) as connection:
        command.check(_config(store, connection))


def head(store: str) -> str:
    """Return the newest revision of a store."""
    return ScriptDirectory.from_config(_config(store)).get_current_head() or "base"


def heads_match(store: str, url: str, *, role: str = OWNER) -> bool:
    """Return whether a store has the newest shape; a store without any shape has not."""
    if role == OWNER and not store_is_made(url, store=store):
        return False
    engine = open_store(url, role=role, store=store)
    try:
        with engine.connect() as connection:
            found = connection.execute(text(f"SELECT version_num FROM {SHAPE_TABLE}")).scalars().all()
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()
    return list(found) == [head(store)]


def require_ready(store: str, url: str, *, role: str) -> None:
    """Raise StoreNotReady unless the store has the shape this version of the office needs."""
    if not heads_match(store, url, role=role):
        raise StoreNotReady(store=store)


def run(metadata: MetaData) -> None:
    """Run Alembic's migrations on the connection it was given; called by each `env.py`."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
        transaction_per_migration=False,
    )
    context.run_migrations()


def _render(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write SQLModel's own types as the plain ones under them, so that old migrations outlive it."""
    if kind == "type" and type(item).__module__.startswith("sqlmodel"):
        return f"sa.{item.impl!r}"
    return False


def scripts(store: str) -> Path:
    """Return the folder of a store's migrations."""
    if store != "casework":
        return HERE / store
    found = importlib.util.find_spec("casework")
    if found is None or not found.submodule_search_locations:
        raise StoreNotReady(store=store)
    return Path(next(iter(found.submodule_search_locations))) / "migrations"


def _config(store: str, connection: Connection | None = None) -> Config:
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(scripts(store)).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connection(store: str, url: str) -> Iterator[Connection]:
    """Give the one connection and transaction in which a store changes its shape, or stays as it was."""
    engine = open_store(url, role=OWNER, store=store)
    try:
        with plain_words(store), engine.connect() as plain:
            connection = plain.execution_options(**{MIGRATING: True})
            is_sqlite = connection.dialect.name == "sqlite"
            if is_sqlite:
                # Tables are rebuilt by copying; this cannot be said inside a transaction.
                _say_outside(connection, "PRAGMA foreign_keys=OFF")
            with connection.begin():  # before Alembic looks, or it would commit by itself
                if not is_sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")
                yield connection
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreLeftBroken(store=store)
    finally:
        engine.dispose()


def _say_outside(connection: Connection, pragma: str) -> None:
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(pragma).close()


def _grant(store: str, connection: Connection, prefix: str) -> None:
    if connection.dialect.name != "postgresql":
        return
    tables = inspect(connection).get_table_names()
    for statement in postgres_statements(store, tables=tables, prefix=prefix):
        connection.exec_driver_sql(statement)
