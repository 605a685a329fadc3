"""What the desk's processes are told."""

from pathlib import Path

from pydantic import Field

from office.settings import ProcessSettings, usual_place, usual_store


class CaseworkSettings(ProcessSettings):
    """Settings of the desk and of its commands.

    Attributes:
        casework_url: address of the casework store.
        public_keys: public halves of the office's keys.
        heads: folder of the timeline's signed heads, outside the database.
        desk_at: address under which staff reach this desk (`https://desk.example.org`), for passkeys; none
            are taken without it.
        residents_at: address of the residents' pages, for the links that sign an association in.
        port: where the desk listens on this machine.
    """

    casework_url: str = Field(default_factory=usual_store("casework"))
    public_keys: Path = Field(default_factory=usual_place("public_keys"))
    heads: Path = Field(default_factory=usual_place("heads"))
    desk_at: str = Field(default="", pattern=r"^(https://[a-z0-9.-]+(:\d+)?|http://localhost(:\d+)?)?$")
    residents_at: str = Field(default="", pattern=r"^(https?://[A-Za-z0-9.:-]+/?)?$")
    port: int = Field(default=8002, ge=1, le=65535)
