"""What can go wrong with a referral."""

from casework.cases.errors import CaseChanged
from office.errors import NotFound, Refused


class ReferralNotFound(NotFound):
    """No such referral in this case."""

    code = "referral_not_found"


class BodyNotFound(NotFound):
    """The office knows no such body."""

    code = "body_not_found"


class PackNotFound(NotFound):
    """Nothing lies at this address: it never did, or not any more."""

    code = "pack_not_found"


class ReferralChanged(CaseChanged):
    """The referral has moved on since the page was shown."""

    code = "referral_changed"


class ConsentMissing(Refused):
    """The person did not consent to this, or their consent ended."""

    code = "consent_missing"
    sentence = (
        "There is no consent of the person to this: it was not given, has ended or was taken back. "
        "Nothing was handed over."
    )
