"""Work that is done once, or again and again until the process is told to stop."""

import threading
from collections.abc import Callable

from office.errors import OfficeError
from office.launcher import on_ctrl_c
from office.terminal import tell


def go_round(act: Callable[[], None], *, every: float | None) -> None:
    """Do one round of `act`; with `every`, go on, one round each so many seconds, until told to stop.

    When going on, an expected error is told and the next round tries again: the stores may be back by then,
    and nothing is lost meanwhile.
    """
    if every is None:
        act()
        return
    stopping = threading.Event()
    on_ctrl_c(stopping)
    while not stopping.is_set():
        try:
            act()
        except OfficeError as error:
            tell(error)
        stopping.wait(every)
