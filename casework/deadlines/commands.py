"""`python -m casework weekly-mail` and `remind`: counts by mail, for supervisors and for advisers."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import Final

from pydantic import ValidationInfo, field_validator

from casework.deadlines.errors import MailNotTaken
from casework.deadlines.reminder_round import Round, Sent
from casework.deadlines.weekly import SUBJECT, week_of
from casework.notices.errors import PostClosed
from casework.notices.posts import Answer, MailPost
from casework.notices.settings import MailSettings
from casework.rounds import go_round
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
    """Register the commands."""
    command = subparsers.add_parser("weekly-mail", help="send supervisors the week's count of deadlines")
    command.set_defaults(run=run)
    reminding = subparsers.add_parser("remind", help="remind advisers by mail of last days that come near")
    reminding.add_argument("--every", type=float, metavar="SECONDS", help="go on, once every so often")
    reminding.set_defaults(run=remind)


def run(_given: Namespace) -> None:
    """Count, and send one mail to each address.

    Raises:
        StoreUnavailable, PostClosed: nothing was sent.
        MailNotTaken: somebody did not get it; the others did, or may have.
    """
    settings = WeeklySettings()
    city, now = load_city(settings.city), settings.clock().now()
    store = open_store(settings.casework_url, role="weekly", store="casework")
    with sessions(store)() as session:
        week = week_of(session, day_in(city.zone, now), city)
    tongue, post = language(settings.weekly_language, "staff"), MailPost(settings)
    subject, text, refused = tongue.gettext(SUBJECT), week.told(tongue), 0
    try:
        for place, to in enumerate(settings.weekly_to.split()):
            try:
                answer = post.send(post.letter(to, now, subject, text), to)
            except PostClosed:
                if not place:
                    raise
                answer = Answer.NOT_TAKEN  # those before may have it, and are not to get it twice
            refused += answer is not Answer.TAKEN
    finally:
        post.close()
    if refused:
        raise MailNotTaken(count=str(refused))
    print("the weekly mail was sent", flush=True)


def remind(given: Namespace) -> None:
    """Make one round, or go on until told to stop; of several alike only the first is said.

    Raises:
        PostClosed, StoreUnavailable: nobody's turn is lost.
    """
    settings = MailSettings()
    if not settings.mail_server:
        print("no mail server set: nobody is reminded by mail", flush=True)
        return
    one = Round(
        sessions(open_store(settings.casework_url, role="reminder", store="casework")),
        MailPost(settings),
        settings.clock(),
        load_city(settings.city),
        settings.demo,
    )
    said: Sent | None = None

    def tell_once() -> None:
        nonlocal said
        done = one.go()
        if done != said:
            print(done, flush=True)
        said = done

    go_round(tell_once, every=given.every)
