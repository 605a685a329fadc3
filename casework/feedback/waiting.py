"""What was said and nobody has opened yet."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from casework.feedback.tables import Feedback


def waiting_feedback(session: Session, case_number: str) -> Sequence[Feedback]:
    """Return what was said about one case number and nobody has opened yet."""
    return session.exec(
        select(Feedback)
        .where(Feedback.case_number == case_number, col(Feedback.opened_on).is_(None))
        .order_by(col(Feedback.received_on), col(Feedback.id))
        .with_for_update()
    ).all()
