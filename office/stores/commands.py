"""The operators' commands about stores: `migrate` and `grants`, registered by `python -m office`."""

import sys
from argparse import Namespace, _SubParsersAction
from typing import Any

from pydantic import Field

from office.settings import ProcessSettings, usual_store
from office.stores import migrate
from office.stores.errors import StoreAddressInvalid
from office.stores.grants import STORES, postgres_statements


class MigrateSettings(ProcessSettings):
    """What `migrate` is told: the stores' addresses, each at its usual place below the home if not named."""

    mailbox_url: str = Field(default_factory=usual_store("mailbox"))
    casework_url: str = Field(default_factory=usual_store("casework"))
    facts_url: str = Field(default_factory=usual_store("facts"))

    def address(self, store: str) -> str:
        """Return the address of a store; raise StoreAddressInvalid if the office has no such store."""
        if store not in STORES:
            raise StoreAddressInvalid(store=store)
        address: str = getattr(self, f"{store}_url")
        return address


def add_commands(subparsers: "_SubParsersAction[Any]") -> None:
    """Add `migrate` and `grants` to the office's commands."""
    moving = subparsers.add_parser("migrate", help="bring the stores to their newest shape, or back")
    moving.add_argument("stores", nargs="*", metavar="STORE", help=f"of {', '.join(STORES)}; all by default")
    moving.add_argument(
        "--url", help="address of the one store named; else CONVIVENCIA_<STORE>_URL, else below the home"
    )
    moving.add_argument("--to", default="head", metavar="REVISION", help="upgrade to this revision")
    moving.add_argument("--back-to", metavar="REVISION", help="downgrade to this revision, or to `base`")
    moving.add_argument("--check", action="store_true", help="change nothing; fail if a store is not ready")
    moving.add_argument("--role-prefix", default="", help="where several offices share one PostgreSQL")
    moving.set_defaults(run=run_migrate)

    granting = subparsers.add_parser("grants", help="print the PostgreSQL GRANTs of a store")
    granting.add_argument("store", choices=STORES)
    granting.add_argument("--role-prefix", default="", help="where several offices share one PostgreSQL")
    granting.set_defaults(run=run_grants)


def run_migrate(given: Namespace) -> None:
    """Move each store that was named, and say so."""
    if given.url and len(given.stores) != 1:
        raise StoreAddressInvalid(hint="name the one store that --url is for")
    settings = MigrateSettings()
    for store in given.stores or STORES:
        url = given.url or settings.address(store)
        if given.check:
            migrate.require_ready(store, url, role="owner")
            done = f"{store}: ready"
        elif given.back_to:
            migrate.downgrade(store, url, given.back_to)
            done = f"{store}: back to {given.back_to}"
        else:
            migrate.upgrade(store, url, given.to, prefix=given.role_prefix)
            done = f"{store}: {given.to if given.to != 'head' else migrate.head(store)}"
        sys.stdout.write(f"{done}\n")


def run_grants(given: Namespace) -> None:
    """Print the statements, each ended by a semicolon."""
    for statement in postgres_statements(given.store, prefix=given.role_prefix):
        sys.stdout.write(f"{statement};\n")
