"""What can go wrong between facts and a release, in the office's words.

`detail` names tables, periods and files, never a count: the reason of a refusal must not tell what it hides.
"""

from office.errors import Conflict, Invalid, NotFound, OfficeError, Unavailable


class PlanBroken(OfficeError):
    """The plan of tables or its parameters are not as agreed."""

    code = "plan_broken"
    sentence = "The plan of published tables is damaged."


class UncodedFact(Invalid):
    """A fact has a code that its list does not have; none is dropped in silence."""

    code = "uncoded_fact"
    sentence = "A fact has a code that is not in the office's lists, so nothing was counted."


class NothingToRelease(Conflict):
    """No quarter of this source is closed and still unpublished."""

    code = "nothing_to_release"
    sentence = "There is no closed quarter that has not been published yet."


class QuarterStillOpen(Conflict):
    """A quarter can be counted from the fifteenth day after its end."""

    code = "quarter_still_open"
    sentence = "This quarter is still open: it can be counted from the fifteenth day after its end."


class FactsAwaited(Conflict):
    """A quarter was taken back, and the hand-over has not brought its facts again yet."""

    code = "facts_awaited"
    sentence = (
        "The facts of this quarter come back with the next hand-over. Release it after that, not before."
    )


class ReleaseMissing(Conflict):
    """A quarter was published and its facts are deleted, but its release does not stand on this shelf."""

    code = "release_missing"
    sentence = (
        "This quarter has been published and its facts are deleted, but its release is not on this shelf."
        " Bring the folder of the release back."
    )


class SnapshotChanged(Conflict):
    """The facts are no longer those the draft was made from."""

    code = "snapshot_changed"
    sentence = "The facts have changed since this draft was made; make it again."


class CountOutOfBand(Conflict):
    """A sum lies outside of what the published bands of its parts allow, so one of the two is wrong."""

    code = "count_out_of_band"
    sentence = (
        "The facts do not agree with what stands published of the same quarters. Withdraw that release first."
    )


class AuditFailed(Conflict):
    """The disclosure audit could not make a table safe; the table is named, never a value."""

    code = "audit_failed"
    sentence = "The disclosure audit could not make this table safe, so nothing can be published."


class AuditBroken(Unavailable):
    """The solver stopped with an error or ran out of time: no audit, no release."""

    code = "audit_broken"
    sentence = "The disclosure audit could not be finished, so nothing can be published."


class AuditDiffers(Conflict):
    """What `audit.json` says is not what the published bands give."""

    code = "audit_differs"
    sentence = "The audit of this release cannot be reproduced from its own tables."


class DraftUnknown(NotFound):
    """There is no such draft."""

    code = "draft_unknown"
    sentence = "There is no draft of this name."


class DraftNotReady(Conflict):
    """A step before this one is missing."""

    code = "draft_not_ready"
    sentence = "This draft has not passed the step before this one."


class AlreadyPublished(Conflict):
    """What is on a shelf is never written again."""

    code = "already_published"
    sentence = (
        "A release of this name or of these periods is already on the shelf, and a release never changes."
    )


class WrongShelf(Invalid):
    """Imported and demonstration figures never stand on the live shelf, nor on each other's."""

    code = "wrong_shelf"
    sentence = "These figures do not belong on this shelf."
