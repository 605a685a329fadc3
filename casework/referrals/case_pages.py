"""How the pages of a case's referrals are put together."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from casework.attachments.access import files_in
from casework.cases.actions import leave_trace
from casework.cases.tables import CaseFile
from casework.forms import Checked
from casework.referrals.bodies import body_name, directory
from casework.referrals.queries import link_of, pack_of, referrals_of, written_in
from casework.referrals.rules import AGREEMENTS, EVIDENCE, RETURNED, STATES, TIMES, WAYS, answers_from
from casework.referrals.tables import Referral
from casework.referrals.wording import choices_of, day_typed, languages_of, told_of, typed_of
from casework.showing import View
from casework.timeline.queries import entries
from casework.timeline.wording import told

MOST_EVENTS: Final = 500

Given = Mapping[str, list[str]]


def case_page(
    view: View,
    case: CaseFile,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    """Return the page of a case's referrals, on the record, with what was typed in the form of a new one."""
    leave_trace(view.session, case, view.act)
    city, tag = view.act.city, view.language.tag
    bodies = directory(view.session, city, tag, view.act.on)
    names = {one.code: one.name for one in bodies}
    return view.render(
        "case_referrals.html",
        status,
        case=case,
        referrals=[
            (one, names.get(one.body_code) or body_name(view.session, city, one.body_code, tag))
            for one in referrals_of(view.session, case)
        ],
        bodies=list(names.items()),
        **_form(view, case, given, checked, changed),
    )


def page_of(
    view: View,
    case: CaseFile,
    referral: Referral,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
    address: str = "",
    code: str = "",
) -> Response:
    """Return the page of one referral, on the record; address and code only when they were just made."""
    leave_trace(view.session, case, view.act)
    session, act, tag = view.session, view.act, view.language.tag
    pack = pack_of(session, case, referral, act)
    files = files_in(session, act, case)
    items = (referral.consent_items or "").split()
    told_items = told_of(pack, dict(languages_of(view)), view.language)
    defaults = {
        **typed_of(pack, files),
        **day_typed("consented_on", act.on),
        **day_typed("consent_until", act.on + TIMES["consent"]),
        **day_typed("answer_by", act.on + TIMES["answer"]),
        "asked_in": [case.language],
    }
    return view.render(
        "referral.html",
        status,
        case=case,
        referral=referral,
        body=body_name(session, act.city, referral.body_code, tag),
        told=told_items,
        consented_to=[one for one in told_items if one[0] in items],
        item_choices=[(code, name, value[:200]) for code, name, value in told_items],
        written=written_in(session, case, referral, act),
        link=link_of(session, referral),
        address=address,
        code=code,
        answers=choices_of(view, STATES, answers_from(referral.state, by_the_body=False)),
        ways=choices_of(view, WAYS),
        evidence=choices_of(view, EVIDENCE),
        returned=referral.state in RETURNED,
        history=[
            told(one, view)
            for one in entries(session, case.id, begins="referral_", limit=MOST_EVENTS)
            if one.detail.get("of") == str(referral.id)
        ],
        **_form(view, case, {**defaults, **(given or {})}, checked, changed),
    )


def _form(
    view: View, case: CaseFile, given: Given | None, checked: Checked | None, changed: str
) -> dict[str, object]:
    files = files_in(view.session, view.act, case)
    return {
        "spoken": languages_of(view),
        "files": [(str(place), name) for place, name in enumerate(files)],
        "states": {code: view.text(sentence) for code, sentence in STATES.items()},
        "words": {code: view.text(sentence) for code, sentence in (EVIDENCE | WAYS | AGREEMENTS).items()},
        "given": given or {},
        "corrections": checked.corrections if checked else {},
        "numbers": checked.numbers if checked else {},
        "changed": changed,
    }
