"""By which post a notice goes: mail, or a gateway for text messages. Neither is told who the office is.

The sender, the subject and the text are neutral, and so are the names a mail carries in its head: the machine
calls itself after the sender's domain.
"""

import http.client
import json
import smtplib
import ssl
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from casework.notices.errors import PostClosed
from casework.notices.settings import MailerSettings, MailSettings
from office.handover.notice import NEWS, NEWS_AND_HOW
from office.languages import Language

SECONDS: Final = 20.0
"""How long one answer of a server is waited for."""


class Answer(StrEnum):
    """What a post said to one notice. What nobody can know counts as not taken."""

    TAKEN = "taken"
    NOT_TAKEN = "not taken"
    REFUSED = "refused"
    """Not taken, and the server says that it never will be."""


class Post(Protocol):
    """A way to tell somebody."""

    def open(self) -> None:
        """Make ready to send; raise PostClosed."""
        ...  # a protocol has no body

    def tell(self, to: str, language: Language, at: datetime) -> Answer:
        """Tell one person, in their language; raise PostClosed if nothing can have been sent."""
        ...  # a protocol has no body

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        ...  # a protocol has no body


def posts_of(settings: MailerSettings) -> dict[str, Post]:
    """Return the ways this office has, by the kind of address."""
    posts: dict[str, Post] = {}
    if settings.mail_server:
        posts["email"] = MailPost(settings)
    if settings.sms_gateway:
        posts["sms"] = SmsPost(settings)
    return posts


class MailPost:
    """A mail server, asked once for a whole round."""

    def __init__(self, settings: MailSettings) -> None:
        self.settings = settings
        self.domain = settings.mail_from.rpartition("@")[2]
        self.server: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, encrypt and sign in; raise PostClosed."""
        if self.server is not None:
            return
        try:
            self._connect()
        except (OSError, smtplib.SMTPException) as error:  # no certificate that fits is an OSError too
            self.close()
            raise PostClosed(post="mail", why=type(error).__name__) from None

    def _connect(self) -> None:
        told = self.settings
        where = (told.mail_server, told.mail_port)
        context = ssl.create_default_context(cafile=told.mail_ca)
        if told.mail_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, local_hostname=self.domain, timeout=SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(*where, local_hostname=self.domain, timeout=SECONDS)
        self.server = server  # so that it is let go of, whatever comes next
        if told.mail_security == "starttls":
            server.starttls(context=context)
        if told.mail_user:
            server.login(told.mail_user, secret_in(told.mail_password))

    def tell(self, to: str, language: Language, at: datetime) -> Answer:
        """Tell one person that there is news."""
        return self.send(self.written(to, language, at), to)

    def send(self, mail: EmailMessage, to: str) -> Answer:
        """Send one mail; raise PostClosed if nothing can have been sent."""
        self.open()
        try:
            if self.server is not None:
                self.server.sendmail(self.settings.mail_from, [to], mail.as_bytes())
                return Answer.TAKEN
        except smtplib.SMTPRecipientsRefused as error:
            self._begin_anew()
            return _refusal(code for code, _ in error.recipients.values())
        except smtplib.SMTPDataError as error:
            self._begin_anew()
            return _refusal([error.smtp_code])
        except smtplib.SMTPResponseException:  # of the sender or the connection: a setting may be mended
            self._begin_anew()
        except (OSError, smtplib.SMTPException):
            self.close()
        return Answer.NOT_TAKEN

    def written(self, to: str, language: Language, at: datetime) -> EmailMessage:
        """Return the mail that there is news, as it is sent."""
        return self.letter(to, at, language.gettext(NEWS), language.gettext(NEWS_AND_HOW))

    def letter(self, to: str, at: datetime, subject: str, text: str) -> EmailMessage:
        """Return a mail as it is sent."""
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = self.settings.mail_from, to
        mail["Subject"] = subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = make_msgid(domain=self.domain)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text, cte="base64")
        return mail

    def _begin_anew(self) -> None:
        try:
            if self.server is not None:
                self.server.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def close(self) -> None:
        """Say goodbye."""
        server, self.server = self.server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()


class SmsPost:
    """A gateway that takes `{"to": …, "text": …}` by POST; redirections are not followed."""

    def __init__(self, settings: MailerSettings) -> None:
        self.settings = settings
        self.where = urlsplit(settings.sms_gateway)
        query = f"?{self.where.query}" if self.where.query else ""
        self.path = f"{self.where.path or '/'}{query}"

    def open(self) -> None:
        """Nothing is held open between two messages."""

    def close(self) -> None:
        """Nothing is held open between two messages."""

    def tell(self, to: str, language: Language, at: datetime) -> Answer:
        """Hand one text message to the gateway."""
        del at
        body = json.dumps({"to": to, "text": language.gettext(NEWS_AND_HOW)}, ensure_ascii=False)
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self.settings.sms_token is not None:
            headers["Authorization"] = f"Bearer {secret_in(self.settings.sms_token)}"
        link = self._link()
        try:
            link.connect()
        except OSError as error:
            link.close()
            raise PostClosed(post="sms", why=type(error).__name__) from None
        try:
            link.request("POST", self.path, body.encode(), headers)
            status = link.getresponse().status
        except (OSError, http.client.HTTPException):
            return Answer.NOT_TAKEN
        finally:
            link.close()
        return Answer.TAKEN if 200 <= status < 300 else Answer.NOT_TAKEN

    def _link(self) -> http.client.HTTPConnection:
        host, port = self.where.hostname or "", self.where.port
        if self.where.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)
        return http.client.HTTPConnection(host, port, timeout=SECONDS)


def _refusal(codes: Iterable[int]) -> Answer:
    """Return what the codes of a server mean: from 500 on it refuses for good, below for the moment."""
    return Answer.REFUSED if all(code >= 500 for code in codes) else Answer.NOT_TAKEN


def secret_in(path: Path | None) -> str:
    """Return the word kept in a file; raise PostClosed without it."""
    try:
        return path.read_text("utf-8").strip() if path is not None else ""
    except OSError:
        raise PostClosed(post="password file") from None
