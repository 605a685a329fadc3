"""When somebody leaves: shut out at once, their cases go to somebody, and each case gets a new key."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from casework.cases.renewing import AT_A_LOOK
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.messages.tables import CaseMessage
from casework.timeline.heads import read_heads
from casework.timeline.verification import findings
from office.ids import shown as shown_number
from office.keys.holdings import leave
from office.keys.people import invite_again
from office.keys.second_factor import code_at
from office.stores.keyroom import KeyGrant, Staff
from office.stores.mailbox import Receipt
from tests.casework.desk import NOW, STAFF, Desk, Reporter, mistakes, said
from tests.casework.documents.adding import TEXT, documents
from tests.casework.documents.adding import add as add_document
from tests.casework.documents.adding import path as document_path
from tests.casework.tasks.todo import ask, tasks

CLOSING = {"version": "1", "responses": ["information"], "outcome": "support_given", "reason": "completed"}


def leaves(desk: Desk, name: str, *, by: str = "amparo", to: str | None = None) -> int:
    """Have somebody's access ended at the desk; return the status of the answer."""
    own = desk.staff_id(name)
    form = {f"adviser-{own}": str(desk.staff_id(to))} if to else {}
    return desk.signed_in(by).post(f"/es/staff/{own}/leaving", data=form).status_code


def version_of(desk: Desk, reporter: Reporter) -> int:
    return desk.case(reporter).key_version


def announced(desk: Desk, reporter: Reporter) -> int | None:
    """Return the version of the case's key to which the person's next message will be sealed."""
    desk.collect()
    with desk.mailbox()() as session:
        return session.get_one(Receipt, reporter.case_number).case_key_version


def holders(desk: Desk, reporter: Reporter) -> set[UUID]:
    case = desk.case(reporter)
    with desk.reading() as session:
        wanted = select(CaseKeyGrant.holder_id).where(
            CaseKeyGrant.case_id == case.id,
            CaseKeyGrant.version == case.key_version,
            col(CaseKeyGrant.revoked_on).is_(None),
        )
        return set(session.exec(wanted))


def path_of(reporter: Reporter) -> str:
    return f"/es/cases/{reporter.case_number}"


def test_a_supervisor_who_ends_an_access_seals_the_cases_anew_at_once(desk: Desk) -> None:
    reporter, other = desk.a_case("laila"), desk.a_case("pau")
    laila = desk.signed_in("laila")
    laila.post(f"{path_of(reporter)}/notes", data={"note": "Nota de antes."})
    assert leaves(desk, "laila", to="pau") == 303
    assert laila.get("/es/cases").status_code == 303  # signed out
    assert (version_of(desk, reporter), announced(desk, reporter)) == (2, 2)
    assert version_of(desk, other) == 1
    assert holders(desk, reporter) == {desk.staff_id(name) for name in ("pau", "amparo", "vicent")}
    assert desk.case(reporter).assigned_to == desk.staff_id("pau")
    assert "Nota de antes." in said(desk.signed_in("pau").get(path_of(reporter)).text)
    told = desk.events(reporter)
    assert told.count("case_passed_on") == told.count("case_key_renewed") == 1


