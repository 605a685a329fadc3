"""`python -m casework weekly-mail`: the supervisors' list of deadlines, as counts."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import Final

from pydantic import ValidationInfo, field_validator

from casework.deadlines.errors import MailNotTaken
from casework.deadlines.weekly import SUBJECT, week_of
from casework.notices.posts import Answer, MailPost
from casework.notices.settings import MailSettings
from office.clock import day_in
from office.handover.notice import PLAIN_EMAIL
from office.languages import language
from office.stores.engines import open_store, sessions
from office.vocabulary import load_city

NOT_AN_ADDRESS: Final = "addresses, with blanks between them"
NEEDED: Final = "needed for the weekly mail"


class WeeklySettings(MailSettings):
    """Settings of the weekly mail.

    Attributes:
        weekly_to: who gets it: addresses with blanks between them.
        weekly_language: in which language.
    """

    weekly_to: str
    weekly_language: str = "es"

    @field_validator("weekly_to")
    @classmethod
    def _addresses(cls, value: str, told: ValidationInfo) -> str:
        addresses = value.split()
        if not addresses or not all(PLAIN_EMAIL.fullmatch(one) for one in addresses):
            raise ValueError(NOT_AN_ADDRESS)
        if not told.data.get("mail_server"):
            raise ValueError(NEEDED)
        return value


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser("weekly-mail", help="send supervisors the week's count of deadlines")
    command.set_defaults(run=run)


def run(_given: Namespace) -> None:
    """Count, and send one mail to each address.

    Raises:
        StoreUnavailable, PostClosed: nothing was sent.
        MailNotTaken: somebody did not get it; the others did.
    """
    settings = WeeklySettings()
    city, now = load_city(settings.city), settings.clock().now()
    store = open_store(settings.casework_url, role="weekly", store="casework")
    with sessions(store)() as session:
        week = week_of(session, day_in(city.zone, now), city.calendar)
    tongue, post = language(settings.weekly_language, "staff"), MailPost(settings)
    subject, text, refused = tongue.gettext(SUBJECT), week.told(tongue), 0
    try:
        for to in settings.weekly_to.split():
            answer = post.send(post.letter(to, now, subject, text), to)
            refused += answer is not Answer.TAKEN
    finally:
        post.close()
    if refused:
        raise MailNotTaken(count=str(refused))
    print("the weekly mail was sent", flush=True)
