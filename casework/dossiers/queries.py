"""The dossiers of a case in clear, for its holders."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.dossiers.content import DossierText
from casework.dossiers.errors import DossierNotFound
from casework.dossiers.tables import Dossier
from casework.written import id_in


@dataclass(frozen=True, slots=True)
class ShownDossier:
    """A dossier in clear."""

    row: Dossier
    text: DossierText


def dossier_for(session: Session, case: CaseFile, written_id: str, *, to_change: bool = False) -> Dossier:
    """Return a dossier of this case; `to_change` holds it.

    Raises:
        DossierNotFound: none of this case.
    """
    wanted = select(Dossier).where(Dossier.id == id_in(written_id), Dossier.case_id == case.id)
    row = session.exec(wanted.with_for_update() if to_change else wanted).first()
    if row is None:
        raise DossierNotFound(case=case.reference)
    return row


def dossiers_of(session: Session, case: CaseFile, act: Act) -> list[ShownDossier]:
    """Return the dossiers of a case, the newest first."""
    rows = session.exec(
        select(Dossier)
        .where(Dossier.case_id == case.id)
        .order_by(col(Dossier.begun_on).desc(), col(Dossier.to_code), col(Dossier.id))
    ).all()
    return _shown(session, case, rows, act)


def shown_dossier(session: Session, case: CaseFile, row: Dossier, act: Act) -> ShownDossier:
    """Return one dossier in clear."""
    return _shown(session, case, [row], act)[0]


def _shown(session: Session, case: CaseFile, rows: Sequence[Dossier], act: Act) -> list[ShownDossier]:
    return [
        ShownDossier(row, DossierText.model_validate_json(clear))
        for row, clear in zip(rows, open_rows(session, case, rows, act), strict=True)
    ]
