"""What becomes of somebody who lost what they sign in with, and of an office that has lost everybody."""

import json
from pathlib import Path

import pytest
from sqlmodel import col, select, update
from starlette.testclient import TestClient

import casework.__main__
from casework.cases.tables import CaseKeyGrant
from casework.conflicts.tables import CaseWall
from casework.settings import CaseworkSettings
from casework.timeline.heads import read_heads
from casework.timeline.tables import Event
from casework.timeline.verification import findings
from office.keys.ceremony import prepare_escrow
from office.keys.holders import open_keys
from office.keys.holdings import leave
from office.keys.second_factor import code_at
from office.keys.shares import renew_escrow
from office.sealing.boxes import SealingKey, seal
from office.sealing.key_files import load_key_file
from office.sealing.passphrases import unwrap
from office.stores.keyroom import OfficeKey, Staff
from tests.casework.desk import NOW, STAFF, Desk, said
from tests.casework.profile import noting

NEW_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OTHER_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
TOLD = "algo con tu acceso o con las claves de la oficina"


def at(desk: Desk, name: str, act: str = "") -> str:
    return f"/es/staff/{desk.staff_id(name)}/recovery" + (f"/{act}" if act else "")


def handed(page: str) -> str:
    return page.partition('desk-secret">')[2].partition("</code>")[0]


def set_up(desk: Desk, code: str, **other: str) -> int:
    laila = STAFF["laila"]
    form = {
        "name": laila.sign_in_name, "passphrase": laila.passphrase, "recovery": code, "secret": NEW_SECRET,
        "code": code_at(NEW_SECRET, desk.clock.now()), **other,
    }  # fmt: skip
    return desk.stranger().post("/es/new-telephone", data=form).status_code


def test_a_lost_telephone_takes_two_people_and_the_pass_phrase_and_the_person_is_told(desk: Desk) -> None:
    laila, amparo, joana = (desk.signed_in(name) for name in ("laila", "amparo", "joana"))
    for own in (laila, desk.signed_in("teresa"), desk.signed_in("pau")):
        assert own.post(at(desk, "laila"), data={"lost": "factor"}).status_code == 404
    assert amparo.post(at(desk, "amparo"), data={"lost": "factor"}).status_code == 404
    assert amparo.post(at(desk, "laila"), data={"lost": "factor"}).status_code == 303
    assert amparo.post(at(desk, "laila", "confirming")).status_code == 409  # never alone
    page = joana.post(at(desk, "laila", "confirming"))
    code = handed(page.text)
    assert page.status_code == 200 and len(code) > 20
    assert laila.get("/es/cases").status_code == 303  # whoever has the telephone is out
    assert code not in joana.get(at(desk, "laila")).text
    assert set_up(desk, "another") == 422
    assert set_up(desk, code, passphrase="wrong") == 422
    assert set_up(desk, code, name=STAFF["pau"].sign_in_name) == 422
    assert set_up(desk, code, secret=OTHER_SECRET) == 422
    assert set_up(desk, code) == 303
    assert set_up(desk, code) == 422  # once
    desk.clock.move(minutes=6)
    with pytest.raises(AssertionError):
        desk.signed_in("laila")  # the old telephone
    again = desk.stranger()
    again.cookies.set("device", desk.devices["laila"], domain="testserver.local")
    form = {"name": STAFF["laila"].sign_in_name, "passphrase": STAFF["laila"].passphrase}
    form["code"] = code_at(NEW_SECRET, desk.clock.now())
    assert again.post("/es/sign-in", data=form).status_code == 303
    assert TOLD in said(again.get("/es/cases").text)
    told = said(again.get("/es/my-sign-ins").text)
    assert "Amparo Inventada: pidió ayuda" in told and "Joana Figurada: confirmó la ayuda" in told
    assert TOLD not in said(again.get("/es/cases").text)
    kinds = [kind for kind in desk.events() if kind.startswith(("recovery", "factor"))]
    assert kinds == ["recovery_asked", "recovery_confirmed", "factor_renewed"]


