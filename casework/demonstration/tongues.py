"""The languages of invented staff, and two invented interpreters: one of whom has not signed yet."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.interpreters.directory import Noted, note_interpreter
from casework.interpreters.rules import ADVISES, LEVELS
from casework.interpreters.speaking import note_own_languages
from office.stores.keyroom import Staff

GREETS: Final = next(level for level in LEVELS if level != ADVISES)
SPEAKS: Final = {
    "laila": {"ar": ADVISES, "fr": ADVISES, "wo": GREETS},
    "pau": {"en": ADVISES},
    "vicent": {"en": GREETS, "ro": GREETS},
}
"""By the first part of a name for signing in: nobody advises in Wolof, so that somebody interprets."""
SIGNED_DAYS_AGO: Final = 40


def add_tongues(
    session: Session, act: Act, act_of: Callable[[Staff, date], Act], advisers: Sequence[Staff]
) -> None:
    """Note who speaks what, and who interprets."""
    for one in advisers:
        levels = SPEAKS.get(one.sign_in_name.partition(".")[0])
        if levels:
            note_own_languages(session, levels, act_of(one, act.on))
    for noted in _interpreters(act.on):
        note_interpreter(session, None, noted, act, version=0)


def _interpreters(today: date) -> tuple[Noted, ...]:
    return (
        Noted(
            name="Modou Inventado",
            is_service=False,
            language_codes=("fr", "wo"),
            kind_codes=("spoken",),
            is_in_person=True,
            is_remote=True,
            way="600 000 001 (inventado)",
            undertaking_on=today - timedelta(days=SIGNED_DAYS_AGO),
            ask_first=True,
            has_ended=False,
        ),
        Noted(
            name="Servicio de Intérpretes Inventado",
            is_service=True,
            language_codes=("ssp", "ur"),
            kind_codes=("spoken", "sign_lse", "sign_video"),
            is_in_person=False,
            is_remote=True,
            way="inventado@example.org",
            undertaking_on=None,
            ask_first=False,
            has_ended=False,
        ),
    )
