"""How a form of the desk is checked: what was typed in, values and corrections out.

A correction is a sentence by field name; the page is shown again with it and with everything typed. So it is
with the number of a document in a text, until whoever writes says whether it is taken out or left in.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

from office.identity_numbers import numbers_in, removed
from office.languages import Language, mark
from office.languages.registry import digits_read
from office.web.forms import Form

LONGEST_TEXT: Final = 20_000
LONGEST_NOTE: Final = 40_000
"""Characters of a note for the office: four thousand words fit in every language of the city."""
NUMBERS: Final = "numbers"
"""The field that says what becomes of a document's number in the text: `remove` or `keep`."""

CHOOSE_ONE: Final = mark("Choose one of these.")
CHOOSE_SOME: Final = mark("Choose at least one of these.")
NOT_ON_THE_LIST: Final = mark("One of the choices is not on the list any more. Please choose again.")
WRITE_SOMETHING: Final = mark("Write something first.")
TOO_LONG: Final = mark("This is too long: %(count)s characters, and %(most)s fit.")
NO_SUCH_DAY: Final = mark("There is no such day. Write day, month and year in numbers, for example 5 3 2027.")
DAY_IS_PAST: Final = mark("This day is past. Choose today or a later day.")
DAY_IS_TO_COME: Final = mark("This day is still to come. Write today or an earlier day.")
TOO_LONG_AGO: Final = mark("This day is more than ten years ago.")
TOO_FAR: Final = mark("This day is more than two years away.")

MOST_DAYS_AHEAD: Final = 731
MOST_DAYS_BACK: Final = 3653
FIRST_YEAR, LAST_YEAR = 1950, 2199


class Checked:
    """The values of one form, what must be corrected, and which numbers of documents must be decided on.

    Attributes:
        corrections: a sentence for each field that is not right.
        numbers: for each text, the numbers of documents in it that nobody has decided on yet.
    """

    def __init__(self, form: Form, language: Language) -> None:
        self.form = form
        self.corrections: dict[str, str] = {}
        self.numbers: dict[str, list[str]] = {}
        self._text, self._number = language.gettext, language.number

    @property
    def is_right(self) -> bool:
        """Say whether what was typed can be kept as it is."""
        return not self.corrections and not self.numbers

    def wrong(self, name: str, sentence: str, **values: object) -> None:
        """Note a correction; the first one of a field stays."""
        self.corrections.setdefault(name, self._text(sentence, **values))

    def one(self, name: str, allowed: Collection[str]) -> str:
        """Return the one code chosen."""
        chosen = self.form.one(name)
        if not chosen:
            self.wrong(name, CHOOSE_ONE)
        elif chosen not in allowed:
            self.wrong(name, NOT_ON_THE_LIST)
        return chosen

    def some(self, name: str, allowed: Collection[str], *, needed: bool = True) -> tuple[str, ...]:
        """Return the codes chosen."""
        chosen = tuple(dict.fromkeys(code for code in self.form.all(name) if code))
        if needed and not chosen:
            self.wrong(name, CHOOSE_SOME)
        if any(code not in allowed for code in chosen):
            self.wrong(name, NOT_ON_THE_LIST)
        return chosen

    def text(
        self, name: str, *, needed: bool = True, most: int = LONGEST_TEXT, ask: str = WRITE_SOMETHING
    ) -> str:
        """Return what was written, without the blanks around it.

        Numbers of documents are taken out, or left in, or noted in `numbers`, as the form says. `ask` is what
        somebody is told who wrote nothing.
        """
        written = self._decided(name, self.form.one(name).strip())
        if needed and not written:
            self.wrong(name, ask)
        if len(written) > most:
            self.wrong(name, TOO_LONG, count=self._number(len(written)), most=self._number(most))
        return written

    def _decided(self, name: str, written: str) -> str:
        found, choice = numbers_in(written), self.form.one(NUMBERS)
        if found and choice == "remove":
            written = removed(written)
            self.form[name] = [written]
        elif found and choice != "keep":
            self.numbers[name] = found
        return written

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """Return the day written in three fields; it may be past."""
        parts = [digits_read(self.form.one(f"{name}-{part}").strip()) for part in ("year", "month", "day")]
        if not any(parts) and not needed:
            return None
        try:
            day = date(*(int(part) for part in parts))
        except ValueError:
            self.wrong(name, NO_SUCH_DAY)
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.wrong(name, NO_SUCH_DAY)
            return None
        return day

    def day_ahead(self, name: str, today: date) -> date | None:
        """Return the day written in three fields, which may be left empty; it is today or later."""
        day = self.day(name, needed=False)
        if day is not None and day < today:
            self.wrong(name, DAY_IS_PAST)
        elif day is not None and (day - today).days > MOST_DAYS_AHEAD:
            self.wrong(name, TOO_FAR)
        return day

    def day_back(self, name: str, today: date) -> date | None:
        """Return the day written in three fields, which may be left empty; it is today or earlier."""
        day = self.day(name, needed=False)
        if day is not None and day > today:
            self.wrong(name, DAY_IS_TO_COME)
        elif day is not None and (today - day).days > MOST_DAYS_BACK:
            self.wrong(name, TOO_LONG_AGO)
        return day

    def version(self, name: str = "version") -> int:
        """Return the version of the case the page was made from; 0, which never fits, if it is missing."""
        written = self.form.one(name)
        return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0
