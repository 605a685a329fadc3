"""What of a case can stand in a dossier: texts, each a document, and files. Notes of the office never do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casework.advice.queries import advice_of, shown_advice
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.documents.copies import copied
from casework.documents.queries import ShownDocument, documents_of
from casework.documents.rules import may_leave
from casework.dossiers.content import DossierText
from casework.dossiers.errors import DossierCopiesChanged
from casework.dossiers.rules import COPIED, IN
from casework.letters.filling import day_told
from casework.letters.queries import letters_of
from casework.letters.rules import TO as RECEIVERS
from casework.messages.queries import thread
from casework.tracks.queries import steps_shown, tracks_of
from casework.tracks.rules import KINDS, STATES
from office.handover.report import SentFile
from office.languages import Language, language, mark

if TYPE_CHECKING:
    from casework.showing import View

STORY: Final = mark("What the person told")
FROM_THE_PERSON: Final = mark("Message of the person, %(day)s")
TO_THE_PERSON: Final = mark("Message of the office to the person, %(day)s")
ADVICE: Final = mark("Advice of the office to the person, %(day)s")
DAYS: Final = mark("What happened when")
HAPPENED: Final = mark("It happened, as the person told it")
REPORTED: Final = mark("Reported to the office")
WROTE: Final = mark("The person wrote to the office")
SENT: Final = mark("The office sent a letter. To: %(to)s")
COPY_IS_IN: Final = mark("Its copy without other people is in the dossier: leave this one out.")
NO_COPY_IS_IN: Final = mark("No copy of it is in the dossier. Put one in, or choose another reason.")
WHERE: Final = mark("Where it happened: %(place)s")
WHEN: Final = mark("When it happened: %(day)s")


@dataclass(frozen=True, slots=True)
class Part:
    """One text of the case.

    Attributes:
        key: what a form and the sealed row call it.
        text: as it stands in the case; nothing is blacked out in it yet.
        is_privileged: between adviser and client; it is in no dossier unless somebody chooses it.
    """

    key: str
    title: str
    text: str
    is_privileged: bool = False


def parts_of(view: "View", case: CaseFile, tag: str) -> list[Part]:
    """Return the texts that can stand in a dossier titled in a language, in the order in which they would."""
    written = language(tag, "staff")
    return [one for one in _parts(view, case, written) if one.text.strip()]


def files_of(view: "View", case: CaseFile) -> list[SentFile]:
    """Return the files of a case: of the report, of the messages in their order, then documents.

    Of the documents the office added, only those that may be disclosed and are not void.
    """
    said = (file for one in thread(view.session, case, view.act) for file in one.entry.files)
    added = (
        one.words.file
        for one in documents_of(view.session, case, view.act)
        if not one.is_void and may_leave(one.words.privilege)
    )
    return [*story_of(view.session, case, view.act).files, *said, *added]


def copies_of(view: "View", case: CaseFile) -> Mapping[UUID, frozenset[UUID]]:
    """Return of which files each copy is one that can be in a dossier, all by their ids."""
    able = {file.file_id for file in files_of(view, case)}
    every = copied(documents_of(view.session, case, view.act))
    return {copy: wholes for copy, wholes in every.items() if copy in able}


def misplaced(view: "View", case: CaseFile, files: Mapping[str, str]) -> Mapping[str, str]:
    """Return the sentence for each file that goes beside its copy, or is left out though no copy goes."""
    chosen = {
        whole
        for copy, wholes in copies_of(view, case).items()
        if files.get(str(copy)) == IN
        for whole in wholes
    }
    found: dict[str, str] = {}
    for file in files_of(view, case):
        own = str(file.file_id)
        if files.get(own) == IN and file.file_id in chosen:
            found[own] = COPY_IS_IN
        elif files.get(own) == COPIED and file.file_id not in chosen:
            found[own] = NO_COPY_IS_IN
    return found


def require_copies(view: "View", case: CaseFile, text: DossierText) -> None:
    """Refuse a dossier of which a copy became void, or another copy was made, since it was kept.

    Raises:
        DossierCopiesChanged: it did.
    """
    if misplaced(view, case, text.files):
        raise DossierCopiesChanged(case=case.reference)


def kept_back(view: "View", case: CaseFile) -> list[ShownDocument]:
    """Return the documents that can be in no dossier: privileged, or with a third person's secret."""
    return [
        one
        for one in documents_of(view.session, case, view.act)
        if not one.is_void and not may_leave(one.words.privilege)
    ]


def _parts(view: "View", case: CaseFile, written: Language) -> Iterator[Part]:
    story = story_of(view.session, case, view.act)
    told = [story.what_happened]
    if when := day_told(story.when, written):
        told.append(written.gettext(WHEN, day=when))
    if story.where.place_text:
        told.append(written.gettext(WHERE, place=story.where.place_text))
    yield Part("story", written.gettext(STORY), "\n".join(told) if story.what_happened else "")
    yield Part("days", written.gettext(DAYS), "\n".join(_days(view, case, written)))
    for one in thread(view.session, case, view.act):
        if one.direction != "note" and one.entry.text:
            title = FROM_THE_PERSON if one.direction == "in" else TO_THE_PERSON
            day = written.gettext(title, day=written.date(one.on))
            yield Part(f"message.{one.id}", day, one.entry.text)
    for advice in advice_of(view.session, case):
        if advice.state_code == "withdrawn":
            continue
        newest = shown_advice(view.session, case, advice, view.act).newest
        lines = [newest.text.question, newest.text.facts, *(one.what for one in newest.text.options)]
        day = written.gettext(ADVICE, day=written.date(newest.row.written_on))
        yield Part(f"advice.{advice.id}", day, "\n".join(line for line in lines if line), is_privileged=True)


def _days(view: "View", case: CaseFile, written: Language) -> list[str]:
    """Return one line for each day that matters, in their order; what advisers did is not among them."""
    story = story_of(view.session, case, view.act)
    found: list[tuple[date, str]] = [(case.reported_on, written.gettext(REPORTED))]
    if story.when.day is not None:
        found.append((story.when.day, written.gettext(HAPPENED)))
    found += [
        (one.on, written.gettext(WROTE))
        for one in thread(view.session, case, view.act)
        if one.direction == "in"
    ]
    found += [
        (one.letter.sent_on, written.gettext(SENT, to=written.gettext(RECEIVERS[one.letter.to_code])))
        for one in letters_of(view.session, case, view.act)
        if one.letter.sent_on is not None and one.letter.to_code != "person"
    ]
    for standing in tracks_of(view.session, case.id):
        for step in steps_shown(view.session, case, standing, view.act):
            if step.is_in_force:
                kind = written.gettext(KINDS[standing.track.kind_code])
                line = f"{kind}: {written.gettext(STATES[step.row.step_code])} {step.text.authority}"
                found.append((step.row.happened_on, line.strip()))
    return [f"{written.date(on)}: {what}" for on, what in sorted(found)]
