"""Why a receipt cannot be issued again."""

from office.errors import Conflict


class CannotReissue(Conflict):
    """No contact was left, or there never was a receipt: nothing tells who asks."""

    code = "cannot_reissue"
    sentence = (
        "This receipt cannot be issued again: the person left no way to be reached, so nobody can know "
        "who asks. They can report again and name this number."
    )
