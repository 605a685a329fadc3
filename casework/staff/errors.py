"""What can go wrong at the staff door."""

from office.errors import Conflict, Invalid, NotFound, Refused, Unavailable


class NotSignedIn(Refused):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"
    sentence = "Please sign in."


class SignInFailed(Refused):
    """Name, pass-phrase or code is wrong, or there were too many tries: one cannot tell which."""

    code = "sign_in_failed"
    sentence = (
        "We could not sign you in. Check the name, the pass-phrase and the code. "
        "After five wrong tries you have to wait a few minutes."
    )


class InvitationNotUsable(Invalid):
    """The invitation is unknown, used, out of date, or for another name: one cannot tell which."""

    code = "invitation_not_usable"
    sentence = (
        "This invitation cannot be used. Check the name and the code; "
        "if it is older than seven days, ask for a new one."
    )


class StaffNotFound(NotFound):
    """No such member of staff, or not for you."""

    code = "staff_not_found"


class SignInNameTaken(Conflict):
    """Another member of staff has this name."""

    code = "sign_in_name_taken"
    sentence = "Another member of staff already signs in with this name."


class RoleUnknown(Invalid):
    """There is no such role."""

    code = "role_unknown"
    sentence = "There is no role of this name."


class PageNotForRole(NotFound):
    """This page is not for the role of whoever asks; it looks like a page that does not exist."""

    code = "page_not_for_role"


class KeyNotHeld(NotFound):
    """Whoever asks holds no grant of this key; it looks like something that does not exist."""

    code = "key_not_held"


class HolderHasNoKey(Conflict):
    """The member of staff has not signed in yet, so nothing can be sealed to them."""

    code = "holder_has_no_key"
    sentence = "This person has not used the invitation yet, so no key can be given to them."


class LastHolder(Conflict):
    """Taking this grant back would leave a key without anybody who can open it."""

    code = "last_holder"
    sentence = "This is the last person who can open this key. Give it to somebody else first."


class NothingToSignInWith(Unavailable):
    """The office has no staff yet."""

    code = "no_staff"
    sentence = "Nobody can sign in yet: make an invitation first."
