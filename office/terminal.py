"""How a command ends at a terminal: an exit code, and for an expected error one plain sentence.

0  done
1  not done, for the reason on standard error
2  wrong options, or a setting that is not as it should be
3  done for some: to do it again would do it twice for them
"""

import sys
from collections.abc import Callable
from typing import Final

from pydantic import ValidationError

from office.errors import Invalid, OfficeError
from office.settings import PREFIX

DONE: Final = 0
NOT_DONE: Final = 1
WRONG_OPTIONS: Final = 2
PARTLY_DONE: Final = 3
"""What an error that ends a command so has as its `ends_with`."""
LAST_LINES: Final = "last_lines"
"""Name of a detail that is shown below the sentence: the last lines a process said."""


class SettingWrong(Invalid):
    """A setting in the process's environment is not of the kind it should be."""

    code = "setting_wrong"
    sentence = "A setting of this process is wrong."


def ended(act: Callable[[], object]) -> int:
    """Do what a command does and return its exit code; an expected error is told on standard error."""
    try:
        act()
    except OfficeError as error:
        tell(error)
        return error.ends_with
    except ValidationError as error:
        if not error.title.endswith("Settings"):
            raise
        names = ", ".join(PREFIX + str(one["loc"][0]).upper() for one in error.errors() if one["loc"])
        tell(SettingWrong(setting=names))
        return WRONG_OPTIONS
    except KeyboardInterrupt:
        return NOT_DONE
    return DONE


def tell(error: OfficeError) -> None:
    """Write an expected error to standard error as a person reads it."""
    sys.stderr.write(f"{told(error)}\n")
    sys.stderr.flush()


def told(error: OfficeError) -> str:
    """Return the error's sentence with what it is about, and below it the last lines of a process, if any."""
    about = ", ".join(f"{name}: {value}" for name, value in error.detail.items() if name != LAST_LINES)
    last_lines = error.detail.get(LAST_LINES, "")
    return error.for_operators + (f" ({about})" if about else "") + (f"\n{last_lines}" if last_lines else "")
