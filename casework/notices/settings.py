"""What the mailers are told: one store, and by which post their letters go."""

from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator

from office.handover.notice import PLAIN_EMAIL
from office.settings import ProcessSettings, usual_place, usual_store

NEEDED: Final = "needed beside the mail server"
IN_THE_OPEN: Final = "only on this machine may a notice go without encryption"


class MailSettings(ProcessSettings):
    """Settings of whoever sends mail.

    Attributes:
        casework_url: address of the casework store.
        mail_server: host that takes mail; empty, and mail waits.
        mail_port: its port.
        mail_security: `starttls`, `tls` from the first byte, or `none` on this machine alone.
        mail_from: the sender people see. It must tell nobody which office this is.
        mail_user: name at the mail server, if it wants one.
        mail_password: file with the password.
        mail_ca: file of the authority that signed the server's certificate, if it is not a public one.
    """

    casework_url: str = Field(default_factory=usual_store("casework"))
    mail_server: str = ""
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = Field(default="", validate_default=True)
    mail_user: str = ""
    mail_password: Path | None = None
    mail_ca: Path | None = None

    @field_validator("mail_security")
    @classmethod
    def _encrypted(cls, value: str, told: ValidationInfo) -> str:
        if value == "none" and not is_this_machine(told.data.get("mail_server", "")):
            raise ValueError(IN_THE_OPEN)
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str, told: ValidationInfo) -> str:
        if told.data.get("mail_server") and not PLAIN_EMAIL.fullmatch(value):
            raise ValueError(NEEDED)
        return value


class MailerSettings(MailSettings):
    """Settings of the mailer that tells people that there is news.

    Attributes:
        notice_key: the private file that opens addresses.
        sms_gateway: address that takes `{"to": …, "text": …}` as JSON; empty, and text messages wait.
        sms_token: file with the token that the gateway wants as `Bearer`.
    """

    notice_key: Path = Field(default_factory=usual_place("notice_key"))
    sms_gateway: str = ""
    sms_token: Path | None = None

    @field_validator("sms_gateway")
    @classmethod
    def _gateway(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and parts.scheme != "https" and not is_this_machine(parts.hostname or ""):
            raise ValueError(IN_THE_OPEN)
        return value

    @property
    def has_post(self) -> bool:
        """Whether there is any way to tell somebody."""
        return bool(self.mail_server or self.sms_gateway)


def is_this_machine(host: str) -> bool:
    """Return whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
