"""What can go wrong when closures are looked at again."""

from office.errors import Conflict, NotFound


class ReviewNotFound(NotFound):
    """No such closure was drawn, or not for you."""

    code = "closure_review_not_found"


class AlreadyReviewed(Conflict):
    """Somebody was faster."""

    code = "closure_already_reviewed"
    sentence = "Somebody else has looked at this closure meanwhile. Nothing you typed is lost."


class CannotDraw(Conflict):
    """There is nothing to draw from, the month is not over, or it was drawn before."""

    code = "closure_sample_not_drawn"
    sentence = "The closures of this month cannot be drawn: they were drawn already, or there are none."
