"""What can go wrong when a month is counted."""

from office.errors import Conflict, Invalid


class MonthUnclear(Invalid):
    """A month is written as 2026-10."""

    code = "month_unclear"
    sentence = "Write the month with year and month, like 2026-10."


class MonthNotOver(Conflict):
    """A month is counted when it is over."""

    code = "month_not_over"
    sentence = "This month is not over yet. It can be counted from the first day of the next month on."


class MonthDoesNotReconcile(Conflict):
    """Tables and timeline do not say the same."""

    code = "month_does_not_reconcile"
    sentence = (
        "The counts of this month do not agree with the timeline, so nothing was written. "
        "Run verify-timeline, and tell the data protection officer."
    )
