"""One list, two walls: `grants.toml` becomes PostgreSQL GRANTs and a SQLite authorizer.

The authorizer stops mistakes on the embedded engine just where PostgreSQL would; against a process that was
taken over only PostgreSQL with separate users protects. This module must not know what the tables are for.
"""

import sqlite3
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from office.stores.errors import NotGranted

Verb = Literal["select", "insert", "update", "delete"]
VERBS: Final[tuple[Verb, ...]] = ("select", "insert", "update", "delete")
STORES: Final = ("mailbox", "casework", "facts")
OWNER: Final = "owner"
"""The role without a wall: migrations, backups and tests. No service runs as it."""

SHAPE_TABLE: Final = "alembic_version"
FILE: Final = Path(__file__).with_name("grants.toml")

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do with a table: for each verb every column (`None`) or only some."""

    verbs: Mapping[Verb, frozenset[str] | None] = field(default_factory=dict)

    def allows(self, verb: Verb, column: str | None = None) -> bool:
        """Return whether `verb` is granted, on `column` if one is named, on any otherwise."""
        if verb not in self.verbs:
            return False
        columns = self.verbs[verb]
        return columns is None or column is None or column in columns


@cache
def grants(store: str) -> Mapping[str, Mapping[str, Grant]]:
    """Return role -> table -> grant of a store, as `grants.toml` says."""
    return {
        role: {
            **{table: _grant(verbs) for table, verbs in tables.items()},
            SHAPE_TABLE: Grant({"select": None}),
        }
        for role, tables in _told()[store].items()
    }


@cache
def row_rules(store: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return role -> table -> verb -> SQL condition of the rows a role may touch on PostgreSQL."""
    rules: Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]] = _told().get("rows", {})
    return rules.get(store, {})


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _grant(verbs: Mapping[str, bool | list[str]]) -> Grant:
    granted: dict[Verb, frozenset[str] | None] = {}
    for verb in VERBS:
        columns = verbs.get(verb, False)
        if columns is True:
            granted[verb] = None
        elif columns:
            granted[verb] = frozenset(columns)
    if set(verbs) - set(VERBS) or granted.get("delete"):
        raise ValueError(f"grants.toml knows {', '.join(VERBS)}, a delete has no columns: {verbs}")
    return Grant(granted)


def roles(store: str) -> tuple[str, ...]:
    """Return the roles that may do anything at all in a store."""
    return tuple(grants(store))


def every_role() -> tuple[str, ...]:
    """Return all roles of all stores, once each."""
    return tuple(dict.fromkeys(role for store in STORES for role in roles(store)))


# --- SQLite ---

ALWAYS: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
        sqlite3.SQLITE_RECURSIVE,
    }
)
READ_ONLY_PRAGMAS: Final = frozenset({"foreign_keys", "journal_mode", "read_uncommitted", "user_version"})


def sqlite_authorizer(store: str, role: str) -> Authorizer:
    """Return the authorizer that lets `role` do in a SQLite store what it may, and nothing else.

    Raises:
        NotGranted: the role appears nowhere in this store.
    """
    if role not in grants(store):
        raise NotGranted(store=store, role=role)
    tables = grants(store)[role]
    nothing = Grant()

    def authorize(
        action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None
    ) -> int:
        match action:
            case sqlite3.SQLITE_READ:
                # COUNT(*) and the like read no column (''), the rowid is not a column of ours.
                column = None if second in ("", "ROWID") else second
                allowed = tables.get(first or "", nothing).allows("select", column)
            case sqlite3.SQLITE_UPDATE:
                allowed = tables.get(first or "", nothing).allows("update", second)
            case sqlite3.SQLITE_INSERT:  # of the columns SQLite tells nothing here
                allowed = tables.get(first or "", nothing).allows("insert")
            case sqlite3.SQLITE_DELETE:
                allowed = tables.get(first or "", nothing).allows("delete")
            case sqlite3.SQLITE_PRAGMA:
                allowed = first in READ_ONLY_PRAGMAS and second is None
            case sqlite3.SQLITE_FUNCTION:
                allowed = second != "load_extension"
            case _:
                allowed = action in ALWAYS
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return authorize


# --- PostgreSQL ---


def postgres_statements(store: str, *, tables: Collection[str] | None = None, prefix: str = "") -> list[str]:
    """Return the statements that make a PostgreSQL database keep the same wall; they can be run again.

    Args:
        store: whose database this is.
        tables: those that exist; grants on others are left out. All, if not given.
        prefix: put before each role's name, where several offices share one installation.
    """
    statements = []
    for role in every_role():
        name = _quoted(prefix + role)
        statements.append(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{prefix + role}') "
            f"THEN CREATE ROLE {name} LOGIN NOINHERIT; END IF; END $$"
        )
    everyone = ", ".join(_quoted(prefix + role) for role in every_role())
    statements += [
        _on_this_database("REVOKE ALL ON DATABASE", "FROM PUBLIC"),
        _on_this_database("REVOKE ALL ON DATABASE", f"FROM {everyone}"),
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON SCHEMA public FROM {everyone}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {everyone}",
    ]
    for role, granted in grants(store).items():
        name = _quoted(prefix + role)
        statements.append(_on_this_database("GRANT CONNECT ON DATABASE", f"TO {name}"))
        statements.append(f"GRANT USAGE ON SCHEMA public TO {name}")
        for table, grant in granted.items():
            if tables is None or table in tables:
                what = ", ".join(_privilege(grant, verb) for verb in VERBS if verb in grant.verbs)
                statements.append(f"GRANT {what} ON {_quoted(table)} TO {name}")
    return statements + _row_statements(store, tables=tables, prefix=prefix)


def _row_statements(store: str, *, tables: Collection[str] | None, prefix: str) -> list[str]:
    """Return row level security: on each table with rules, a policy for every role and verb."""
    rules = row_rules(store)
    statements = []
    for table in dict.fromkeys(table for ruled in rules.values() for table in ruled):
        if tables is not None and table not in tables:
            continue
        statements.append(f"ALTER TABLE {_quoted(table)} ENABLE ROW LEVEL SECURITY")
        for role, granted in grants(store).items():
            for verb in granted.get(table, Grant()).verbs:
                rule = rules.get(role, {}).get(table, {}).get(verb, "true")
                policy = _quoted(f"{role}_{verb}")
                statements += [
                    f"DROP POLICY IF EXISTS {policy} ON {_quoted(table)}",
                    f"CREATE POLICY {policy} ON {_quoted(table)} FOR {verb.upper()} "
                    f"TO {_quoted(prefix + role)} {'WITH CHECK' if verb == 'insert' else 'USING'} ({rule})",
                ]
    return statements


def _on_this_database(before: str, after: str) -> str:
    """Return a statement on the database one is connected to, whose name is not known here."""
    return f"DO $$ BEGIN EXECUTE '{before} ' || quote_ident(current_database()) || ' {after}'; END $$"


def _privilege(grant: Grant, verb: Verb) -> str:
    columns = grant.verbs[verb]
    if columns is None:
        return verb.upper()
    return f"{verb.upper()} ({', '.join(_quoted(column) for column in sorted(columns))})"


def _quoted(name: str) -> str:
    if not name.replace("_", "").isalnum():
        raise ValueError(f"not a name for a role, table or column: {name}")
    return f'"{name}"'
