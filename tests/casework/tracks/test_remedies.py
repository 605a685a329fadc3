"""Remedies under a track: what was promised, and whether it was done."""

from datetime import date

from casework.cases.tables import CaseFile
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, said
from tests.casework.queues.lists import listed
from tests.casework.tracks.steps import check, opened, path, remedies, remedy


def test_a_remedy_is_looked_at_until_it_is_complied_with_and_every_look_stays(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "civil")
    told = {"remedy_amount": "1.500 €", "remedy_note": "En dos pagos."}
    assert remedy(desk, laila, reporter, one, "compensation", **told).status_code == 303
    own = f"/es/cases/{reporter.case_number}"
    assert "mirar las reparaciones el 23 de diciembre de 2026" in said(laila.get(own).text)
    (row,) = remedies(desk)
    assert check(desk, laila, reporter, one, row, "no").status_code == 422  # when to look again?
    later = day_fields("next_check", date(2027, 1, 15))
    assert check(desk, laila, reporter, one, row, "no", check_note="Nada.", **later).status_code == 303
    assert "mirar las reparaciones el 15 de enero de 2027" in said(laila.get(own).text)
    assert check(desk, laila, reporter, one, row, "yes", check_note="Pagado.").status_code == 303
    assert "mirar las reparaciones" not in said(laila.get(own).text)
    words = said(laila.get(path(reporter, one)).text)
    for word in ("1.500 €", "En dos pagos.", "No cumplida: Nada.", "Cumplida: Pagado."):
        assert word in words, word
    kept = (desk.folder / "casework.db").read_bytes()
    for secret in ("1.500", "En dos pagos.", "Pagado."):
        assert secret.encode() not in kept


def test_the_day_of_the_next_look_brings_the_case_into_the_lists(desk: Desk) -> None:
    """Noted on 23 November 2026, to be looked at on 23 December: soon from the 16th, late from the 24th."""
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "civil")
    assert remedy(desk, laila, reporter, one, "apology").status_code == 303
    with desk.writing() as session:  # so that only the remedy speaks
        case = session.get(CaseFile, desk.case(reporter).id)
        case.next_on = case.limit_on = None

    def queues_on(days: int) -> set[str]:
        desk.clock.move(days=days)
        again = desk.signed_in("laila")
        return {which for which in ("soon", "overdue") if listed(again, f"which={which}")}

    assert queues_on(22) == set()  # 15 December
    assert queues_on(1) == {"soon"}
    assert queues_on(7) == {"soon"}  # 23 December itself
    assert queues_on(1) == {"overdue"}
    assert "reparación: 23 dic 2026" in said(desk.signed_in("laila").get("/es/cases?which=overdue").text)
    laila = desk.signed_in("laila")
    (row,) = remedies(desk)
    later = day_fields("next_check", date(2026, 12, 28))
    assert check(desk, laila, reporter, one, row, "no", **later).status_code == 303
    assert listed(laila, "which=soon") and not listed(laila, "which=overdue")
    assert check(desk, laila, reporter, one, row, "yes").status_code == 303
    assert not listed(laila, "which=soon") and not listed(laila, "which=overdue")


def test_money_and_fines_need_an_amount_and_a_persons_own_status_is_no_remedy(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "administrative")
    for kind in ("fine", "compensation", "residence_permit", "none"):
        assert remedy(desk, laila, reporter, one, kind).status_code == 422, kind
    assert remedies(desk) == []
    number = remedy(desk, laila, reporter, one, "apology", remedy_note="Su NIE es X1234567L.")
    assert number.status_code == 422
    assert '<bdi dir="ltr">X1234567L</bdi>' in number.text
    assert remedies(desk) == []


def test_a_remedy_is_looked_at_only_under_its_own_track(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one, other = opened(desk, laila, reporter, "civil"), opened(desk, laila, reporter, "labour")
    assert remedy(desk, laila, reporter, one, "apology").status_code == 303
    (row,) = remedies(desk)
    assert check(desk, laila, reporter, other, row, "yes").status_code == 404