def test_a_code_ends_after_two_days_or_when_it_is_taken_back_and_two_heads_are_not_enough(desk: Desk) -> None:
    amparo, vicent, joana = (desk.signed_in(name) for name in ("amparo", "vicent", "joana"))
    with desk.writing() as session:
        session.exec(update(Staff).where(col(Staff.id) == desk.staff_id("pau")).values(role_code="head"))
    pau = desk.signed_in("pau")
    assert pau.post(at(desk, "laila"), data={"lost": "factor"}).status_code == 303
    assert joana.post(at(desk, "laila", "confirming")).status_code == 409
    taken = handed(amparo.post(at(desk, "laila", "confirming")).text)
    assert vicent.post(at(desk, "laila", "ending")).status_code == 303
    assert set_up(desk, taken) == 422
    assert amparo.post(at(desk, "laila"), data={"lost": "factor"}).status_code == 303
    late = handed(vicent.post(at(desk, "laila", "confirming")).text)
    desk.clock.move(days=3)
    assert set_up(desk, late) == 422
    desk.clock.move(days=-1)
    assert set_up(desk, late) == 303


def test_who_lost_the_pass_phrase_is_invited_anew_by_two_and_holds_nothing_until_somebody_gives_it(
    desk: Desk,
) -> None:
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    assert amparo.post(at(desk, "laila"), data={"lost": "passphrase"}).status_code == 303
    code = handed(vicent.post(at(desk, "laila", "confirming")).text)
    passphrase = "una frase larga nueva"
    form = {
        "name": STAFF["laila"].sign_in_name, "invitation": code, "secret": NEW_SECRET,
        "passphrase": passphrase, "again": passphrase, "code": code_at(NEW_SECRET, desk.clock.now()),
    }  # fmt: skip
    client = desk.stranger()
    assert client.post("/es/invitation", data=form).status_code == 303
    desk.clock.move(minutes=1)
    form["code"] = code_at(NEW_SECRET, desk.clock.now())
    assert client.post("/es/sign-in", data=form).status_code == 303
    reporter = desk.report()
    assert client.get(f"/es/inbox/{reporter.case_number}").status_code == 404
    given = amparo.post(f"/es/staff/{desk.staff_id('laila')}/keys", data={"key": "story", "do": "grant"})
    assert given.status_code == 303
    assert client.get(f"/es/inbox/{reporter.case_number}").status_code == 200


def with_shares(desk: Desk) -> tuple[str, ...]:
    """Give the demonstration's office an escrow whose shares somebody has: its own were thrown away."""
    made, amparo = prepare_escrow(), STAFF["amparo"]
    files = desk.folder / "keys"
    with desk.writing() as session:
        person = session.exec(select(Staff).where(Staff.sign_in_name == amparo.sign_in_name)).one()
        private = unwrap(person.wrapped_private_key or b"", amparo.passphrase, about=f"staff/{person.id}")
        person_keys = open_keys(session, Opened(person, SealingKey.from_private_bytes(private)))
        keys = {
            **person_keys,
            **load_key_file(files / "statistics.key"),
            **load_key_file(files / "notice.key"),
        }
        for row in session.exec(select(OfficeKey)):
            name = f"{row.name}.{row.version}"
            if name in keys:
                row.sealed_to_escrow = seal(keys[name].private_bytes, made.key.public, about=f"escrow/{name}")
            elif row.name == "escrow":
                row.public_key = made.key.public
            session.add(row)
    return made.shares


class Opened:
    """A member of staff with their own key open."""

    def __init__(self, person: Staff, key: SealingKey) -> None:
        self.id, self.key = person.id, key


def recover(desk: Desk, monkeypatch: pytest.MonkeyPatch, to: str, shares: tuple[str, ...]) -> int:
    answers = desk.folder / "answers.toml"
    answers.write_text(f"[escrow]\nshares = {json.dumps(list(shares))}\nreason = 'todas se han ido'\n")
    answers.chmod(0o600)
    monkeypatch.setenv("CONVIVENCIA_HOME", str(desk.folder))
    monkeypatch.setenv("CONVIVENCIA_CASEWORK_URL", desk.casework_url)
    monkeypatch.setattr(CaseworkSettings, "clock", lambda _: desk.clock)
    return casework.__main__.main(["recover", "--to", to, "--from-file", str(answers)])


