"""Run by Alembic to migrate the mailbox store."""

from office.stores.mailbox import metadata
from office.stores.migrate import run

run(metadata)
