"""What the desk's web process is told."""

from pathlib import Path

from office.settings import ProcessSettings


class CaseworkSettings(ProcessSettings):
    """Settings of the desk and of its commands.

    Attributes:
        casework_url: address of the casework store.
        public_keys: public halves of the office's keys; `keys/public-keys.json` of the home if not named.
        heads: folder of the timeline's signed heads; `heads` of the home if not named.
        port: where the desk listens on this machine.
    """

    casework_url: str
    public_keys: Path | None = None
    heads: Path | None = None
    port: int = 8002

    @property
    def public_keys_file(self) -> Path:
        """The file of public halves."""
        return self.public_keys or self.home / "keys" / "public-keys.json"

    @property
    def heads_folder(self) -> Path:
        """The folder of the timeline's signed heads, outside the database."""
        return self.heads or self.home / "heads"
