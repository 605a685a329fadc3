"""What can go wrong with dossiers. Only staff read these sentences."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, NotFound, Refused
from office.languages import mark


class DossierNotFound(NotFound):
    """No such dossier in this case."""

    code = "dossier_not_found"


class DossierChanged(CaseChanged):
    """Somebody else changed the dossier meanwhile, or it does not go on from where it stands."""

    code = "dossier_changed"
    sentence = mark(
        "Somebody changed this dossier while you were writing. Nothing you typed is lost: "
        "compare it with what is there now."
    )


class DossierConsentMissing(Refused):
    """The person did not consent to this dossier for this recipient, or not any more."""

    code = "dossier_consent_missing"
    sentence = mark(
        "Nothing leaves the office: the person has not consented to this dossier, or not any more."
    )


class DossierEmpty(Conflict):
    """Nothing was chosen, or nobody is named to whom it goes."""

    code = "dossier_empty"
    sentence = mark("Say first to whom the dossier goes and what is in it.")


class DossierCopiesChanged(Conflict):
    """A file would go beside its copy without other people, or is left out for one that does not go."""

    code = "dossier_copies_changed"
    sentence = mark(
        "Nothing leaves the office: the files of this dossier do not fit together any more. A copy without "
        "other people is missing, or goes beside its file. Choose the files again, keep what is in it, and "
        "ask the person again."
    )
