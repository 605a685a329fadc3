"""What the observatory's process is told by its environment, and nothing more."""

from pathlib import Path

from office.settings import ProcessSettings


class ObservatorySettings(ProcessSettings):
    """Settings of `python -m observatory`.

    Attributes:
        facts_url: address of the facts; the role is `observatory`.
        shelf: folder that holds one folder for each shelf.
        signing_key: file of the private key that signs releases.
        public_keys: file of public halves, to check releases signed with an older key; may be missing.
    """

    facts_url: str = "sqlite:///var/stores/facts.db"
    shelf: Path = Path("var/shelf")
    signing_key: Path = Path("var/keys/release-signing.key")
    public_keys: Path | None = None

    @property
    def drafts(self) -> Path:
        """Return where drafts wait for somebody to look at them."""
        return self.home / "drafts"
