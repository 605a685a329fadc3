"""Where somebody is told that there is news, sealed for the mailer alone, and all that is ever said there."""

import re
from typing import Final, Literal

from office.handover.codes import LanguageTag
from office.handover.report import Sealable, ShortText
from office.languages.marking import mark
from office.languages.registry import digits_read

PLAIN_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'/=~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
PLAIN_NUMBER: Final = re.compile(r"\+?[0-9]{6,15}")
BETWEEN_DIGITS: Final = re.compile(r"[\s().-]")

NEWS: Final = mark("You have news")
NEWS_AND_HOW: Final = mark("You have news. Come back the way you know.")
"""All that a notice ever says: no office, no matter, no number, no link."""

ANOTHER_ADVISER: Final = mark(
    "Another adviser of the office looks after your case from today. "
    "You need do nothing: write to us here as before."
)
"""What a person reads with their receipt when their case has changed hands and the office tells them."""

CONTACT_NOTED: Final = mark(
    "The office noted how to reach you, as it was told. If that was not you, write to us here at once."
)
NOTICES_ENDED: Final = mark(
    "No notices go any more to the address you left for them. You can leave one again here."
)
CONSENTS_NOTED: Final = mark(
    "The office noted what you agree to now, as it was told. "
    "This page shows it. If it is not so, change it here or write to us."
)
"""What a person reads with their receipt when the office wrote down what they said without it."""

OUTSIDE_ROUTE: Final = mark(
    "Your case is about the city itself. "
    "In this office only people who do not depend on the service concerned can read it."
)
OUTSIDE_CHOICE: Final = mark(
    "You can also complain to somebody outside the city. It is free. You choose, and you can do both. "
    "Some only take what happened less than a year ago. Some ask for your name."
)
OUTSIDE_UNCHECKED: Final = mark("Check these contacts before you go: we could not confirm all of them yet.")
OUTSIDE_HELP: Final = mark("If you want, we help you to write to them. Answer us here.")
"""What a person reads with their receipt when their case is against the city: where else to complain."""


class NoticeAddress(Sealable):
    """Where to say "you have news", and nothing more: sealed to `notice`."""

    kind: Literal["email", "sms"]
    value: ShortText
    language: LanguageTag

    @property
    def goes_to(self) -> str | None:
        """The address or number as it is dialled, or None if it cannot be one: never two, never a header."""
        if self.kind == "email":
            return self.value if PLAIN_EMAIL.fullmatch(self.value) else None
        dialled = BETWEEN_DIGITS.sub("", digits_read(self.value))
        dialled = f"+{dialled[2:]}" if dialled.startswith("00") else dialled
        return dialled if PLAIN_NUMBER.fullmatch(dialled) else None
