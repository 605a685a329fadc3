"""What can go wrong in a key ceremony. No error says a name, a pass-phrase or a share."""

from office.errors import Conflict, Invalid, NotFound, Refused, Unavailable


class SignInRefused(Refused):
    """Name, pass-phrase or code is wrong, or the person no longer works here: one cannot tell which."""

    code = "sign_in_refused"
    sentence = "We could not sign you in. Check the name, the pass-phrase and the six-digit code."


class InvitationRefused(Refused):
    """The invitation is unknown, used, out of date or for another name: one cannot tell which."""

    code = "invitation_refused"
    sentence = "This invitation cannot be used. If it is older than a week, ask for a new one."


class CodeDoesNotFit(Invalid):
    """The six digits do not fit the secret just set up."""

    code = "second_factor_code_does_not_fit"
    sentence = "The six-digit code is not right. Check the clock of your telephone and try the next code."


class SignInNameInvalid(Invalid):
    """A sign-in name has a wrong length or a wrong sign."""

    code = "sign_in_name_invalid"
    sentence = "A sign-in name has 2 to 80 letters, digits, dots or hyphens, and no spaces."


class SignInNameTaken(Conflict):
    """Somebody has this sign-in name already."""

    code = "sign_in_name_taken"
    sentence = "Somebody has this sign-in name already."


class StaffRoleUnknown(Invalid):
    """There is no such role."""

    code = "staff_role_unknown"
    sentence = "There is no such role."


class HolderUnknown(NotFound):
    """There is no such member of staff, or they do not work here any more."""

    code = "holder_unknown"
    sentence = "There is no active member of staff of this name."


class HolderWithoutKey(Conflict):
    """The person has not used the invitation yet, so nothing can be sealed to them."""

    code = "holder_without_key"
    sentence = "This person has not used their invitation yet, so no key can be given to them."


class RoleHoldsNoKey(Refused):
    """The office gives no key to anybody of this role."""

    code = "role_holds_no_key"
    sentence = "No key of the office is given to anybody of this role."


class NotByThisRole(Refused):
    """Whoever holds no key makes nobody lose theirs: a new invitation would let them be somebody else."""

    code = "not_by_this_role"
    sentence = "Somebody of your role cannot do this. Ask a supervisor."


class KeyUnknown(NotFound):
    """The office has no key of this name."""

    code = "key_unknown"
    sentence = "The office has no key of this name."


class KeyNotHeld(Refused):
    """Whoever asks does not hold this key, so cannot open or give it."""

    code = "key_not_held"
    sentence = "You do not hold this key."


class LastHolder(Conflict):
    """Taking this grant back would leave nobody who can open the key."""

    code = "last_holder"
    sentence = "This is the last person who can open this key. Give it to somebody else first."


class AlreadyBegun(Conflict):
    """The office has its keys already."""

    code = "already_begun"
    sentence = "The keys of this office were made already. Nothing was changed."


class KeyFileInTheWay(Conflict):
    """A private key file is already there; it may be all that opens something."""

    code = "key_file_in_the_way"
    sentence = (
        "There is a key file already. Put it in a safe place first: it may be needed to open old records."
    )


class TwoFoundersNeeded(Invalid):
    """A ceremony needs two different people."""

    code = "two_founders_needed"
    sentence = "Two different people must be present to make the keys."


class ReasonNeeded(Invalid):
    """The escrow is not opened without saying why."""

    code = "reason_needed"
    sentence = "Say why the escrow is opened. The reason is written to the timeline."


class NotBegun(Unavailable):
    """The office has no keys yet."""

    code = "not_begun"
    sentence = "The keys of this office have not been made yet."
