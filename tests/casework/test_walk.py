"""The adviser's part of the walk, over HTTP on real stores."""

import re

from office.handover.report import CodedRecord
from tests.casework.desk import Desk, codes, said


def test_a_report_becomes_a_case_is_advised_and_closed_and_the_person_reads_it_all(desk: Desk) -> None:
    reporter = desk.report("No me quisieron alquilar el piso.")
    amparo = desk.signed_in("amparo")
    inbox = amparo.get("/es/inbox")
    assert reporter.case_number[:4] in inbox.text
    opened = amparo.get(f"/es/inbox/{reporter.case_number}")
    assert "No me quisieron alquilar el piso." in said(opened.text)
    taken = amparo.post(
        f"/es/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))}
    )
    assert taken.status_code == 303

    laila = desk.signed_in("laila")
    page = laila.get(f"/es/cases/{reporter.case_number}")
    assert "No me quisieron alquilar el piso." in said(page.text)
    base = f"/es/cases/{reporter.case_number}"
    assert laila.post(f"{base}/codes", data=codes()).status_code == 303
    assert laila.post(f"{base}/messages", data={"message": "Hola, soy Laila."}).status_code == 303
    assert laila.post(f"{base}/notes", data={"note": "Llamar al Síndic."}).status_code == 303
    too_early = laila.post(f"{base}/stage", data={"version": "2", "stage": "advice", "state": "in_progress"})
    assert too_early.status_code == 409  # nobody has looked yet which limits run, nor what the person needs
    desk.ready_to_advise(reporter)
    looked = laila.post(f"{base}/limits", data={"version": "2", "scan_reason": "Nada que contar."})
    assert looked.status_code == 303, said(looked.text)
    moved = laila.post(f"{base}/stage", data={"version": "3", "stage": "advice", "state": "in_progress"})
    assert moved.status_code == 303, said(moved.text)
    contact = laila.post(f"{base}/contact", data={"reason": "answer"})
    assert "600 123 123" in said(contact.text)
    desk.collect()
    desk.write_back(reporter, "Gracias, tengo el contrato.")
    listed = laila.get("/es/cases")
    assert "desk-flag--news" in listed.text
    assert "Gracias, tengo el contrato." in said(laila.get(base).text)
    tasks = laila.get(f"{base}/tasks").text
    (task,) = set(re.findall(r"tasks/([0-9a-f-]{36})", tasks))
    assert laila.post(f"{base}/tasks/{task}/done").status_code == 303
    told = {"responses": ["legal_advice"], "outcome": "resolved_rectified", "text": "Lo han arreglado."}
    assert desk.ask_to_close(reporter, **told).status_code == 303
    assert [reply for reply in desk.replies(reporter) if reply.text == "Lo han arreglado."] == []
    closed = desk.decide_closing(reporter)
    assert closed.status_code == 303, said(closed.text)

    texts = [reply.text for reply in desk.replies(reporter) if reply.text]
    assert sorted(texts) == ["Hola, soy Laila.", "Lo han arreglado."]
    states = [reply.state_code for reply in desk.replies(reporter) if reply.state_code]
    assert sorted(states) == ["closed", "in_progress", "in_progress", "read"]
    assert desk.events(reporter) == [
        "case_opened",
        "state_told",
        "case_read",
        "case_coded",
        "message_written",
        "note_written",
        "case_read",  # the page that says what is missing
        "task_made",  # to assess the needs again
        "sheet_written",
        "nobody_known",
        "competence_decided",
        "limits_scanned",
        "stage_changed",
        "state_told",
        "contact_read",
        "messages_read",
        "case_read",
        "case_read",  # the page of tasks
        "task_done",
        "closing_asked",
        "case_closed",
    ]
    record = desk.counted()[0]
    assert isinstance(record, CodedRecord)
    assert (record.outcome_code, record.stage_code) == ("resolved_rectified", "closed")
    assert record.ground_codes == ("language", "race_ethnicity")


def test_who_tells_is_not_written_down_where_nobody_said_it(desk: Desk) -> None:
    reporter = desk.report("Alguien gritaba en la escalera.", role_code=None)
    page = said(desk.signed_in("amparo").get(f"/es/inbox/{reporter.case_number}").text)
    assert "Me ha pasado a mí" not in page
