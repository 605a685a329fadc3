"""What can go wrong with a mediation."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, NotFound, Refused


class MediationNotFound(NotFound):
    """No such mediation, or not for you."""

    code = "mediation_not_found"


class MediationChanged(CaseChanged):
    """Somebody noted a step since the page was shown."""

    code = "mediation_changed"


class MediationRefused(Conflict):
    """A guard keeps a mediation where it is; the detail `guard` says which of `rules.GUARDS`."""

    code = "mediation_step_refused"
    sentence = "This step cannot be noted now. The page of the mediation says what is missing."


class MediationBarred(Refused):
    """The law, or a rule of the office, keeps this case from mediation; `bars` names the codes."""

    code = "mediation_barred"
    sentence = "This case cannot be mediated. The page of the mediation names the article."


class MediationOpen(Conflict):
    """A case with an open mediation is not closed by itself."""

    code = "mediation_open"
    sentence = (
        "A mediation of this case is still open: note how it ended, "
        "or have a supervisor close the case with a reason."
    )
