"""What somebody is stands on its own page and nowhere else, for its adviser and for a supervisor who read it.

The word is in no other text of the office. Every page, file and answer to a program is asked for.
"""

import json
import logging

import pytest

from tests.casework.matrix.asking import Ask, ask, asks, client_of, expected, filling_of, path_of
from tests.casework.matrix.declared import declared
from tests.casework.matrix.world import World
from tests.casework.profile.noting import WORD

pytestmark = pytest.mark.timeout(2400)
WHY = "xochipillita: la abogada lo pregunta"
OWN_PAGE = "/cases/{number}/profile"


def looked_for(world: World, who: str) -> list[Ask]:
    """Every page this person may open that is of the case with the profile, or of no case."""
    told = declared()
    return [
        one
        for one in asks(told, who, "GET")
        if expected(told, one, filling_of(world, one.subject))
        and (one.subject is None or one.subject.kind != "case" or one.subject.name == "mine")
    ]


@pytest.mark.parametrize("who", ["laila", "amparo", "iris", "joana", "remei", "marina", "ferran", "teresa"])
def test_the_word_stands_on_no_other_page_file_or_answer(
    world: World, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    own = world.subjects["case"]["mine"]
    address = f"/es/cases/{own['number']}/profile"
    amparo = client_of(world, "amparo")
    assert amparo.post(f"{address}/opening", data={"open_reason": WHY}).status_code == 303
    assert WORD in amparo.get(address).text and WHY in amparo.get(address).text
    found, counted = [], 0
    for one in looked_for(world, who):
        client, filling = client_of(world, who), filling_of(world, one.subject)
        answers = [ask(world, client, one.route, filling)] if not one.route.path.endswith(OWN_PAGE) else []
        below = path_of(world, one.route, filling, "es").removeprefix("/es/")
        answers.append(client.get(f"/api/v1/{below}", params={"language": "es"}))
        for answer in answers:
            text = answer.text.casefold()
            found += [f"{one}: {answer.url}"] if WORD in text or "xochipillita" in text else []
            counted += 1
    for words in (WORD, WORD.upper(), "xochipillita"):
        for sought in ({"how": "words", "words": words}, {"how": "number", "number": words}):
            page = client_of(world, who).post("/es/search", data=sought)
            found += [f"search: {sought}"] if own["number"] in page.text else []
    assert not found, "\n".join(found)
    assert counted > (150 if who in ("laila", "amparo") else 4)
    assert WORD not in caplog.text and "xochipillita" not in caplog.text
    for file in world.office.folder.rglob("*"):
        if file.is_file():
            raw = file.read_bytes()
            for words in (WORD, "xochipillita"):
                for told in (words.encode(), words.encode("utf-16-le"), json.dumps(words).encode()):
                    assert told not in raw, file.name
