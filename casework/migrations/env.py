"""Run by Alembic to migrate the casework store."""

from casework.store import metadata
from office.stores.migrate import run

run(metadata)
