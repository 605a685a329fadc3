"""What can go wrong with the city's own sign-in. `detail` says where, for the log: never who.

What people read of it stands in `wording`: none of these is told as a problem of its own.
"""

from office.errors import Conflict, NotFound, Refused, Unavailable


class CitySignInNotFound(NotFound):
    """This desk has no sign-in of the city, or nothing is linked with it; both look like no such page."""

    code = "city_sign_in_not_found"


class CitySilent(Unavailable):
    """The city's sign-in does not answer, or too slowly."""

    code = "city_sign_in_silent"


class NotVouched(Refused):
    """What came back is not the city's word for somebody, or not for this desk, browser or moment."""

    code = "city_sign_in_not_vouched"


class LinkedAlready(Conflict):
    """An account of the city is linked with whoever asks; it is unlinked first."""

    code = "city_sign_in_linked_already"
