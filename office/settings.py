"""What a process is told by its own environment, and nothing more.

Each package extends `ProcessSettings` with the few addresses and key files its processes need; the
launcher gives each child only those names.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from office.clock import Clock, SetClock, SystemClock
from office.errors import OfficeError

PREFIX: Final = "CONVIVENCIA_"
PLACES: Final[Mapping[str, str]] = {
    "public_keys": "keys/public-keys.json",
    "statistics_key": "keys/statistics.key",
    "notice_key": "keys/notice.key",
    "signing_key": "keys/release-signing.key",
    "shelf": "shelf",
    "heads": "heads",
    "drafts": "drafts",
}
"""Where things lie below the home, by the setting that can name another place."""


class DemonstrationOnly(OfficeError):
    """Demonstration keys, staff, data or time were found without `--demo`."""

    code = "demonstration_only"
    sentence = "This belongs to the demonstration and is refused without --demo."


def store_in(home: Path, store: str) -> str:
    """Return the address of an embedded store below `home`."""
    return f"sqlite:///{(home / 'stores' / store).resolve()}.db"


def place_in(home: Path, name: str) -> Path:
    """Return where a thing lies below `home` when no setting names another place."""
    return home / PLACES[name]


def usual_store(store: str) -> Callable[[dict[str, Any]], str]:
    """Return the default of a setting `<store>_url`: the embedded store below the home."""
    return lambda told: store_in(told["home"], store)


def usual_place(name: str) -> Callable[[dict[str, Any]], Path]:
    """Return the default of a setting that names a file or folder: its place below the home."""
    return lambda told: place_in(told["home"], name)


class ProcessSettings(BaseSettings):
    """What every process knows.

    Attributes:
        home: folder of the embedded stores, keys and releases.
        city: name of a shipped city folder, or the path of one.
        demo: invented data and staff are allowed, and every page says so.
        demo_now: instant at which a demonstration's clock stands.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    home: Path = Path("var")
    city: str = "valencia"
    demo: bool = False
    demo_now: datetime | None = None

    @model_validator(mode="after")
    def _time_is_set_only_for_show(self) -> Self:
        if self.demo_now is not None and not self.demo:
            raise DemonstrationOnly(setting="demo_now")
        return self

    def clock(self) -> Clock:
        """Return the clock this process goes by."""
        if self.demo_now is None:
            return SystemClock()
        return SetClock(self.demo_now.astimezone(UTC))
