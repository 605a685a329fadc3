"""What the residents' service is told by its environment."""

from pathlib import Path

from pydantic import Field

from office.settings import ProcessSettings


class IntakeSettings(ProcessSettings):
    """What the residents' service knows.

    Attributes:
        mailbox_url: address of the mailbox; on PostgreSQL its user is the role `intake`.
        public_keys: file of the office's public keys.
        posts_per_second: what one neighbourhood of addresses may send for long; 0 means any amount.
    """

    mailbox_url: str = ""
    public_keys: Path | None = None
    port: int = Field(default=8001, ge=1, le=65535)
    posts_per_second: float = Field(default=6.0, ge=0)

    def mailbox(self) -> str:
        """Return the mailbox's address, or that of the embedded one."""
        return self.mailbox_url or f"sqlite:///{self.home / 'mailbox.sqlite'}"

    def keys_file(self) -> Path:
        """Return where the public keys are."""
        return self.public_keys or self.home / "keys" / "public-keys.json"
