"""Cases that are read together: what the other one holds, and how the two are put together and parted."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes import cards, clocks, harms, hearings, told
from casework.api.shapes.parts import Choice, Person, choices, coded, person
from casework.api.shown import Page, Shape, Shown


class ReferralLine(Shown):
    """To which body a case was referred, and where that stands."""

    body: str
    state: str


class SideTrack(Shown):
    """A track of the other case."""

    id: UUID
    name: str
    state: str


class DocumentBeside(Shown):
    """A document that the office added to the other case."""

    number: int
    title: str


class CaseBeside(Shown):
    """What one case holds, as it is shown beside another."""

    case_number: str
    adviser: Person | None
    stage: Choice | None
    reported_on: date
    language: Choice | None
    next_news_on: date | None
    appointment: str
    deadlines: tuple[clocks.DeadlineStanding, ...]
    nobody_looked_which_limits_run: bool
    people: tuple[str, ...]
    hearings: tuple[hearings.HearingOfCase, ...]
    harms: tuple[harms.HarmNamed, ...]
    documents: tuple[DocumentBeside, ...]
    open_tasks: tuple[cards.TaskDue, ...]
    tracks: tuple[SideTrack, ...]
    has_advice: bool
    referrals: tuple[ReferralLine, ...]
    mediation: str
    are_needs_assessed: bool
    needs_again_on: date | None
    consents: tuple[told.ConsentShown, ...]


class CaseRead(CaseBeside):
    """A case put under the one whose page this is: with its own thread and what its person told."""

    thread: tuple[told.Said, ...]
    account: told.Account
    files: tuple[told.FileSent, ...]
    seen_online: tuple[told.SeenOnline, ...]


class CaseCompared(CaseBeside):
    """One of two cases that may be read together, with what its person told."""

    narrative: str
    version: int


class Addition(Shown):
    """What came to the leading case since, and is placed in one of the two when they are parted."""

    field: str = Field(description="The name of its field in the form that parts the cases.")
    what: str
    on: date
    text: str


class Merge(Shown):
    """Two cases that are read together."""

    leading: str
    under: str
    since: date
    by: Person | None
    reason: str
    can_be_undone: bool
    undo_until: date | None = None
    other_case_number: str | None = None
    other_version: int | None = None
    additions: tuple[Addition, ...] = ()
    places: tuple[Choice, ...] = Field((), description="To which case an addition can go.")
    staying: tuple[Choice, ...] = Field((), description="What stays in the leading case.")


class TogetherShown(Shown):
    """With which case this one is read together or could be; two of them side by side before that is done."""

    case_number: str
    version: int | None = None
    compared: tuple[CaseCompared, ...] = ()
    who_leads: tuple[Choice, ...] = ()
    undo_days: int | None = None
    merges: tuple[Merge, ...] = ()
    may_be_read_with_another: bool
    likely: tuple[str, ...] = Field((), description="Numbers of cases of the same incident, or linked.")


def holds(page: Page, side: Any) -> dict[str, Any]:
    """Return what one case holds, from `casework.merges.showing.Side`."""
    case, binding = side.case, side.deadlines.binding
    return {
        "case_number": case.reference,
        "adviser": person(side.adviser),
        "stage": coded(page, "stages", case.stage_code),
        "reported_on": case.reported_on,
        "language": coded(page, "languages", case.language),
        "next_news_on": case.next_on,
        "appointment": side.appointment,
        "deadlines": tuple(clocks.DeadlineStanding(**clocks.standing(page, one)) for one in binding),
        "nobody_looked_which_limits_run": not binding and not side.deadlines.scan,
        "people": tuple(one.called.name for one in side.people),
        "hearings": hearings.of_case(page, side.hearings),
        "harms": harms.named(side.harms),
        "documents": tuple(
            DocumentBeside(number=one.number, title=one.words.title) for one in side.documents
        ),
        "open_tasks": tuple(cards.due(side.task_kinds, one) for one in side.tasks),
        "tracks": tuple(SideTrack(id=one.id, name=one.name, state=one.state) for one in side.tracks),
        "has_advice": bool(side.advice),
        "referrals": tuple(ReferralLine(body=body, state=state) for body, state in side.referrals),
        "mediation": side.mediation,
        "are_needs_assessed": side.sheets.needs is not None,
        "needs_again_on": side.sheets.review_on if side.sheets.needs else None,
        "consents": told.consents(page, side.consents),
    }


def read_with(page: Page, merged: Mapping[str, Any]) -> tuple[CaseRead, ...]:
    """Return the cases that are read under the one whose page this is."""
    return tuple(
        CaseRead(
            **holds(page, side),
            thread=told.thread(page, side.thread),
            account=told.account(page, side.story),
            files=told.files(side.story.files),
            seen_online=told.online(page, side.story.links),
        )
        for side in merged["sides"]
    )


def _merge(page: Page, one: Mapping[str, Any]) -> Merge:
    merge, own = one["merge"], page["case"]
    known = {
        "leading": merge.leading.reference,
        "under": merge.under.reference,
        "since": merge.row.merged_on,
        "by": person(one["by"]),
        "reason": merge.reason,
        "can_be_undone": merge.can_be_undone,
    }
    if not merge.can_be_undone:
        return Merge(**known)
    far = merge.under if merge.leading.reference == own.reference else merge.leading
    return Merge(
        **known,
        undo_until=one["until"],
        other_case_number=far.reference,
        other_version=far.version,
        additions=tuple(
            Addition(field=added.field, what=words, on=added.on, text=added.text)
            for added, words in one["additions"]
        ),
        places=choices(one["places"]) if one["additions"] else (),
        staying=tuple(Choice(code=kind, label=page["stays"][kind]) for kind in one["staying"]),
    )


def together(page: Page) -> TogetherShown:
    """Return with what a case is read together."""
    case, far = page["case"], page["far"]
    merges = tuple(_merge(page, one) for one in page["merged"])
    has_form = bool(far) or any(one.can_be_undone for one in merges)
    return TogetherShown(
        case_number=case.reference,
        version=case.version if has_form else None,
        compared=tuple(
            CaseCompared(**holds(page, side), narrative=side.story.what_happened, version=side.case.version)
            for side in page["sides"]
        ),
        who_leads=tuple(
            Choice(code=code, label=page.view.shown(one.reference))
            for code, one in ((("own", case), ("other", far)) if far else ())
        ),
        undo_days=page["undo_days"] if far else None,
        merges=merges,
        may_be_read_with_another=page["may_add"] and not far,
        likely=() if far else tuple(one.reference for one in page["likely"]),
    )


SHAPES: Final[dict[str, Shape]] = {"together.html": together}
