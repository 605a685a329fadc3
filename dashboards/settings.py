"""What the dashboards are told, and what they refuse to be told.

They may know where the shelf stands and which public keys sign it. An address of a database in their
environment is a mistake of whoever started them, and they do not start.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import Field

from office.errors import Refused
from office.languages import mark
from office.settings import ProcessSettings, usual_place

_NAMES: Final = re.compile(
    r"^(CONVIVENCIA_.*_(URL|KEY|DSN)|(.*_)?(DATABASE|DB|POSTGRES(QL)?|SQLALCHEMY|MAILBOX|CASEWORK|FACTS)"
    r"(_[A-Z]+)*_?(URL|URI|DSN)|PG(HOST|HOSTADDR|USER|PASSWORD|PASSFILE|SERVICE|SERVICEFILE|DATABASE))$"
)
_VALUES: Final = re.compile(r"(postgres(ql)?|sqlite|mysql|mariadb|mssql|oracle)(\+\w+)?:", re.IGNORECASE)


class DatabaseAddressFound(Refused):
    """The environment holds an address of a database, or a key that is none of the dashboards' business."""

    code = "database_address_found"
    sentence = mark("The dashboards must not know any database or secret key, so they did not start.")


def refuse_databases(environment: Mapping[str, str]) -> None:
    """Raise DatabaseAddressFound if a name or value of the environment looks like a database or secret key.

    Only the variable's name is told, never its value.
    """
    for name, value in environment.items():
        if _NAMES.match(name.upper()) or _VALUES.match(value.strip()):
            raise DatabaseAddressFound(variable=name)


class DashboardSettings(ProcessSettings):
    """What the dashboards know.

    Attributes:
        shelf: folder with one folder per shelf.
        public_keys: file of public halves.
        port: where they answer, on this machine only.
    """

    shelf: Path = Field(default_factory=usual_place("shelf"))
    public_keys: Path = Field(default_factory=usual_place("public_keys"))
    port: int = Field(default=8003, ge=1, le=65535)
