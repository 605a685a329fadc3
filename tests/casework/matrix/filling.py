"""A case with everything on it, made by its adviser through the pages' own forms."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlmodel import select

from casework.conflicts.tables import CaseParty
from casework.dossiers.rules import IN
from casework.tasks.tables import CaseTask
from casework.tracks.tables import Remedy
from casework.walls.tables import CityWall
from office.handover.report import SentFile
from tests.casework.advice import pieces as advice
from tests.casework.appointments import meeting
from tests.casework.assessing import sheets
from tests.casework.conflicts import people
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import codes, said
from tests.casework.documents import adding
from tests.casework.drafts import writing
from tests.casework.harms import harming
from tests.casework.hearings import hearings
from tests.casework.letters import post
from tests.casework.letters.test_dossiers import fill
from tests.casework.matrix.people import Office
from tests.casework.mediation import steps as mediation
from tests.casework.profile import noting
from tests.casework.referrals import handing
from tests.casework.residents import Reporter
from tests.casework.tasks import todo
from tests.casework.tracks import steps as tracks

EVENT: Final = date(2026, 11, 20)
FILED: Final = {
    "field_recipient": "Registro general",
    "field_person_name": "Amina B.",
    "field_filing": "un escrito de alegaciones",
    "field_annexes": "Copia del anuncio.",
    "field_request": "Que se una al expediente.",
}


def sent(office: Office, client: Any, address: str, **data: Any) -> None:
    """Send a form that must be taken."""
    answer = client.post(address, data=data)
    assert answer.status_code in (200, 303), (address, answer.status_code, said(answer.text))


def reported(office: Office, adviser: str, **report: Any) -> tuple[Reporter, SentFile]:
    """Return a report with a recording, taken up by Amparo for this adviser."""
    heard = office.a_file(b"OggS sound", "voz.ogg", "audio/ogg")
    reporter = office.report(files=(heard,), **report)
    address = f"/es/inbox/{reporter.case_number}/taking-up"
    sent(office, office.signed_in("amparo"), address, adviser=str(office.staff_id(adviser)))
    return reporter, heard


def filled(
    office: Office, adviser: str, company: str, mediator: str = "", **report: Any
) -> tuple[Reporter, Mapping[str, str]]:
    """Return a case with everything on it, and what fills the addresses of its pages.

    Args:
        office: the office.
        adviser: whose case it is.
        company: the organisation it is against.
        mediator: who mediates in it; nobody where it cannot be mediated.
        report: as for `Residents.report`.
    """
    reporter, heard = reported(office, adviser, **report)
    client, own = office.signed_in(adviser), f"/es/cases/{reporter.case_number}"
    sent(office, client, f"{own}/codes", **codes(version=str(office.case(reporter).version)))
    (clock,) = scan(office, client, reporter, EVENT, "civil_tort")
    for answer in (
        sheets.assess(client, reporter),
        sheets.begin(client, reporter),
        sheets.indicate(client, reporter, 1),
        sheets.check_bias(client, reporter),
    ):
        assert answer.status_code == 303, said(answer.text)
    between = newest = ""
    if mediator:
        mediation.done(
            mediation.screen(client, reporter),
            mediation.offer(office, client, reporter, mediator),
            mediation.step(office, client, reporter, "person_consented"),
            mediation.hand_over(office, client, reporter),
            mediation.step(office, office.signed_in(mediator), reporter, "invited", mediator=True),
        )
        standing = mediation.standing(office, reporter)
        between, newest = str(standing.mediation.id), str(standing.steps[-1].id)
    told = advice.begin(office, client, reporter)
    handing.drafted(office, client, reporter)
    for answer in (
        handing.consent(office, client, reporter),
        handing.send(office, client, reporter, "printed"),
    ):
        assert answer.status_code in (200, 303), said(answer.text)
    track = tracks.opened(office, client, reporter, "civil")
    tracks.walk(office, client, reporter, track, "mandate_signed", "filed")
    hearing = hearings.noted(office, client, reporter, track)
    remedy = tracks.remedy(office, client, reporter, track, "apology")
    assert remedy.status_code == 303, said(remedy.text)
    asked = (
        todo.ask(office, client, reporter, doer=adviser),
        todo.set_next(office, client, reporter),
        todo.note_way(office, client, reporter, "email", "neutral"),
    )
    for answer in asked:
        assert answer.status_code == 303, said(answer.text)
    (ended,) = [one for one in todo.tasks(office, reporter) if one.kind_code == "read"]
    assert todo.ask(office, client, reporter, doer=adviser).status_code == 303
    assert todo.settle(client, reporter, ended.id).status_code == 303
    duty = {"basis": "secrecy", "duty": "not", "person_told": "yes", "duty_reasons": "Lo contó en consulta."}
    sent(office, client, f"{own}/duty", **duty)
    people.add(client, reporter, company)
    part = harming.involve(office, client, reporter, 1, harming.parties(office, reporter)["respondent"])
    assert part.status_code == 303, said(part.text)
    added = adding.add(client, reporter, adding.HEARD, "voz.ogg", document_privilege="privileged")
    assert added.status_code == 303, said(added.text)
    kept = noting.note(office, client, reporter)
    assert kept.status_code == 303, said(kept.text)
    letter, dossier = written(office, client, reporter, heard)
    appointment = met(office, client, reporter)
    sent(office, client, f"{own}/contact", reason="answer")
    sent(office, client, f"{own}/messages", message="Te escuchamos.")
    sent(office, client, f"{own}/notes", note="Viene el martes.")
    sent(office, client, "/es/drafts", draft=writing.place(reporter), note="A medias.")
    office.write_back(reporter, "¿Hay novedades?")
    with office.reading() as session:
        case_id = office.case(reporter).id
        task = session.exec(
            select(CaseTask).where(CaseTask.case_id == case_id, CaseTask.state_code == "open")
        ).first()
        promised = session.exec(select(Remedy.id).where(Remedy.track_id == track.track.id)).one()
        party = session.exec(select(CaseParty).where(CaseParty.case_id == case_id)).one()
        is_walled = session.exec(select(CityWall).where(CityWall.case_id == case_id)).first() is not None
    assert task is not None
    return reporter, {
        "number": reporter.case_number,
        "file_id": str(heard.file_id),
        "deadline": str(clock.id),
        "advice_id": str(told.id),
        "track": str(track.track.id),
        "hearing": str(hearing.id),
        "track_step": str(tracks.now(office, reporter, track).newest.id),
        "remedy": str(promised),
        "mediation": between,
        "step": newest,
        "task": str(task.id),
        "ended": str(ended.id),
        "state": "done",
        "place": "1",
        "indication": "1",
        "referral": str(handing.now(office, reporter).id),
        "party": str(party.id),
        "letter_id": letter,
        "entry": str(noting.entry_of(office, reporter).id),
        "file_number": "1",
        "file_format": "pdf",
        "dossier_id": dossier,
        "appointment": appointment,
        "wall_service": "housing" if is_walled else "",
        "wall_reason": "No era el Ayuntamiento." if is_walled else "",
    }


def written(office: Office, client: Any, reporter: Reporter, heard: SentFile) -> tuple[str, str]:
    """Make a letter and consent to a dossier; return what they are called in addresses."""
    letter = post.begun(office, client, reporter, "filing")
    for answer in (
        post.write(office, client, letter, **FILED),
        post.make(office, client, letter),
        client.post(f"/es/cases/{reporter.case_number}/dossiers", data={"dossier_to": "prosecutor"}),
    ):
        assert answer.status_code == 303, said(answer.text)
    dossier = answer.headers["location"].partition("?")[0]
    said_what = fill(office, client, dossier, {str(heard.file_id): IN}, blacked_out="")
    assert said_what.status_code == 303, said(said_what.text)
    agreed = post.agree(office, client, dossier)
    assert agreed.status_code == 303, said(agreed.text)
    return letter.rpartition("/")[2], dossier.rpartition("/")[2]


def met(office: Office, client: Any, reporter: Reporter) -> str:
    """Book an hour of the adviser's own on the telephone; return what it is called in addresses."""
    minute = 9 * 60 + 30 * len(meeting.slots(office))
    first, until = (f"{at // 60}:{at % 60:02}" for at in (minute, minute + 30))
    opened = meeting.hours(client, first=first, until=until)
    assert opened.status_code == 303, said(opened.text)
    (hour,) = [one for one in meeting.slots(office, state="free") if one.minute == minute]
    booked = meeting.agree(client, reporter, [hour], "book")
    assert booked.status_code == 303, said(booked.text)
    return str(meeting.newest(office, reporter).id)
