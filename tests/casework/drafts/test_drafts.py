"""Drafts of staff: only their writer opens them, they end with the case, and nothing typed is lost."""

import re
from pathlib import Path
from uuid import uuid4

import casework
from casework.drafts.places import FORMS, PIECES, place_at
from casework.drafts.rules import KEPT_DAYS, MOST_DRAFTS
from casework.drafts.tables import StaffDraft
from casework.staff.sessions import IDLE, SignInBook
from office.ids import new_case_number
from tests.casework.advice import pieces as advice
from tests.casework.assessing.sheets import assess
from tests.casework.conflicts.people import declare
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.drafts.writing import drafts, keep, onwards, place, sign_in
from tests.casework.test_doors import routes

KEEPS_NONE = {
    "Keep the check", "Keep the delivery", "Keep the reading", "Keep the decision", "Keep the note",
    "Keep the agreement", "Keep it", "Keep", "Enter the request", "Send the answer", "Make it a task of mine",
    "Give an access", "Make the invitation", "Make the access", "Add the passkey",
    "Read them together", "Part them again", "Send it back to them", "Keep the hour for them",
    "Note what they are", "Open what they are",
    "Propose strategic litigation", "Keep what I say about it", "Keep where it stands",
 "Keep that none is known", "They keep out no more",
 "Keep the contact",
}  # fmt: skip
"""Forms that keep no drafts, by their button; why stands beside `places.FORMS`."""
TEMPLATES = Path(casework.__file__).parent / "templates"


def test_every_form_that_keeps_drafts_is_a_form_of_the_desk_and_says_so_on_its_page(desk: Desk) -> None:
    taken = {path for method, path in routes(desk) if method == "POST"}
    for form in FORMS:
        there = re.escape(f"/{{language}}/{form.sent_to}")
        for piece in PIECES:
            there = there.replace(re.escape(piece), r"\{[a-z_]+\}")
        there = there.replace(r"bodies/\{[a-z_]+\}", r"bodies/(new|\{body\})")
        assert [path for path in taken if re.fullmatch(there, path)], form.code
    said_so = sum(
        len(re.findall(r"desk\.send\(.*draft=", page.read_text("utf-8"))) for page in TEMPLATES.glob("*.html")
    )
    assert said_so == len({form.sent_to for form in FORMS} - {"cases/{number}/advice/new"})
    without = re.compile(r'desk\.send\(_\("([^"]+)"\)(?!.*draft=)')
    keeps_none = {
        one for page in TEMPLATES.glob("*.html") for one in without.findall(page.read_text("utf-8"))
    }
    assert keeps_none == KEEPS_NONE


