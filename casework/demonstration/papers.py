"""Two invented documents that came to the office: a letter that was brought in, and an answer by e-mail."""

from datetime import timedelta
from typing import Final

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.documents.actions import Noted, add_document

LETTER: Final = (
    "Comercio Imaginario, S. L.\n\n"
    "Le comunicamos que desde mañana no hace falta que vuelva a trabajar. Ya le dijimos que con el pañuelo "
    "no podía atender al público.\n\nLa encargada (todo inventado)\n"
)
ANSWER: Final = (
    "From: registro@inspeccion.example\r\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0100\r\n"
    "Subject: Su escrito\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    "Hemos recibido su escrito y lo estudiará una inspectora (todo inventado).\r\n"
)


def add_papers(session: Session, act: Act) -> None:
    """Add both to the newest case that has left triage and is open."""
    wanted = select(CaseFile).where(
        col(CaseFile.closed_on).is_(None),
        CaseFile.routing_code == "normal",
        CaseFile.language == "es",
        col(CaseFile.stage_code).in_(("advice", "action")),
    )
    case = session.exec(wanted.order_by(col(CaseFile.opened_on).desc(), col(CaseFile.reference))).first()
    if case is None:
        return
    brought = Noted(
        title="Carta de despido (inventada)",
        kind="contract",
        origin="respondent",
        who="La encargada Imaginaria",
        on=act.on - timedelta(days=12),
        language="es",
        privilege="open",
        note="La trajo la persona a la Mesa en papel.",
    )
    answer = Noted(
        title="Respuesta de la Inspección (inventada)",
        kind="decision",
        origin="authority",
        who="Inspección de Trabajo Imaginaria",
        on=act.on - timedelta(days=3),
        language="es",
        privilege="privileged",
        note="",
    )
    add_document(session, case, brought, LETTER.encode(), "carta.txt", act)
    add_document(session, case, answer, ANSWER.encode(), "respuesta.eml", act)
