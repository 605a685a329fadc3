"""What the desk's processes are told."""

from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from casework.notices.settings import is_this_machine
from office.settings import ProcessSettings, usual_place, usual_store

NO_ISSUER: Final = "an address without user, query or fragment"
IN_THE_OPEN: Final = "only on this machine may the provider be asked without encryption"
NOT_WHOLE: Final = "a sign-in of the city needs OIDC_CLIENT_ID and DESK_AT too"


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
        oidc_issuer: address of the provider of the city's own sign-in, exactly as it names itself; without
            one there is none. Beyond this machine only `https`.
        oidc_client_id: what that provider calls this desk.
        oidc_client_secret: file with the desk's secret there, if it has one.
        oidc_label: what its button calls it, for example "your account of the city".
        oidc_ca: file of the authority that signed the provider's certificate, if it is not a public one.
    """

    casework_url: str = Field(default_factory=usual_store("casework"))
    public_keys: Path = Field(default_factory=usual_place("public_keys"))
    heads: Path = Field(default_factory=usual_place("heads"))
    desk_at: str = Field(default="", pattern=r"^(https://[a-z0-9.-]+(:\d+)?|http://localhost(:\d+)?)?$")
    residents_at: str = Field(default="", pattern=r"^(https?://[A-Za-z0-9.:-]+/?)?$")
    port: int = Field(default=8002, ge=1, le=65535)
    oidc_issuer: str = Field(default="", max_length=255)
    oidc_client_id: str = Field(default="", max_length=255)
    oidc_client_secret: Path | None = None
    oidc_label: str = Field(default="", max_length=60)
    oidc_ca: Path | None = None

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.query or parts.fragment or parts.username is not None or not parts.hostname):
            raise ValueError(NO_ISSUER)
        if value and parts.scheme != "https" and not is_this_machine(parts.hostname or ""):
            raise ValueError(IN_THE_OPEN)
        return value

    @model_validator(mode="after")
    def _sign_in_of_the_city_is_whole(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client_id and self.desk_at):
            raise ValueError(NOT_WHOLE)
        return self
