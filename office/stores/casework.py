"""The base of every table of the casework store; the tables themselves belong to the casework package.

Only the keyroom (`office.stores.keyroom`) is defined in the kernel, because the key ceremonies need it.
"""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from office.stores.tables import keep_limits, new_metadata


class CaseworkTable(SQLModel, registry=registry(metadata=new_metadata())):
    """Base of the casework store's tables."""


keep_limits(CaseworkTable)
metadata = CaseworkTable.metadata
