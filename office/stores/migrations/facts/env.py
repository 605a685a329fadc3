"""Run by Alembic to migrate the facts store."""

from office.stores.facts import metadata
from office.stores.migrate import run

run(metadata)
