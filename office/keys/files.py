"""Where the keys outside the stores lie: public halves for all, three private files for one user each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from sqlmodel import Session, select

from office.keys.errors import KeyFileInTheWay
from office.keys.names import PUBLISHED
from office.sealing.boxes import SealingKey
from office.sealing.key_files import FOR_ITS_USER_ONLY, add_to_key_file
from office.sealing.public_keys import PublicKey, PublicKeys, replace_file
from office.settings import PLACES
from office.stores.keyroom import OfficeKey

JOURNAL: Final = "key-events.jsonl"


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """The files of one office.

    Attributes:
        public_keys: public halves, readable by all.
        statistics: private, for the nightly hand-over only.
        notice: private, for the mailer only.
        release_signing: private, for the observatory only.
    """

    public_keys: Path
    statistics: Path
    notice: Path
    release_signing: Path

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Return the files with their usual names in one folder."""
        usual = {name: folder / Path(place).name for name, place in PLACES.items()}
        return cls(
            public_keys=usual["public_keys"],
            statistics=usual["statistics_key"],
            notice=usual["notice_key"],
            release_signing=usual["signing_key"],
        )

    @property
    def journal(self) -> Path:
        """What operators did with the keys, for casework to take into the timeline."""
        return self.public_keys.with_name(JOURNAL)

    @property
    def private(self) -> tuple[Path, ...]:
        """The files nobody but their service user may read."""
        return (self.statistics, self.notice, self.release_signing)

    def refuse_if_any_is_there(self) -> None:
        """Raise KeyFileInTheWay if a private key file exists already: it may be all that opens something."""
        for path in self.private:
            if path.exists():
                raise KeyFileInTheWay(file=path.name)

    def remove_private(self) -> None:
        """Take away the private files of a ceremony that came to nothing."""
        for path in self.private:
            path.unlink(missing_ok=True)

    def add_service_key(self, key_name: str, key: SealingKey) -> None:
        """Put a version of `statistics` or `notice` into its file; older versions stay."""
        path = self.statistics if key_name.startswith("statistics.") else self.notice
        add_to_key_file(path, {key_name: key})

    def write_signing_key(self, private: bytes) -> None:
        """Replace the signing key's file."""
        replace_file(self.release_signing, private, mode=FOR_ITS_USER_ONLY)


def public_halves(session: Session) -> PublicKeys:
    """Return the public halves that the public-keys file holds, as the keyroom knows them."""
    rows = session.exec(select(OfficeKey)).all()
    newest = {row.name: max(each.version for each in rows if each.name == row.name) for row in rows}
    return PublicKeys.of(
        PublicKey(
            name=row.name,
            version=row.version,
            public_key=row.public_key,
            is_active=row.retired_on is None and row.version == newest[row.name],
        )
        for row in rows
        if row.name in PUBLISHED
    )


def publish(session: Session, files: KeyFiles) -> None:
    """Replace the public-keys file in one step by what the keyroom knows.

    To be called **after** the commit of the act that made a key: a public half published before its
    private half is kept would seal to nobody.
    """
    public_halves(session).save(files.public_keys)
