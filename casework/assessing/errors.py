"""What can go wrong with a sheet of a case."""

from casework.cases.errors import CaseChanged
from office.errors import NotFound


class SheetNotFound(NotFound):
    """No such sheet, version or indication in this case, or it is not theirs to write."""

    code = "sheet_not_found"


class SheetChanged(CaseChanged):
    """Somebody wrote a newer version of the sheet since the page was shown; nothing was overwritten."""

    code = "sheet_changed"
