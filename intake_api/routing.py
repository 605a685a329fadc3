"""The routing of a report, carried to where its messages are sealed.

A message written before the case has a key of its own must go to the same readers as its report. The
mailbox's receipt has no column for that, and the door must not ask the person again, so the lowest bit of
the receipt's salt carries it: 127 random bits are left, and the envelope says the routing in clear anyway.
"""

from office.routing import Routing


def routed(salt: bytes, routing: Routing) -> bytes:
    """Return `salt` with `routing` in its lowest bit."""
    return salt[:-1] + bytes([(salt[-1] & 0xFE) | (routing == "city")])


def routing_in_salt(salt: bytes) -> Routing:
    """Return the routing a receipt's salt carries."""
    return "city" if salt[-1] & 1 else "normal"