def test_the_new_key_waits_for_somebody_who_holds_the_case_when_the_head_ends_an_access(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    joana, pau = desk.signed_in("joana"), desk.signed_in("pau")
    assert leaves(desk, "laila", by="joana", to="pau") == 303
    assert (version_of(desk, reporter), desk.case(reporter).key_due_on) == (1, NOW.date())
    assert holders(desk, reporter) == {desk.staff_id(name) for name in ("amparo", "vicent")}
    page = joana.get("/es/staff").text
    assert "1 expediente" in said(page)
    assert reporter.case_number not in page
    assert pau.get(path_of(reporter)).status_code == 404
    assert "1 expediente" in said(pau.get("/es/cases").text)
    desk.collect()
    desk.write_back(reporter, "Escrito mientras esperaba.")
    desk.signed_in("amparo").get("/es/cases")
    assert (version_of(desk, reporter), announced(desk, reporter)) == (2, 2)
    assert desk.case(reporter).key_due_on is None
    assert "Escrito mientras esperaba." in said(pau.get(path_of(reporter)).text)
    assert "1 expediente" not in said(joana.get("/es/staff").text)


def test_a_case_that_waits_is_sealed_anew_before_anything_is_written_in_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    amparo = desk.signed_in("amparo")
    assert leaves(desk, "laila", by="joana", to="pau") == 303
    noted = amparo.post(f"{path_of(reporter)}/notes", data={"note": "Nota de después."})
    assert noted.status_code == 303
    assert version_of(desk, reporter) == 2


def test_after_a_supervisor_left_the_adviser_seals_their_case_anew(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    assert leaves(desk, "vicent", by="joana") == 303
    desk.signed_in("laila").get("/es/cases")
    assert version_of(desk, reporter) == 2
    assert holders(desk, reporter) == {desk.staff_id("laila"), desk.staff_id("amparo")}


def test_open_cases_need_somebody_who_takes_them_and_nothing_is_changed_before(desk: Desk) -> None:
    desk.a_case("laila")
    amparo, own = desk.signed_in("amparo"), desk.staff_id("laila")
    for chosen in ("", str(own), str(desk.staff_id("iris")), "nobody"):
        answer = amparo.post(f"/es/staff/{own}/leaving", data={f"adviser-{own}": chosen})
        assert answer.status_code == 422, chosen
        assert len(mistakes(answer.text)) == 1
    assert desk.signed_in("laila").get("/es/cases").status_code == 200
    assert "holder_left" not in desk.events()


def test_documents_of_the_office_go_with_the_case_and_open_for_who_takes_it(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert add_document(laila, reporter).status_code == 303
    assert leaves(desk, "laila", to="pau") == 303
    assert [one.key_version for one in documents(desk, reporter)] == [version_of(desk, reporter)] == [2]
    own = document_path(reporter, 1, "file/original")
    assert desk.signed_in("pau").get(own).content == TEXT
    assert laila.get(own).status_code == 303  # signed out


def test_a_case_against_the_city_goes_only_to_who_holds_its_key(desk: Desk) -> None:
    reporter = desk.a_case("vicent", city=True)
    assert leaves(desk, "vicent", to="pau") == 409
    assert leaves(desk, "vicent", to="amparo") == 303
    assert holders(desk, reporter) == {desk.staff_id("amparo")}


def test_who_cannot_take_the_cases_about_the_city_among_others_is_told_so(desk: Desk) -> None:
    desk.a_case("vicent")
    city = desk.a_case("vicent", city=True)
    own = desk.staff_id("vicent")
    answer = desk.signed_in("amparo").post(
        f"/es/staff/{own}/leaving", data={f"adviser-{own}": str(desk.staff_id("pau"))}
    )
    assert answer.status_code == 409
    assert "no puede llevarlos todos: algunos se refieren al Ayuntamiento" in said(answer.text)
    assert desk.case(city).assigned_to == own


def test_the_last_who_can_open_a_case_does_not_leave(desk: Desk) -> None:
    reporter = desk.a_case("amparo", city=True)
    desk.close_case(reporter, by="amparo", second="vicent")
    assert leaves(desk, "vicent") == 303
    answer = desk.signed_in("joana").post(f"/es/staff/{desk.staff_id('amparo')}/leaving")
    assert answer.status_code == 409
    assert "la última persona que puede abrir uno de los expedientes" in said(answer.text)
    assert desk.signed_in("amparo").get(path_of(reporter)).status_code == 200


def test_a_closed_case_keeps_its_adviser_and_gets_a_new_key_too(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.close_case(reporter)
    assert leaves(desk, "laila") == 303
    assert version_of(desk, reporter) == 2
    assert desk.case(reporter).assigned_to == desk.staff_id("laila")
    assert holders(desk, reporter) == {desk.staff_id("amparo"), desk.staff_id("vicent")}


def test_what_somebody_had_to_do_in_the_case_of_another_is_that_ones_when_they_leave(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    assert ask(desk, desk.signed_in("laila"), reporter, doer="vicent").status_code == 303
    assert leaves(desk, "vicent") == 303
    assert [task.staff_id for task in tasks(desk, reporter)] == [desk.staff_id("laila")]


def test_a_case_of_somebody_who_left_is_opened_again_by_whoever_takes_it_up(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    desk.close_case(reporter)
    assert leaves(desk, "laila") == 303
    amparo = desk.signed_in("amparo")
    form = {"version": str(desk.case(reporter).version), "reason": "wish", "text": ""}
    assert amparo.post(f"{path_of(reporter)}/reopening", data=form).status_code == 303
    assert desk.case(reporter).assigned_to == desk.staff_id("amparo")


@pytest.mark.parametrize("first_look", ["the list of cases", "the case itself"])
def test_whoever_left_at_the_operators_terminal_loses_the_cases_at_the_next_look(
    desk: Desk, first_look: str
) -> None:
    reporter = desk.a_case("laila")
    with desk.writing() as session:
        leave(session, desk.staff_id("laila"), by=None, at=NOW)
    amparo = desk.signed_in("amparo")
    amparo.get("/es/cases" if first_look == "the list of cases" else path_of(reporter))
    assert version_of(desk, reporter) == 2
    with desk.reading() as session:
        sealed = session.exec(
            select(CaseKeyGrant.sealed_private_key).where(CaseKeyGrant.holder_id == desk.staff_id("laila"))
        ).all()
    assert set(sealed) == {b""}
    assert "Laila" in said(amparo.get("/es/staff").text)
    assert leaves(desk, "laila", to="pau") == 303  # the cases are left to be given
    assert desk.case(reporter).assigned_to == desk.staff_id("pau")
    assert desk.signed_in("pau").get(path_of(reporter)).status_code == 200


def test_more_cases_than_fit_one_look_are_sealed_anew_one_look_after_the_other(desk: Desk) -> None:
    reporters = [desk.report() for _ in range(AT_A_LOOK + 3)]
    amparo, laila = desk.signed_in("amparo"), str(desk.staff_id("laila"))
    for one in reporters:
        taken = amparo.post(f"/es/inbox/{one.case_number}/taking-up", data={"adviser": laila})
        assert taken.status_code == 303
    assert leaves(desk, "laila", by="joana", to="pau") == 303
    shown = amparo.get("/es/staff").text
    assert sum(one.case_number in shown for one in reporters) == 3
    amparo.get("/es/staff")
    assert {version_of(desk, one) for one in reporters} == {2}


def test_a_new_key_of_ones_own_gets_the_cases_again_from_somebody_who_holds_them(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    own, secret, passphrase = (
        desk.staff_id("laila"),
        "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "una frase larga nueva",
    )
    with desk.writing() as session:
        code = invite_again(session, own, by=None, at=NOW).code
    client = desk.stranger()
    form = {
        "name": STAFF["laila"].sign_in_name,
        "invitation": code,
        "secret": secret,
        "passphrase": passphrase,
        "again": passphrase,
        "code": code_at(secret, desk.clock.now()),
    }
    assert client.post("/es/invitation", data=form).status_code == 303
    desk.clock.move(minutes=1)
    again = {**form, "code": code_at(secret, desk.clock.now())}
    assert client.post("/es/sign-in", data=again).status_code == 303
    assert client.get(path_of(reporter)).status_code == 404
    desk.signed_in("amparo").get("/es/cases")
    assert version_of(desk, reporter) == 2
    assert client.get(path_of(reporter)).status_code == 200


def test_the_page_of_staff_says_which_office_keys_are_to_be_renewed(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    told = "Relatos"
    assert "renueve" not in said(amparo.get("/es/staff").text)
    assert leaves(desk, "laila") == 303
    with desk.reading() as session:
        gone = session.exec(select(KeyGrant.key_name).where(KeyGrant.holder_id == desk.staff_id("laila")))
        assert "story.1" in set(gone)
    page = said(amparo.get("/es/staff").text)
    assert "renueve" in page
    assert told in page


def test_what_is_sealed_anew_leaves_the_timeline_whole(desk: Desk) -> None:
    desk.a_case("laila")
    assert leaves(desk, "laila", to="pau") == 303
    with desk.reading() as session:
        assert list(findings(session, read_heads(desk.settings.heads))) == []
        assert session.exec(select(Staff).where(Staff.active)).first() is not None
        assert session.exec(select(CaseFile).where(col(CaseFile.key_due_on).is_not(None))).first() is None


def spoil(desk: Desk, reporter: Reporter) -> None:
    """Have a disk err where the messages of a case lie."""
    own = desk.case(reporter).id
    with desk.writing() as session:
        for message in session.exec(select(CaseMessage).where(CaseMessage.case_id == own)):
            message.sealed = bytes(len(message.sealed))
            session.add(message)


@pytest.mark.parametrize("by", ["amparo", "joana"])
def test_a_damaged_case_keeps_nobody_from_ending_an_access_and_goes_on_waiting(desk: Desk, by: str) -> None:
    damaged, whole = desk.a_case("laila"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    for one in (damaged, whole):
        assert laila.post(f"{path_of(one)}/notes", data={"note": "Nota de antes."}).status_code == 303
    spoil(desk, damaged)
    assert leaves(desk, "laila", by=by, to="pau") == 303
    assert laila.get("/es/cases").status_code == 303  # signed out
    amparo = desk.signed_in("amparo")
    for page in ("inbox", "cases", "staff"):
        assert amparo.get(f"/es/{page}").status_code == 200, page
    assert (version_of(desk, whole), version_of(desk, damaged)) == (2, 1)
    assert desk.case(damaged).key_due_on == NOW.date()
    assert desk.events(damaged).count("case_key_renewed") == 0
    shown = said(amparo.get("/es/staff").text)
    assert f"{shown_number(damaged.case_number)} Dañado" in shown
    assert shown_number(whole.case_number) not in shown


def test_nothing_is_written_in_a_damaged_case_under_the_key_somebody_lost(desk: Desk) -> None:
    damaged = desk.a_case("laila")
    amparo = desk.signed_in("amparo")
    assert amparo.post(f"{path_of(damaged)}/notes", data={"note": "Nota de antes."}).status_code == 303
    spoil(desk, damaged)
    assert leaves(desk, "laila", to="pau") == 303
    answer = amparo.post(f"{path_of(damaged)}/notes", data={"note": "Nota de después."})
    assert answer.status_code == 403
    assert desk.events(damaged).count("note_written") == 1
