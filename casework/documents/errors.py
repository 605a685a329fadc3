"""What can go wrong with the documents of a case."""

from office.errors import Conflict, Invalid, NotFound


class DocumentNotFound(NotFound):
    """The case has no document of this number."""

    code = "document_not_found"


class AlreadyVoid(Conflict):
    """Somebody was faster."""

    code = "document_already_void"


class KindNotTaken(Invalid):
    """What the file is by its first bytes is none of the kinds that are taken."""

    code = "document_kind_not_taken"
