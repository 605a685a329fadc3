"""What can go wrong when somebody is to be reached."""

from typing import Self

from office.errors import Conflict


class WayNotSafe(Conflict):
    """The person is not reached by this way: they said never, or nobody has asked.

    Attributes:
        way: the way that was wanted.
        is_never: somebody said "never"; otherwise nobody has said anything of it.
        instead: the ways that are safe, each with its own rule.
    """

    code = "way_not_safe"
    sentence = "The person is not reached by this way. See Safe contact, on the page of the case."
    way: str = ""
    is_never: bool = False
    instead: tuple[str, ...] = ()

    @classmethod
    def of(cls, reference: str, way: str, *, is_never: bool, instead: tuple[str, ...]) -> Self:
        """Return the error for one way of one case."""
        error = cls(case=reference, way=way)
        error.way, error.is_never, error.instead = way, is_never, instead
        return error
