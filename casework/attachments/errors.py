"""What can go wrong with a file that somebody sent."""

from office.errors import Conflict, NotFound


class FileNotFound(NotFound):
    """No such file in this report or case, or not for you."""

    code = "file_not_found"


class FileIncomplete(Conflict):
    """Pieces of the file are missing, or there are more than there should be."""

    code = "file_incomplete"
    sentence = "Parts of this file are missing here, so it cannot be shown. This is noted in the timeline."


class FileDamaged(Conflict):
    """What is kept is not what was sent: a piece does not open, or the SHA-256 is another."""

    code = "file_damaged"
    sentence = (
        "This file is not as it was sent: its fingerprint (SHA-256) does not match. "
        "It is not given out, and this is noted in the timeline."
    )


class FileCannotBeShown(Conflict):
    """No clean copy could be made of it, within the limits of the process that tries."""

    code = "file_cannot_be_shown"
    sentence = "No safe copy of this file could be made. Only the original can be downloaded."
