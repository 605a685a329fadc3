"""Where an indication is kept: a file, a message or an address of the case, chosen from what there is."""

from typing import Final

from casework.assessing.content import Indication
from casework.assessing.rules import PLACES
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.messages.queries import Said, thread
from casework.showing import View
from office.languages import mark

FILE: Final = "file"
A_FILE: Final = mark("File: %(name)s")
A_MESSAGE: Final = mark("Message of %(day)s: %(words)s")
AN_ADDRESS: Final = mark("Address on the internet: %(address)s")
THE_REPORT: Final = mark("What the person told in the report")
WORDS_SHOWN: Final = 60


def choices(view: View, case: CaseFile, chosen: Indication | None = None) -> dict[str, str]:
    """Return what may be chosen, with its words; also what was chosen before and is not there any more."""
    story = story_of(view.session, case, view.act)
    said = thread(view.session, case, view.act)
    found = {place: view.text(words) for place, words in PLACES.items()}
    found["report"] = view.text(THE_REPORT)
    for file in (*story.files, *(file for one in said for file in one.entry.files)):
        found[f"{FILE}:{file.file_id}"] = view.text(A_FILE, name=file.name)
    for link in story.links:
        found[f"link:{link.sha256[:16]}"] = view.text(AN_ADDRESS, address=link.address)
    for one in said:
        if one.entry.text:
            found[f"message:{one.id}"] = _message(view, one)
    if chosen:
        found.setdefault(value_of(chosen), chosen.called)
    return found


def value_of(one: Indication) -> str:
    """Return the value of the choice that an indication carries."""
    return f"{one.where}:{one.ref}" if one.ref else one.where


def _message(view: View, one: Said) -> str:
    words = " ".join(one.entry.text.split())
    short = words if len(words) <= WORDS_SHOWN else f"{words[:WORDS_SHOWN]}…"
    return view.text(A_MESSAGE, day=view.language.short_date(one.on), words=short)
