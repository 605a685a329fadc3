"""What each page of the desk is for a program: one small model a page, from what its template is given.

Every module here has `SHAPES`, by template; those of pages at the door, where nobody is signed in, have
`AT_THE_DOOR`. What no program is shown stands in `ONLY_FOR_PEOPLE` of its module, with why.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final

from casework.api.shown import DoorShape, Shape

MODULES: Final[tuple[ModuleType, ...]] = tuple(
    import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)
)


def _joined(what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in MODULES:
        told = getattr(module, what, {})
        if twice := found.keys() & told.keys():
            raise AssertionError(f"{what} of {module.__name__} has what another has: {sorted(twice)}")
        found.update(told)
    return found


SHAPES: Final[dict[str, Shape]] = _joined("SHAPES")
AT_THE_DOOR: Final[dict[str, DoorShape]] = _joined("AT_THE_DOOR")
ONLY_FOR_PEOPLE: Final[dict[str, str]] = _joined("ONLY_FOR_PEOPLE")
