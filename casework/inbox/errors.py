"""What can go wrong with a report in the inbox."""

from collections.abc import Mapping

from office.errors import Conflict, NotFound


class ReportNotFound(NotFound):
    """No such report, or not for you."""

    code = "report_not_found"


class ReportAlreadySettled(Conflict):
    """Somebody took the report up, or decided not to, in the meantime."""

    code = "report_already_settled"
    sentence = "Somebody has settled this report in the meantime. Nothing was changed."


class AdviceNotWanted(Conflict):
    """The person asked to be counted and nothing else; staff alone do not make a case of it."""

    code = "advice_not_wanted"
    sentence = (
        "This person did not ask for advice. Without their consent the report stays a record "
        "and does not become a case."
    )


class NotAllTakenUp(Conflict):
    """Of some of the reports no case can be made, so none is. `refused` says which and why, by number."""

    code = "not_all_taken_up"

    def __init__(self, refused: Mapping[str, str]) -> None:
        super().__init__(reports=str(len(refused)))
        self.refused = refused
