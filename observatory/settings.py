"""What the observatory's process is told by its environment, and nothing more."""

from pathlib import Path

from pydantic import Field

from office.settings import ProcessSettings, place_in, usual_place, usual_store


class ObservatorySettings(ProcessSettings):
    """Settings of `python -m observatory`.

    Attributes:
        facts_url: address of the facts; the role is `observatory`.
        shelf: folder that holds one folder for each shelf.
        signing_key: file of the private key that signs releases.
        public_keys: file of public halves, to check releases signed with an older key; may be missing.
    """

    facts_url: str = Field(default_factory=usual_store("facts"))
    shelf: Path = Field(default_factory=usual_place("shelf"))
    signing_key: Path = Field(default_factory=usual_place("signing_key"))
    public_keys: Path = Field(default_factory=usual_place("public_keys"))

    @property
    def drafts(self) -> Path:
        """Return where drafts wait for somebody to look at them."""
        return place_in(self.home, "drafts")
