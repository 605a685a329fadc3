"""The pages of dossiers: all of a case, and one with what is in it, its consent and what was made."""

from typing import Final

from starlette.responses import Response

from casework.cases.actions import leave_trace
from casework.cases.tables import CaseFile
from casework.documents.wording import lines_of
from casework.dossiers.parts import copies_of, files_of, kept_back, parts_of
from casework.dossiers.queries import dossiers_of, shown_dossier
from casework.dossiers.rules import IN, LANGUAGES, LEFT_OUT, STATES, TO
from casework.dossiers.tables import Dossier
from casework.forms import Checked
from casework.referrals.rules import EVIDENCE
from casework.showing import View
from office.languages import mark

Given = dict[str, list[str]]
IN_WHOLE: Final = mark("In it, whole")
PRIVILEGED: Final = mark("Between adviser and client: only if the person wants it handed over.")


def dossier_list(
    view: View,
    case: CaseFile,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    """Return the page of all dossiers of a case; what was typed comes back with its corrections."""
    leave_trace(view.session, case, view.act)
    return view.render(
        "dossiers.html",
        status,
        case=case,
        found=dossiers_of(view.session, case, view.act),
        receivers={code: view.text(sentence) for code, sentence in TO.items()},
        states={code: view.text(sentence) for code, sentence in STATES.items()},
        given=given or {},
        corrections=checked.corrections if checked else {},
        changed=changed,
    )


def dossier_page(
    view: View,
    case: CaseFile,
    row: Dossier,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    """Return the page of one dossier; what was typed comes back with its corrections."""
    leave_trace(view.session, case, view.act)
    text = shown_dossier(view.session, case, row, view.act).text
    kept: Given = {
        "dossier_language": [text.language],
        "dossier_for": [text.recipient],
        "their_number": [text.their_number],
        "parts": list(text.parts),
        "blacked_out": [text.blacked],
        **{f"file-{own}": [choice] for own, choice in text.files.items()},
    }
    files = [(IN, view.text(IN_WHOLE)), *((code, view.text(one)) for code, one in LEFT_OUT.items())]
    return view.render(
        "dossier.html",
        status,
        case=case,
        row=row,
        text=text,
        receiver=view.text(TO[row.to_code]),
        state=view.text(STATES[row.state_code]),
        parts_offered=[
            {
                "value": one.key,
                "text": one.title,
                "hint": view.text(PRIVILEGED) if one.is_privileged else None,
            }
            for one in parts_of(view, case, view.language.tag)
        ],
        files=files_of(view, case),
        kept_back=lines_of(view, case, kept_back(view, case)),
        choices_of_files=files,
        copied=frozenset().union(*copies_of(view, case).values()),
        tongues=[(tag, view.label("languages", tag)) for tag in LANGUAGES],
        evidence=[(code, view.text(sentence)) for code, sentence in EVIDENCE.items()],
        evidence_words={code: view.text(sentence) for code, sentence in EVIDENCE.items()},
        has_files=IN in text.files.values(),
        is_consented=row.state_code in ("consented", "made")
        and row.consent_until is not None
        and row.consent_until >= view.act.on,
        today_typed={
            f"consented_on-{part}": str(getattr(view.act.on, part)) for part in ("day", "month", "year")
        },
        given={**kept, **(given or {})},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )
