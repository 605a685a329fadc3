"""What the tables of every store have in common: predictable names, and limits the database itself keeps.

It must not know any table. Each store makes its own base class here, with metadata of its own, so that no
store ever sees the tables of another.
"""

from typing import Any, Final

from sqlalchemy import CheckConstraint, Column, MetaData, String, Table, event
from sqlalchemy.orm import Mapper
from sqlmodel import SQLModel

NAMING: Final = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
"""Names of keys and indexes; a CHECK is named by whoever writes it, for what it keeps true."""


def new_metadata() -> MetaData:
    """Return the metadata for one store."""
    return MetaData(naming_convention=NAMING)


def keep_limits(base: type[SQLModel]) -> None:
    """Make every table class below `base` carry the limits its columns tell as CHECK constraints."""
    event.listen(base, "instrument_class", _add_limits, propagate=True)


def _add_limits(mapper: Mapper[Any], _class: type) -> None:
    table = mapper.local_table
    if isinstance(table, Table):
        for each in table.columns:
            for name, rule in limits(each):
                table.append_constraint(CheckConstraint(rule, name=name))


def limits(each: Column[Any]) -> list[tuple[str, str]]:
    """Return name and SQL of the CHECKs that a column's `info` and length ask for."""
    name, about = each.name, each.info
    rules: list[tuple[str, str]] = []
    if "codes" in about:
        listed = ", ".join(f"'{code}'" for code in about["codes"])
        rules.append((f"{name}_is_known", f"{name} IN ({listed})"))
        return rules
    if "exactly" in about:
        rules.append((f"{name}_size", f"length({name}) = {about['exactly']}"))
        return rules
    kind = getattr(each.type, "impl", each.type)
    largest = about.get("largest", kind.length if isinstance(kind, String) else None)
    if largest is not None:
        rules.append((f"{name}_size", f"length({name}) <= {largest}"))
    return rules
