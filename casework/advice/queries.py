"""The advice of a case with all that was written, translated and done with it, in clear for its holders."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.advice.content import AdviceText, StepWords, TranslationText
from casework.advice.errors import AdviceNotFound, TranslationNotFound
from casework.advice.rules import TO_FILE
from casework.advice.tables import Advice, AdviceStep, AdviceTranslation, AdviceVersion
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.timeline.queries import names_of
from casework.written import id_in


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text of a piece of advice in clear, with who wrote it."""

    row: AdviceVersion
    text: AdviceText
    writer: str


@dataclass(frozen=True, slots=True)
class ShownTranslation:
    """A translation in clear, with who brought it in and who noted that it was checked."""

    row: AdviceTranslation
    said: TranslationText
    entered_by: str
    check_entered_by: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step in clear, with who entered it."""

    row: AdviceStep
    said: StepWords
    who: str


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    """A piece of advice, its texts from the newest to the oldest, translations and steps in their order."""

    advice: Advice
    texts: tuple[ShownText, ...]
    translations: tuple[ShownTranslation, ...]
    steps: tuple[ShownStep, ...]

    @property
    def newest(self) -> ShownText:
        """The newest text."""
        return self.texts[0]

    def text_numbered(self, number: int) -> ShownText:
        """Return the text a translation is of."""
        return next(one for one in self.texts if one.row.number == number)

    @property
    def writers(self) -> frozenset[UUID]:
        """Who wrote a text of it."""
        return frozenset(one.row.written_by for one in self.texts)

    @property
    def to_check(self) -> ShownTranslation | None:
        """The translation of the newest text that somebody should check next, a machine's first."""
        unchecked = [
            one
            for one in self.translations
            if one.row.number == self.advice.number and one.row.checked_on is None
        ]
        return min(unchecked, key=lambda one: not one.row.is_machine, default=None)

    @property
    def decision(self) -> ShownStep | None:
        """What the person decided last."""
        return next((one for one in reversed(self.steps) if one.row.kind_code == "decided"), None)

    @property
    def filing_routes(self) -> tuple[str, ...]:
        """The routes with which something may be filed in the person's name."""
        last = self.decision
        if last is None or self.advice.state_code != "delivered" or last.row.mandate_code != TO_FILE:
            return ()
        return last.said.route_codes


def advice_for(session: Session, case: CaseFile, written_id: str) -> Advice:
    """Return advice of this case, held so that two acts come one after the other.

    Raises:
        AdviceNotFound: none of this case.
    """
    wanted = id_in(written_id)
    row = session.exec(
        select(Advice).where(Advice.id == wanted, Advice.case_id == case.id).with_for_update()
    ).first()
    if row is None:
        raise AdviceNotFound(case=case.reference)
    return row


def translation_for(session: Session, advice: Advice, written_id: str) -> AdviceTranslation:
    """Return a translation of this advice.

    Raises:
        TranslationNotFound: none of this advice.
    """
    wanted = id_in(written_id)
    row = session.get(AdviceTranslation, wanted) if wanted else None
    if row is None or row.advice_id != advice.id:
        raise TranslationNotFound
    return row


def advice_of(session: Session, case: CaseFile) -> Sequence[Advice]:
    """Return the pieces of advice of a case, the newest first."""
    return session.exec(
        select(Advice)
        .where(Advice.case_id == case.id)
        .order_by(col(Advice.begun_on).desc(), col(Advice.id).desc())
    ).all()


def shown_advice(session: Session, case: CaseFile, advice: Advice, act: Act) -> ShownAdvice:
    """Return everything of one piece of advice."""
    texts = session.exec(
        select(AdviceVersion)
        .where(AdviceVersion.advice_id == advice.id)
        .order_by(col(AdviceVersion.number).desc())
    ).all()
    translations = session.exec(
        select(AdviceTranslation)
        .where(AdviceTranslation.advice_id == advice.id)
        .order_by(col(AdviceTranslation.number).desc(), col(AdviceTranslation.id))
    ).all()
    steps = session.exec(
        select(AdviceStep).where(AdviceStep.advice_id == advice.id).order_by(col(AdviceStep.place))
    ).all()
    checkers = [one.check_entered_by for one in translations if one.check_entered_by]
    people = [one.written_by for one in texts] + [one.entered_by for one in translations]
    names = names_of(session, [*people, *checkers, *(one.entered_by for one in steps)])
    in_clear = open_rows(session, case, texts, act)
    translated = open_rows(session, case, translations, act)
    said = open_rows(session, case, steps, act)
    return ShownAdvice(
        advice,
        tuple(
            ShownText(row, AdviceText.model_validate_json(clear), names.get(row.written_by, ""))
            for row, clear in zip(texts, in_clear, strict=True)
        ),
        tuple(
            ShownTranslation(
                row,
                TranslationText.model_validate_json(clear),
                names.get(row.entered_by, ""),
                names.get(row.check_entered_by, "") if row.check_entered_by else "",
            )
            for row, clear in zip(translations, translated, strict=True)
        ),
        tuple(
            ShownStep(row, StepWords.model_validate_json(clear), names.get(row.entered_by, ""))
            for row, clear in zip(steps, said, strict=True)
        ),
    )


def states_of(session: Session, case: CaseFile) -> dict[str, int]:
    """Return how many pieces of advice of a case are in each state; those in which none is are left out."""
    counted = (
        select(Advice.state_code, func.count())
        .where(Advice.case_id == case.id)
        .group_by(col(Advice.state_code))
    )
    return dict(session.exec(counted).all())
