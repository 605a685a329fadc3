"""What the residents' service is told by its environment."""

from pathlib import Path

from pydantic import Field

from office.settings import ProcessSettings, usual_place, usual_store


class IntakeSettings(ProcessSettings):
    """What the residents' service knows.

    Attributes:
        mailbox_url: address of the mailbox; on PostgreSQL its user is the role `intake`.
        public_keys: file of the office's public keys.
        notice_kinds: how the office's mailer can say "you have news": `email`, `sms`, both or neither.
        posts_per_second: what one neighbourhood of addresses may send for long; 0 means any amount.
        virus_scanner: where clamd listens on this machine: a socket's path, or `127.0.0.1:3310`; empty: none.
        free_for_files: part of an embedded mailbox's disk that stays free of files.
        free_for_reports: part of it below which nothing is taken at all.
    """

    mailbox_url: str = Field(default_factory=usual_store("mailbox"))
    public_keys: Path = Field(default_factory=usual_place("public_keys"))
    port: int = Field(default=8001, ge=1, le=65535)
    notice_kinds: str = "email sms"
    posts_per_second: float = Field(default=6.0, ge=0)
    virus_scanner: str = ""
    free_for_files: float = Field(default=0.1, ge=0, lt=1)
    free_for_reports: float = Field(default=0.02, ge=0, lt=1)
