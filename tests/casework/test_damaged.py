"""One envelope that cannot be opened holds up nobody else's: the door may be taken over, a disk may err."""

from office.sealing.boxes import SealingKey, seal
from tests.casework.desk import Desk, said


def test_a_change_of_consent_nobody_can_open_leaves_inbox_and_cases_open(desk: Desk) -> None:
    settled, waiting = desk.a_case("laila"), desk.report(text="Otra persona espera.")
    name, public = desk.keys.active("story")
    stranger = SealingKey.generate().public
    for number in (settled.case_number, waiting.case_number):
        about = f"consent/{number}"
        desk.post("consent", number, name, bytes(4096))
        desk.post("consent", number, name, seal(b"{}", public, about=about))
        desk.post("consent", number, name, seal(b"{}", stranger, about=about))
        desk.post("consent", number, "story.x", seal(b"{}", public, about=about))
        desk.post("consent", number, f"case.{number}.x", seal(b"{}", public, about=about))
    desk.collect()
    laila = desk.signed_in("laila")
    assert laila.get("/es/inbox").status_code == 200
    assert "Otra persona espera." in said(laila.get(f"/es/inbox/{waiting.case_number}").text)
    assert laila.get(f"/es/cases/{settled.case_number}").status_code == 200


def test_a_message_nobody_can_open_waits_and_the_next_one_is_read(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    name, _ = desk.keys.active("story")
    desk.post("message", reporter.case_number, name, bytes(4096))
    desk.post("message", reporter.case_number, f"case.{reporter.case_number}.1", bytes(4096))
    desk.post("message", reporter.case_number, f"case.{reporter.case_number}.9", bytes(4096))
    desk.write_back(reporter, "Esto sí se lee.")
    laila = desk.signed_in("laila")
    assert laila.get("/es/inbox").status_code == 200
    assert "Esto sí se lee." in said(laila.get(f"/es/cases/{reporter.case_number}").text)
