"""Links that staff make: whoever may open both makes and undoes them, and nobody else learns of either."""

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from office.ids import new_case_number, shown
from tests.casework.desk import Desk, Reporter, mistakes, said, typed
from tests.casework.links.test_links import links, sent

NONE = "No hay ninguna comunicación ni expediente con este número que puedas abrir."


def make(client: TestClient, own: Reporter, other: str, kind: str = "related") -> Response:
    """Link a case with another, as the form does."""
    data = {"other": other, "link_kind": kind}
    return client.post(f"/es/cases/{own.case_number}/links", data=data)


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("one_person", "La misma persona, según nos ha dicho", "La misma persona, según nos ha dicho"),
        ("same_event", "El mismo hecho", "El mismo hecho"),
        ("related", "Tienen que ver uno con otro", "Tienen que ver uno con otro"),
        ("split_from", "Este se separó del otro", "El otro se separó de este"),
    ],
)
def test_a_link_stands_on_both_and_is_undone_from_either(
    desk: Desk, kind: str, here: str, there: str
) -> None:
    one, other = desk.a_case("laila"), desk.a_case("laila")
    laila, before = desk.signed_in("laila"), sent(desk)
    assert make(laila, one, shown(other.case_number), kind).status_code == 303
    assert links(desk) == [(one.case_number, other.case_number, kind)]
    for own, far, words in ((one, other, here), (other, one, there)):
        page = laila.get(f"/es/cases/{own.case_number}")
        assert words in said(page.text) and f'href="/es/cases/{far.case_number}"' in page.text
        assert desk.events(own).count("case_linked") == 1
    undone = laila.post(
        f"/es/cases/{other.case_number}/link", data={"do": "remove", "other": one.case_number}
    )
    assert undone.status_code == 303 and links(desk) == []
    assert here not in said(laila.get(f"/es/cases/{one.case_number}").text)
    assert sent(desk) == before  # nothing went to either person


def test_a_case_one_may_not_open_looks_like_one_that_is_not_there(desk: Desk) -> None:
    own, walled = desk.a_case("laila"), desk.a_case("pau")
    laila = desk.signed_in("laila")
    told = []
    for number in (walled.case_number, new_case_number(), "12", own.case_number):
        answer = make(laila, own, number)
        assert answer.status_code == 422 and mistakes(answer.text) == [NONE]
        assert typed(answer.text, "other")["text"] == number
        told.append(said(answer.text))
    assert told[0] == told[1] and links(desk) == []
    assert make(laila, walled, own.case_number).status_code == 404
    assert desk.events(walled).count("case_linked") == 0


def test_of_a_link_between_two_who_may_open_one_sees_nothing(desk: Desk) -> None:
    hers, his = desk.a_case("laila"), desk.a_case("pau")
    assert make(desk.signed_in("amparo"), hers, his.case_number).status_code == 303
    for path in ("", "/links"):
        page = desk.signed_in("laila").get(f"/es/cases/{hers.case_number}{path}").text
        assert his.case_number not in page and shown(his.case_number) not in page
        assert "Tienen que ver" not in page.partition('<form method="post" action="/es/cases')[0]


def test_two_are_linked_once_and_with_a_kind(desk: Desk) -> None:
    one, other = desk.a_case("laila"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert make(laila, one, other.case_number, "").status_code == 422
    assert make(laila, one, other.case_number, "claim").status_code == 422
    assert make(laila, one, other.case_number).status_code == 303
    again = make(laila, other, one.case_number, "same_event")
    assert again.status_code == 422 and "ya están enlazados" in mistakes(again.text)[0]
    assert len(links(desk)) == 1
