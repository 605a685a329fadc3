"""What can go wrong when two reports are linked."""

from office.errors import NotFound


class LinkNotFound(NotFound):
    """Nothing says that these two belong together, or one of them is not yours to open."""

    code = "link_not_found"
