"""`python -m casework mail`: the mailer, with the `notice` key and nothing else of what people told."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from casework.notices.posts import posts_of
from casework.notices.settings import MailerSettings
from casework.notices.telling import Round, Told
from casework.rounds import go_round
from office.sealing.key_files import load_key_file
from office.stores.engines import open_store, sessions
from office.vocabulary import load_city


class Mailer:
    """The mailer with its door open."""

    def __init__(self, settings: MailerSettings) -> None:
        self.settings = settings
        self.zone = load_city(settings.city).zone
        self.clock = settings.clock()
        self.sessions = sessions(open_store(settings.casework_url, role="mailer", store="casework"))

    def round(self) -> Told:
        """Tell everybody who waits for it.

        Raises:
            StoreUnavailable, KeyFileMissing, PostClosed: nobody's turn is lost.
        """
        keys = load_key_file(self.settings.notice_key)
        posts = posts_of(self.settings)
        return Round(self.sessions, keys, posts, clock=self.clock, zone=self.zone).go()


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    command = subparsers.add_parser("mail", help="tell people who wished it that there is news")
    command.add_argument("--every", type=float, metavar="SECONDS", help="go on, once every so often")
    command.set_defaults(run=run)


def run(given: Namespace) -> None:
    """Make one round, or go on until told to stop; of several alike only the first is said."""
    settings = MailerSettings()
    mailer = Mailer(settings)
    if not settings.has_post:
        print("no mail server set: notices wait", flush=True)
    said: Told | None = None

    def tell_once() -> None:
        nonlocal said
        done = mailer.round()
        if done != said and (settings.has_post or done.without_post):
            print(done, flush=True)
        said = done

    go_round(tell_once, every=given.every)