def test_a_box_that_was_unticked_comes_back_unticked(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    where = place(reporter, "needs/text")
    assess(laila, reporter)
    ticked = re.compile(r'value="accompanied"[^>]* checked')
    assert ticked.search(laila.get(f"/es/{where}").text)
    keep(laila, where, version="1", words_fear="Ya no.", boxes="measure")
    page = laila.get(f"/es/{where}").text
    assert "Ya no." in said(page) and not ticked.search(page)


def test_what_was_typed_on_the_page_of_one_is_never_kept_for_another(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    amparo, laila = desk.signed_in("amparo"), desk.signed_in("laila")
    typed_by = {"draft_of": str(desk.staff_id("laila"))}
    assert keep(amparo, place(reporter), note="De Laila.", **typed_by).status_code == 404
    keep(laila, place(reporter), note="Uno.", **typed_by)
    keep(laila, place(reporter), made_from=1, note="Dos, más nuevo.", **typed_by)
    desk.clock.move(seconds=IDLE.total_seconds() + 1)
    old = {"note": "De una ventana vieja.", "draft_version": "1", **typed_by}
    door = laila.post(f"/es/{place(reporter)}", data=old)
    assert door.status_code == 403 and "De una ventana vieja." in door.text
    assert sign_in(desk, laila, "laila").status_code == 303
    assert typed(laila.get(f"/es/cases/{reporter.case_number}").text, "note")["text"] == "Dos, más nuevo."
    laila.post("/es/sign-out")


def test_signing_out_after_the_session_ended_leaves_nothing_that_names_its_writer(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    cookie = laila.cookies["desk"]
    desk.clock.move(seconds=IDLE.total_seconds() + 1)
    assert laila.post("/es/sign-out").status_code == 303
    assert "desk" not in laila.cookies
    laila.cookies.set("desk", cookie)
    assert keep(laila, place(reporter), note="Plantado.").status_code == 403
    assert drafts(desk) == []


def test_an_address_that_is_no_such_form_keeps_nothing() -> None:
    number, own = new_case_number(), str(uuid4())
    assert place_at(f"cases/{number}/notes").page == f"cases/{number}"  # type: ignore[union-attr]  # it is one
    assert place_at(f"cases/{number}/tracks/{own}/steps").page == f"cases/{number}/tracks/{own}"  # type: ignore[union-attr]  # it is one
    for path in (
        "", "cases", f"cases/{number}", f"cases/{number}/notes/", f"cases/{number}/codes", "cases/x/notes",
        f"cases/{number}/people/decision", f"//cases/{number}/notes", "a" * 500,
    ):  # fmt: skip
        assert place_at(path) is None


def test_a_button_keeps_a_draft_without_a_script_and_throws_it_away(desk: Desk) -> None:
    heard = desk.a_file(b"OggS sound", "voz.ogg", "audio/ogg")
    reporter = desk.a_case("laila", files=(heard,))
    laila, own = desk.signed_in("laila"), f"/en/cases/{reporter.case_number}"
    sound = laila.get(f"{own}/files/{heard.file_id}")
    assert f'name="draft" value="{place(reporter, f"files/{heard.file_id}/transcript")}"' in sound.text
    assert "script-src 'self'" in sound.headers["content-security-policy"]
    page = laila.get(own).text
    assert page.count('formaction="/en/drafts"') == 2  # message, note
    kept = laila.post("/en/drafts", data={"draft": place(reporter), "note": "<b>«Uno»</b>\n& dos"})
    assert kept.headers["location"] == f"{own}?done=draft_kept"
    page = laila.get(own).text
    assert typed(page, "note")["text"] == "<b>«Uno»</b>\n& dos"
    assert "This is your draft of 23 Nov 2026, 10:30. It was not sent." in said(page)
    assert "It is deleted after 14 days without change." in said(page)
    listed = laila.get("/en/drafts").text
    assert "<b>" not in listed.partition("<main")[2]
    assert reporter.case_number in listed and "«Uno»" in said(listed)
    assert "note_written" not in desk.events(reporter)
    gone = laila.post("/en/drafts/removal", data={"draft": place(reporter)})
    assert gone.headers["location"] == f"{own}?done=draft_gone"
    assert drafts(desk) == []
    assert typed(laila.get(own).text, "note")["text"] == ""


def test_a_refused_form_shows_what_was_typed_and_the_other_forms_their_drafts(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, own = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    keep(laila, place(reporter), note="Una nota.")
    keep(laila, place(reporter, "messages"), message="Antes.")
    refused = laila.post(f"{own}/messages", data={"message": "x" * 20_001})
    assert (refused.status_code, len(mistakes(refused.text))) == (422, 1)
    assert typed(refused.text, "message")["text"] == "x" * 20_001
    assert typed(refused.text, "note")["text"] == "Una nota."
    assert laila.post(f"{own}/messages", data={"message": "Hola."}).status_code == 303
    assert [draft.place for draft in drafts(desk)] == [place(reporter)]
    too_long = laila.post(f"{own}/notes", data={"note": "x" * 40_001})
    assert mistakes(too_long.text) == ["Es demasiado largo: 40.001 caracteres, y caben 40.000."]


def test_what_was_written_on_an_older_text_is_told_when_it_is_sent_and_nothing_is_lost(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    one = advice.begin(desk, laila, reporter)
    where = place(reporter, f"advice/{one.id}/text")
    form = advice.a_text(version=str(one.version), the_facts="Lo de Laila.", options="3", option3_what="Más")
    assert keep(laila, where, **form).status_code == 303
    theirs = advice.a_text(version=str(one.version), the_facts="Lo de Amparo.")
    assert amparo.post(f"/es/{where}", data=theirs).status_code == 303
    page = laila.get(f"/es/{where}").text
    assert typed(page, "the_facts")["text"] == "Lo de Laila."
    assert typed(page, "option3_what")["text"] == "Más"
    version = typed(page, "version")["text"]
    refused = laila.post(f"/es/{where}", data={**form, "version": version})
    assert refused.status_code == 409
    assert "Lo de Amparo." in said(refused.text)
    assert typed(refused.text, "the_facts")["text"] == "Lo de Laila."
    again = laila.post(f"/es/{where}", data={**form, "version": typed(refused.text, "version")["text"]})
    assert again.status_code == 303
    assert drafts(desk) == []


def test_two_windows_notice_each_other_and_a_script_is_told(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, where = desk.signed_in("laila"), place(reporter)
    first = keep(laila, where, script=True, made_from=0, note="Una ventana.").json()
    assert first == {"told": "Borrador guardado a las 10:30", "version": 1}
    other = keep(laila, where, script=True, made_from=0, note="Otra.")
    assert (other.status_code, "Otra ventana tuya" in other.json()["told"]) == (409, True)
    page = keep(laila, where, made_from=0, note="Otra, con texto de sobra.")
    assert page.status_code == 409
    assert "Otra, con texto de sobra." in said(page.text)
    assert f'action="/es/{where}"' in page.text
    assert keep(laila, where, script=True, made_from=1, note="Una, más.").json()["version"] == 2
    assert typed(laila.get(f"/es/cases/{reporter.case_number}").text, "note")["text"] == "Una, más."


def test_who_does_not_hold_the_case_keeps_and_sees_nothing_of_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, pau, where = desk.signed_in("laila"), desk.signed_in("pau"), place(reporter)
    for who, path in ((pau, where), (laila, place(reporter, "codes")), (laila, ""), (laila, "inbox/x/y")):
        assert keep(who, path, note="Hola.").status_code == 404
        assert keep(who, path, script=True, note="Hola.").status_code == 404
    missing = keep(pau, f"cases/{new_case_number()}/notes", note="Hola.")
    assert said(missing.text) == said(keep(pau, where, note="Hola.").text)
    assert drafts(desk) == []


def test_a_draft_ends_with_the_case_for_whoever_loses_it_and_stays_for_who_keeps_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    for name in ("laila", "amparo", "vicent"):
        keep(desk.signed_in(name), place(reporter), note=f"De {name}.")
    declare(desk.signed_in("vicent"), reporter)  # recused: the wall takes the key of who stands beside
    assert {draft.staff_id for draft in drafts(desk)} == {desk.staff_id("laila"), desk.staff_id("amparo")}
    amparo = desk.signed_in("amparo")
    given = {"version": str(desk.case(reporter).version), "adviser": str(desk.staff_id("pau"))}
    answer = amparo.post(f"/es/cases/{reporter.case_number}/adviser", data={**given, "reason": "absence"})
    assert answer.status_code == 303, mistakes(answer.text)
    assert [draft.staff_id for draft in drafts(desk)] == [desk.staff_id("amparo")]
    laila = desk.signed_in("laila")
    assert laila.get(f"/es/cases/{reporter.case_number}").status_code == 404
    assert keep(laila, place(reporter), note="Otra vez.").status_code == 404


def test_drafts_end_with_their_writers_leaving_and_with_the_report_that_is_settled(desk: Desk) -> None:
    reporter, report = desk.a_case("laila"), desk.report()
    laila, settling = desk.signed_in("laila"), f"inbox/{report.case_number}/settling"
    keep(laila, place(reporter), note="Una nota.")
    keep(laila, "referrals/bodies/new", body_services="Atiende por las tardes.")
    assert keep(desk.signed_in("iris"), settling, text="Se le dice.", reason="x").status_code == 303
    amparo = desk.signed_in("amparo")
    taken = amparo.post(
        f"/es/inbox/{report.case_number}/taking-up", data={"adviser": str(desk.staff_id("pau"))}
    )
    assert taken.status_code == 303
    assert {draft.place for draft in drafts(desk)} == {place(reporter), "referrals/bodies/new"}
    laila_id = desk.staff_id("laila")
    form = {f"adviser-{laila_id}": str(desk.staff_id("pau"))}
    assert amparo.post(f"/es/staff/{laila_id}/leaving", data=form).status_code == 303
    assert drafts(desk) == []
    desk.clock.move(minutes=40)
    assert laila.post(f"/es/{place(reporter)}", data={"note": "Tarde."}).status_code == 403
    assert drafts(desk) == []


def test_a_damaged_draft_and_one_of_somebody_else_break_nothing(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    keep(laila, place(reporter), note="Lo que escribió Laila.")
    (own,) = drafts(desk)
    other = {"case_number": reporter.case_number, "kept_on": own.kept_on}
    with desk.writing() as session:
        session.add(
            StaffDraft(staff_id=desk.staff_id("amparo"), place=place(reporter), sealed=own.sealed, **other)
        )
        session.add(
            StaffDraft(staff_id=own.staff_id, place=place(reporter, "messages"), sealed=own.sealed, **other)
        )
    for who, fields in ((amparo, ("note", "message")), (laila, ("message",))):
        page = who.get(f"/es/cases/{reporter.case_number}")
        assert page.status_code == 200
        assert "Aquí hay un borrador tuyo que ya no se puede abrir." in said(page.text)
        assert {typed(page.text, field)["text"] for field in fields} == {""}
        assert "Ya no se puede abrir." in said(who.get("/es/drafts").text)
    keep(amparo, place(reporter), note="Lo de Amparo.")
    assert typed(amparo.get(f"/es/cases/{reporter.case_number}").text, "note")["text"] == "Lo de Amparo."


def test_after_a_fortnight_without_change_a_draft_is_gone(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    keep(desk.signed_in("laila"), place(reporter), note="Una nota.")
    desk.clock.move(days=KEPT_DAYS)
    assert "Mis borradores 1" in said_above(desk.signed_in("laila").get("/es/cases").text)
    desk.clock.move(days=1)
    laila = desk.signed_in("laila")
    assert "Mis borradores" not in said_above(laila.get("/es/cases").text)
    assert typed(laila.get(f"/es/cases/{reporter.case_number}").text, "note")["text"] == ""
    keep(laila, place(reporter, "messages"), message="Hola.")
    assert [draft.place for draft in drafts(desk)] == [place(reporter, "messages")]


def said_above(page: str) -> str:
    """The words of a page's navigation."""
    inside = page.partition('class="office-navigation')[2].partition("</nav>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def test_a_full_disk_is_told_and_the_text_is_given_back(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, where = desk.signed_in("laila"), place(reporter)
    text = "Un texto que no cabe. " * 4000
    with desk.app.state.desk.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.set_authorizer(None)
        driver.execute(f"PRAGMA max_page_count={driver.execute('PRAGMA page_count').fetchone()[0]}")
    told = keep(laila, where, script=True, note=text)
    assert (told.status_code, "no se ha guardado nada" in told.json()["told"]) == (503, True)
    page = keep(laila, where, note=text)
    assert page.status_code == 503
    assert "El borrador no se ha guardado" in said(page.text)
    assert text.strip() in said(page.text)
    assert drafts(desk) == []
    assert keep(laila, where, note="x" * 300_000).status_code == 413


def test_nobody_keeps_more_drafts_than_they_need(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, staff_id = desk.signed_in("laila"), desk.staff_id("laila")
    day = desk.clock.now().date()
    with desk.writing() as session:
        for _ in range(MOST_DRAFTS):
            where = place(reporter, f"tracks/{uuid4()}/steps")
            session.add(StaffDraft(staff_id=staff_id, place=where, kept_on=day, sealed=b"s"))
    refused = keep(laila, place(reporter), note="Uno más, con palabras.")
    assert refused.status_code == 413
    assert "Uno más, con palabras." in said(refused.text)


def test_after_a_restart_the_door_carries_what_was_typed_to_its_writer_and_to_nobody_else(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, own = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    writer = {"draft_of": str(desk.staff_id("laila")), "draft": place(reporter)}
    desk.app.state.desk.book = SignInBook()
    door = laila.post(f"{own}/notes", data={"note": "Lo que escribí antes.", **writer})
    assert door.status_code == 403
    carried = {f"kept-{name}": value for name, value in {"note": "Lo que escribí antes.", **writer}.items()}
    theirs = sign_in(desk, desk.stranger(), "amparo", onwards=onwards(door.text), **carried)
    assert theirs.status_code == 303
    assert drafts(desk) == []
    back = sign_in(desk, laila, "laila", onwards=onwards(door.text), **carried)
    assert back.headers["location"] == own
    assert typed(laila.get(own).text, "note")["text"] == "Lo que escribí antes."
    assert "note_written" not in desk.events(reporter)


def test_a_sheet_in_the_making_comes_back_until_it_is_kept(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, where = desk.signed_in("laila"), place(reporter, "needs/text")
    assess(laila, reporter)
    keep(laila, where, version="1", factor_fear="yes", words_fear="Ya no sale.", measure="accompanied")
    page = laila.get(f"/es/{where}").text
    assert "Ya no sale." in said(page) and 'name="version" value="1"' in page
    refused = assess(laila, reporter, 0, words_fear="Ya no sale.")
    assert refused.status_code == 409
    assert "Ya no sale." in said(refused.text) and "No sale sola de noche." in said(refused.text)
    assert assess(laila, reporter, 1, words_fear="Ya no sale.").status_code == 303
    assert drafts(desk) == []
