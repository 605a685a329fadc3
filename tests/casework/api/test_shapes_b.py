"""What a program is told of the work on a case: advice, tracks, letters, mediation, meetings, walls."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, time
from html import unescape
from pathlib import Path
from typing import Any, Final, get_type_hints

import pytest
from pydantic import BaseModel

from casework.api.answers import KIND
from casework.api.shapes import SHAPES
from casework.api.shapes.parts import Code
from office.languages import language
from tests.casework.advice import pieces as advice
from tests.casework.api.furnished import HELD, SEEN_BY, Furnished, furnished
from tests.casework.matrix.people import Office
from tests.casework.matrix.straight import without_threads

MARK: Final = Code.__metadata__[0]  # type: ignore[attr-defined]  # an Annotated
DAY: Final = r"\d{4}-\d{2}-\d{2}"
SPANISH: Final = language("es", "staff")
MINE: Final = (
    "advice", "advice_list", "advice_text", "agenda", "authority_entering", "authority_request",
    "authority_requests", "authority_year", "bias", "bias_text", "bodies", "body", "case_appointments",
    "case_referrals", "clinic", "clinics", "dossier", "dossiers", "duty", "letter", "letters", "mediating",
    "mediation", "mediation_sheet", "mediations", "needs", "needs_text", "papers", "proof", "proof_harm",
    "proof_indication", "proof_list", "referral", "referral_pack", "referrals", "site", "sites", "track",
    "tracks", "wall", "walls",
)  # fmt: skip
"""Every page of this half that is asked for with GET."""


@pytest.fixture(scope="module")
def office(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    folder = tmp_path_factory.mktemp("api") / "desk"
    shutil.copytree(made, folder)
    one = Office(folder, f"sqlite:///{folder}/mailbox.db", f"sqlite:///{folder}/casework.db")
    with closing(one), pytest.MonkeyPatch.context() as patch:
        without_threads(patch)
        yield furnished(one)


def told(office: Furnished, what: str) -> Any:
    """Return what a program is told of a page."""
    who, at = office.page(what)
    answer = office.office.signed_in(who).get(f"/api/v1{at}{'&' if '?' in at else '?'}language=es")
    assert answer.status_code == 200, (what, answer.text)
    return json.loads(answer.text)


def shown(office: Furnished, what: str) -> str:
    """Return the page itself without the way around, which names its reader."""
    who, at = office.page(what)
    answer = office.office.signed_in(who).get(f"/es{at}")
    assert answer.status_code == 200, what
    return " ".join(unescape(re.sub(r"<nav.*?</nav>", "", answer.text, count=1, flags=re.DOTALL)).split())


def model_of(kind: str) -> type[BaseModel]:
    return get_type_hints(SHAPES[f"{kind}.html"])["return"]  # type: ignore[no-any-return]  # a shape's own


def values_in(value: Any, *, is_code: bool = False) -> Iterator[Any]:
    """Return every word, day and id that is not a code."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            marked = MARK in field.metadata or MARK in repr(field.annotation)
            yield from values_in(getattr(value, name), is_code=marked)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from values_in(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from values_in(one, is_code=is_code)
    elif value is not None and not is_code and not isinstance(value, bool | int):
        yield value


def stands_on(page: str, value: Any) -> bool:
    """Say whether a page shows a value, as pages write words, months, days and hours."""
    if isinstance(value, time):
        return SPANISH.clock(value.hour * 60 + value.minute) in page
    if isinstance(value, str) and re.fullmatch(DAY, value):
        value = date.fromisoformat(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}", value):
        return SPANISH.month(value) in page
    if not isinstance(value, date):
        return " ".join(str(value).split()) in page
    written = [value.isoformat(), SPANISH.date(value), SPANISH.short_date(value), SPANISH.weekday(value)]
    typed = [rf'-{part}" [^>]* value="{getattr(value, part)}"' for part in ("day", "month", "year")]
    return any(one in page for one in written) or all(re.search(one, page) for one in typed)


def test_nothing_goes_out_that_the_page_does_not_show(office: Furnished) -> None:
    kinds, more = set(), []
    for what in (*HELD, *SEEN_BY):
        answer, page = told(office, what), shown(office, what)
        kinds.add(kind := answer.pop(KIND))
        model = model_of(kind).model_validate_json(json.dumps(answer))
        more += [(what, str(one)) for one in values_in(model) if not stands_on(page, one)]
    assert more == []
    assert sorted(kinds) == sorted(MINE)


def code_of(choice: Any) -> Any:
    return choice and choice["code"]


def codes_of(choices: Any) -> list[str]:
    return [one["code"] for one in choices]


def test_advice_and_its_steps(office: Furnished) -> None:
    (line,) = told(office, "advice")["advice"]
    assert line["question"] == advice.QUESTION and code_of(line["decision"]) == "go_on"
    one = told(office, "one advice")
    assert one["id"] == line["id"] == office.own["advice_id"] and code_of(one["state"]) == "delivered"
    assert one["newest"]["facts"] == advice.FACTS
    assert one["newest"]["laws"] == [{"cited": "Ley 15/2022, art. 20", "text_of": "2022-07-13"}]
    assert [code_of(option["route"]) for option in one["newest"]["options"]] == [
        "police_report",
        "civil_tort",
    ]
    assert [(each["made_by"], each["is_machine"]) for each in one["translations"]] == [
        ("Awa Inventada", False)
    ]
    reviewed, delivered, decided = one["steps"]
    assert reviewed["words"] == "Bien dicho." and reviewed["delivery"] is None
    assert delivered["delivery"]["interpreter"] == "Modou Inventado" and delivered["delivery"]["is_read_back"]
    assert code_of(decided["decision"]["mandate"]) == "in_writing" and decided["happened_on"] == "2026-11-23"
    assert codes_of(one["may_be_filed"]) == ["police_report"]
    forms = one["forms"]
    assert forms["withdrawal"]["version"] == told(office, "text of advice")["version"]
    assert forms["review"] is forms["delivery"] is forms["translations"] is None


def test_a_text_of_advice_comes_back_as_it_is_sent(office: Furnished) -> None:
    fields = told(office, "text of advice")["fields"]
    assert fields["law1_on"] == "2022-07-13" and fields["option1_route"] == "police_report"
    assert fields["options"] == 2 and "option2_cost" not in fields
    new = told(office, "new advice")
    assert new["fields"] == {"language": "es", "laws": 1, "options": 1} and new["version"] is None
    vicent = office.office.signed_in("vicent")
    at = "/api/v1/cases/{city}/advice/{waits}/text?language=es".format(**office.own)
    begun = vicent.get(at).json()
    sent = {**begun["fields"], "laws": 2, "law2": "Ley 4/2023, art. 3", "law2_on": "2023-03-01"}
    done = vicent.post(at, json={**sent, "version": begun["version"]})
    assert done.status_code == 200, done.text
    assert vicent.get(at).json()["fields"] == sent


def test_each_is_offered_what_they_may_do(office: Furnished) -> None:
    waits = told(office, "advice to review")
    assert codes_of(waits["forms"]["review"]["verdict"]) == ["reviewed", "sent_back"]
    assert waits["may_be_filed"] is None and waits["forms"]["decision"] is None
    own, other = told(office, "duty"), told(office, "duty to read")
    assert own["to_read"] is None and codes_of(other["to_read"]["reading"]) == ["agrees", "disagrees"]
    (decided,) = other["decisions"]
    assert decided["reasons"] == "Lo contó en consulta." and code_of(decided["basis"]) == "secrecy"
    assert decided["reading"] is None and decided["is_person_told"]


def test_a_track_its_steps_and_its_remedy(office: Furnished) -> None:
    (line,) = told(office, "tracks")["tracks"]
    assert code_of(line["called"]["kind"]) == "civil" and line["check_on"] == "2027-01-20"
    assert code_of(line["state"]["step"]) == "filed" and line["since"] == "2026-11-23"
    one = told(office, "track")
    told_of = [
        (code_of(each["called"] and each["called"]["step"]), each["is_in_force"]) for each in one["steps"]
    ]
    assert told_of == [
        ("prepared", True), ("mandate_signed", True), ("filed", False), (None, False), ("filed", True),
    ]  # fmt: skip
    assert code_of(one["steps"][3]["takes_back"]["step"]) == "filed"
    assert one["steps"][4]["authority"] == "Juzgado 7" and one["steps"][4]["external_number"] == "412/2026"
    (remedy,) = one["remedies"]
    assert (code_of(remedy["remedy"]), code_of(remedy["complied"])) == ("apology", "partly")
    assert remedy["checks"][0]["note"] == "Media carta."
    assert codes_of(one["next_step"]["step"]) == ["acknowledged", "silent", "resolved", "withdrawn"]
    assert one["next_step"]["result"] is not None and not one["next_step"]["needs_mandate"]


def test_letters_papers_and_dossiers(office: Furnished) -> None:
    made, begun = told(office, "letter"), told(office, "letter begun")
    assert code_of(made["state"]) == "made" and made["made"][0]["number"] == 1 and made["sending"] is not None
    typed = {one["field"]: one["value"] for one in made["writing"]["fields"]}
    assert typed["field_recipient"] == "Registro general" and made["writing"]["missing"] == []
    assert begun["sending"] is None and "field_request" in [
        one["field"] for one in begun["writing"]["missing"]
    ]
    assert codes_of(told(office, "papers")["own_words"]) == ["2026-11-23.first_contact.in_writing"]
    city = told(office, "letters against the city")["beginning"]
    assert (
        city["is_against_an_administration"]
        and len(city["not_offered"]) == 1
        and "claim" not in codes_of(city["template"])
    )
    dossier = told(office, "dossier")
    assert dossier["recipient"] == "Fiscalía de delitos de odio de València"
    assert [one["key"] for one in dossier["writing"]["parts"] if one["is_in"]] == ["story", "days"]
    assert code_of(dossier["writing"]["files"][0]["chosen"]) == "in"
    assert dossier["consent"]["ends_on"] == "2027-02-01" and dossier["making"] is not None
    assert told(office, "dossiers")["dossiers"][0]["last_made_on"] is None


def test_a_mediation_for_the_case_and_for_its_mediator(office: Furnished) -> None:
    own, theirs = told(office, "mediation"), told(office, "mediating")
    now = own["mediation"]
    assert now["mediator"] == "Pau Supuesto" and code_of(now["standing"]["state"]) == "invited"
    (handed,) = [one["handed_over"] for one in now["steps"] if one["handed_over"]]
    assert (
        handed == theirs["handed_over"]
        and handed["name"] == "Nadia"
        and handed["reach"] == "Por las mañanas."
    )
    assert now["reference"] == theirs["reference"] != office.own["number"]
    assert office.own["number"] not in json.dumps(
        [theirs, told(office, "mediations"), told(office, "invitation")]
    )
    assert codes_of(theirs["next_step"]["step"]) and theirs["agreement"] is None and theirs["notes"] == []
    barred = told(office, "mediation against the city")
    assert len(barred["bars"]) == 1 and barred["mediation"] is None and barred["forms"]["offer"] is None


def test_a_referral_before_and_after_it_leaves(office: Furnished) -> None:
    before, after = told(office, "referral drafted"), told(office, "referral")
    assert {one["code"]: one["value"] for one in before["could_be_told"]}["email"] == "amina@example.org"
    assert before["is_told"] is None and before["consent"] is None and before["forms"]["sending"] is None
    assert [(one["code"], one["value"]) for one in after["is_told"]] == [
        ("name", "Amina B."), ("phone", "600 123 123"),
    ]  # fmt: skip
    assert after["could_be_told"] is None and after["forms"]["consent"] is None and after["may_be_printed"]
    pack = told(office, "pack")
    assert pack["items"] == after["is_told"] and "amina@example.org" not in json.dumps(pack)
    assert pack["answer_by"] == after["handed_over"]["answer_by"] == "2026-12-09"
    mine, team = told(office, "referrals"), told(office, "referrals of all")
    assert (mine["whose"], team["whose"], mine["may_see_the_teams"]) == ("mine", "all", False)
    assert [one["id"] for one in mine["referrals"]] == [office.own["referral"]] and mine["next"] is None
    assert {one["code"]: one["count"] for one in mine["choices"]}["waiting"] == 1


def test_only_who_may_change_a_body_or_a_place_is_told_by_what(office: Furnished) -> None:
    read, changed = told(office, "bodies"), told(office, "bodies to change")
    assert {one["code"] for one in read["bodies"]} == {None} and "021" in [
        one["code"] for one in changed["bodies"]
    ]
    assert told(office, "body")["version"] == 0 and told(office, "new body")["is_own"]
    (place,), (own,) = told(office, "sites")["sites"], told(office, "sites to change")["sites"]
    assert (place["id"], own["id"]) == (None, office.own["site"])
    assert place["rooms"] == ["Sala 2"] and codes_of(place["languages"]) == ["ar", "es"]
    assert told(office, "site")["now"]["at_the_door"] == "Tengo una cita con Laila."


def test_hours_of_the_office_and_the_appointment_of_a_case(office: Furnished) -> None:
    now = told(office, "appointments")["now"]
    assert (now["hour"]["on"], now["hour"]["at"]) == ("2026-12-01", "09:00:00")
    assert code_of(now["hour"]["way"]) == "phone" and now["coming"] is None
    (hour,) = told(office, "agenda")["hours"]
    assert hour["appointment"]["case_number"] == office.own["number"] and hour["id"] is None
    clinic = told(office, "clinic")
    assert [one["at"] for one in clinic["hours"]] == ["17:00:00", "17:30:00"] and clinic["taking_walk_in"]
    assert told(office, "clinic without cases")["taking_walk_in"] is None
    assert told(office, "clinics")["opening"] is None and told(office, "clinics to open")["opening"]


def test_the_three_sheets(office: Furnished) -> None:
    needs = told(office, "needs")
    said = {
        code_of(one["factor"]): (code_of(one["answer"]), one["words"]) for one in needs["sheet"]["factors"]
    }
    assert said["fear"] == ("yes", "No sale sola de noche.") and said["nature"] == ("no", "")
    assert needs["review_on"] == "2026-12-21" and codes_of(needs["sheet"]["measures"]) == ["accompanied"]
    sheet, older = told(office, "sheet"), told(office, "older sheet")
    (found,) = sheet["indications"]
    assert sheet["harm"] == "No le alquilan el piso." and found["shows"] == "Dijo: «a gente como tú, no»."
    assert found["file"] == office.own["file_id"] and found["is_kept_in_case"] and found["vanishes"]
    assert older["indications"] == [] and not older["version"]["is_newest"] and not older["may_write"]
    assert [one["number"] for one in sheet["versions"]] == [3, 2, 1]
    assert told(office, "indication")["now"]["kept_in"] == f"file:{office.own['file_id']}"
    assert told(office, "proof")["day_told"] == "2026-11-20"
    bias = told(office, "bias")["sheet"]
    assert [(code_of(one["indicator"]), one["words"]) for one in bias["ticks"]] == [
        ("insults", "Gritó insultos racistas."),
    ]  # fmt: skip


def test_a_wall_and_what_is_overseen_of_it(office: Furnished) -> None:
    assert told(office, "no wall")["wall"] is None
    wall = told(office, "wall")["wall"]
    assert (
        code_of(wall["cause"]) == "door" and wall["risen_on"] == "2026-11-23" and wall["asked_down"] is None
    )
    assert wall["telling"]["sentence"].startswith("Tu caso es sobre el propio Ayuntamiento.")
    head, officer = told(office, "walls"), told(office, "walls with numbers")
    assert head["standing"] == 1 and head["months"] == [{"month": "2026-11", "rose": 1, "stand": 1}]
    assert office.city.case_number not in json.dumps(head)
    assert [one["case_number"] for one in officer["walls"]] == [office.city.case_number]


def test_requests_from_authorities(office: Furnished) -> None:
    signed, waiting = office.own["request"], office.own["waiting"]
    assert [one["reference"] for one in told(office, "requests")["requests"]] == [waiting, signed]
    assert [one["reference"] for one in told(office, "own requests")["requests"]] == [signed]
    one = told(office, "request")
    assert (
        one["answer"]["reasons"] == "Ninguna ley obliga."
        and one["legal_basis"] == "Ley Orgánica 7/2021, art. 7"
    )
    assert codes_of(one["asked"]) == ["known", "whereabouts"] and one["signing"] is None
    assert told(office, "request to sign")["signing"] is not None
    year = told(office, "year")
    counted = {
        (code_of(each["authority"]), code_of(each["answer"])): each["count"] for each in year["counts"]
    }
    assert (counted["police", "refused"], counted["police", "waiting"], year["total"]) == (1, 1, 2)
    assert told(office, "correcting")["corrects"]["received_on"] == "2026-11-20"


def sent(office: Furnished, who: str, at: str, **fields: Any) -> Any:
    """Send an act as a program does, and return what it is told."""
    client: Any = office.office.signed_in(who)
    answer = client.post(f"/api/v1{at}?language=es", json=fields)
    assert answer.status_code == 200, (at, answer.text)
    return json.loads(answer.text)


def read(office: Furnished, who: str, at: str) -> Any:
    answer = office.office.signed_in(who).get(f"/api/v1{at}?language=es")
    assert answer.status_code == 200, (at, answer.text)
    return json.loads(answer.text)


def test_advice_goes_on_with_what_its_forms_offer(office: Furnished) -> None:
    own = f"/cases/{office.city.case_number}/advice"
    new = read(office, "vicent", f"{own}/new")
    text = {**new["fields"], "the_question": "¿Y la multa?", "option1_what": "Recurrir"}
    at = sent(office, "vicent", f"{own}/new", **text)["at"].removeprefix("/api/v1")
    one = read(office, "vicent", at)
    assert one["forms"]["review"] is None and one["forms"]["waits_for_another_reviewer"]
    assert one["newest"]["options"][0]["route"] is None
    version = read(office, "amparo", at)["forms"]["review"]["version"]
    back = sent(
        office, "amparo", f"{at}/review", verdict="sent_back", review_words="Falta la ley.", version=version
    )
    assert back["done"] == "advice_sent_back"
    assert read(office, "vicent", at)["steps"][0]["words"] == "Falta la ley."


def test_the_code_for_a_body_is_told_once(office: Furnished) -> None:
    own = f"/cases/{office.city.case_number}/referrals"
    made = sent(office, "vicent", own, body="021", told_name="Amina B.", told_phone="600 123 123")
    at = made["at"].removeprefix("/api/v1")
    agreed = read(office, "vicent", at)["forms"]["consent"]
    assert codes_of(agreed["items"]) == ["name", "phone"]
    sent(
        office, "vicent", f"{at}/consent", version=agreed["version"], items=["name"], asked_in="es",
        evidence="spoken", consented_on="2026-11-23", consent_until="2027-02-01",
    )  # fmt: skip
    before = read(office, "vicent", at)
    assert [one["value"] for one in before["is_told"]] == ["Amina B."]
    way = {"way": "link", "answer_by": "2026-12-09", "version": before["forms"]["sending"]["version"]}
    after = sent(office, "vicent", f"{at}/sending", **way)
    assert after[KIND] == "referral" and len(after["partner"]["code"]) == 43
    assert after["partner"]["until"] == after["handed_over"]["address_ends_on"]
    again = read(office, "vicent", at)
    assert again["partner"] is None and after["partner"]["code"] not in json.dumps(again)


def test_what_a_wall_takes_is_told_before_it_rises(office: Furnished) -> None:
    own = f"/cases/{office.own['number']}"
    codes = {
        "version": read(office, "laila", f"{own}/codes")["version"], "grounds": ["race_ethnicity"],
        "conduct": ["direct"], "area": "housing", "respondent": "city_council", "district": "14",
    }  # fmt: skip
    asked = sent(office, "laila", f"{own}/codes", **codes)
    assert asked[KIND] == "wall_asking" and asked["leaves_the_reader"] and asked["leaves"] is None
    assert {one["name"] for one in asked["holders"]} == {"Amparo Inventada", "Vicent Ficticio"}
    assert asked["loss"]["booked_on"] == ["2026-12-01"] and asked["loss"]["tasks"] > 0
    assert asked["sent_to"] == "codes" and len(asked["wall_taker"]) == 2
    assert read(office, "laila", f"{own}/wall")["wall"] is None