def a_newcomer(desk: Desk, capsys: pytest.CaptureFixture[str]) -> TestClient:
    """Somebody whom the operators invited, and who made their own key."""
    asked = ["staff", "add", "--name", "nova.prova", "--shown-as", "Nova Prova", "--role", "supervisor"]
    assert casework.__main__.main(asked) == 0
    code = next(line.strip() for line in capsys.readouterr().out.splitlines() if line.startswith("  "))
    passphrase, client = "una frase larga de prueba", desk.stranger()
    form = {
        "name": "nova.prova", "invitation": code, "secret": NEW_SECRET, "passphrase": passphrase,
        "again": passphrase, "code": code_at(NEW_SECRET, desk.clock.now()),
    }  # fmt: skip
    assert client.post("/es/invitation", data=form).status_code == 303
    desk.clock.move(minutes=1)
    form["code"] = code_at(NEW_SECRET, desk.clock.now())
    assert client.post("/es/sign-in", data=form).status_code == 303
    return client


def test_when_nobody_is_left_two_shares_bring_keys_and_cases_back_to_a_new_holder(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shares = with_shares(desk)
    one, apart, walled = desk.a_case("laila"), desk.a_case("amparo", city=True), desk.a_case("laila")
    unread = desk.report()
    laila = desk.signed_in("laila")
    note = {"note": "Lo que se acordó por teléfono."}
    assert laila.post(f"/es/cases/{one.case_number}/notes", data=note).status_code == 303
    assert noting.note(desk, laila, one).status_code == 303
    with desk.writing() as session:
        # the cases lie under the older one
        shares = renew_escrow(session, shares[:2], by=None, at=NOW).shares
        for name in ("amparo", "vicent", "laila", "pau", "iris"):
            leave(session, desk.staff_id(name), by=None, at=NOW, even_the_last=True)
    monkeypatch.setenv("CONVIVENCIA_HOME", str(desk.folder))
    monkeypatch.setenv("CONVIVENCIA_CASEWORK_URL", desk.casework_url)
    monkeypatch.setenv("CONVIVENCIA_DEMO", "true")
    monkeypatch.setattr(CaseworkSettings, "clock", lambda _: desk.clock)
    nova = a_newcomer(desk, capsys)
    for path in (f"cases/{one.case_number}", f"cases/{apart.case_number}", f"inbox/{unread.case_number}"):
        assert nova.get(f"/es/{path}").status_code == 404
    with desk.writing() as session:
        own = session.exec(select(Staff.id).where(Staff.sign_in_name == "nova.prova")).one()
        session.add(
            CaseWall(
                case_id=desk.case(walled).id,
                staff_id=own,
                relation_code="family",
                made_by=own,
                made_on=NOW.date(),
            )
        )
    joana = desk.signed_in("joana")
    assert recover(desk, monkeypatch, "nova.prova", shares[:1] * 2) == 1  # one share twice is one share
    assert recover(desk, monkeypatch, "joana.figurada", shares[:2]) in (0, 1)
    assert recover(desk, monkeypatch, "nova.prova", shares[1:]) == 0
    assert "1 cases" not in capsys.readouterr().out
    for path in (f"cases/{one.case_number}", f"cases/{apart.case_number}", f"inbox/{unread.case_number}"):
        assert nova.get(f"/es/{path}").status_code == 200, path
    assert note["note"] in said(nova.get(f"/es/cases/{one.case_number}").text)
    assert noting.WORD not in nova.get(noting.path(one)).text  # a supervisor, for a reason
    assert noting.say_why(nova, one).status_code == 303
    assert noting.WORD in nova.get(noting.path(one)).text
    assert nova.get(f"/es/cases/{walled.case_number}").status_code == 404
    with desk.reading() as session:
        held = select(CaseKeyGrant.case_id).where(CaseKeyGrant.holder_id == own)
        assert desk.case(walled).id not in set(session.exec(held))
        told = session.exec(select(Event).where(Event.kind == "escrow_opened")).all()
        assert all(
            str(desk.staff_id("joana")) in event.detail and "todas" not in event.detail for event in told
        )
        assert list(findings(session, read_heads(desk.settings.heads))) == []
    assert "case_recovered" in desk.events(one) and "escrow_opened" in desk.events()
    joana.post("/es/sign-out")
    joana = desk.signed_in("joana")
    assert TOLD in said(joana.get("/es/staff").text)
    assert "Alguien en las máquinas de la oficina: abrió la custodia de claves" in said(
        joana.get("/es/my-sign-ins").text
    )
