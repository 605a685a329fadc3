"""Why something is done that needs a reason. Codes, not words, because the timeline holds codes only."""

from typing import Final

from office.languages import mark

FOR_THE_CONTACT: Final = {
    "answer": mark("To answer or call back"),
    "appointment": mark("To agree an appointment"),
    "safety": mark("Because somebody may be in danger"),
    "referral": mark("To pass the case on, as the person agreed"),
    "correct": mark("To correct it at the person's wish"),
}
FOR_REOPENING: Final = {
    "new_facts": mark("Something new happened or came to light"),
    "reprisal": mark("Reprisals for having complained"),
    "not_kept": mark("What was agreed or ordered is not done"),
    "wish": mark("The person wishes it"),
    "mistake": mark("It was closed by mistake"),
}
FOR_ANOTHER_ADVISER: Final = {
    "load": mark("Too much work"),
    "absence": mark("Absence"),
    "language": mark("Another language is needed"),
    "subject": mark("Another subject is needed"),
    "conflict": mark("Conflict of interest"),
    "wish": mark("The person wishes it"),
}
