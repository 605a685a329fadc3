"""The pages of letters: all of a case, and one with its fields, what is missing, and how it may leave."""

from starlette.responses import Response

from casework.cases.actions import leave_trace
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.forms import Checked
from casework.letters.filling import filled, fits, sector_for
from casework.letters.queries import letters_of, shown_letter
from casework.letters.rules import FIELDS, PERSON, STATES, TO, VIAS, WAY_OF, can_be_typed
from casework.letters.shelf import Template, called, templates
from casework.letters.tables import Letter
from casework.safe_contact.queries import ways_of
from casework.safe_contact.rules import NEVER, RULES, WAYS
from casework.showing import View

Given = dict[str, list[str]]


def typed_fields(template: Template | None, tag: str) -> tuple[str, ...]:
    """Return the fields of a letter that are filled in at the desk."""
    if template is None or tag not in template.languages:
        return ()
    return tuple(code for code in template.fields(tag) if can_be_typed(code))


def offered(view: View, case: CaseFile) -> dict[str, Template]:
    """Return the templates a letter of this case can be begun from."""
    every = templates(view.desk.home)
    return {name: one for name, one in every.items() if fits(one, case, view.act.city)}


def tongues_of(view: View) -> list[str]:
    """Return the languages in which there is a template."""
    found = {tag for one in templates(view.desk.home).values() for tag in one.languages}
    return [
        code for code in view.desk.lists.kept("languages", view.act.on, also=sorted(found)) if code in found
    ]


def letter_list(
    view: View,
    case: CaseFile,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    """Return the page of all letters of a case; what was typed comes back with its corrections."""
    leave_trace(view.session, case, view.act)
    shelf, every = offered(view, case), templates(view.desk.home)
    tag, found = view.language.tag, letters_of(view.session, case, view.act)
    return view.render(
        "letters.html",
        status,
        case=case,
        found=found,
        names={one.letter.template: called(view.desk.home, one.letter.template, tag) for one in found},
        states=_words(view, STATES),
        receivers=_words(view, TO),
        vias=_words(view, VIAS),
        shelf=[(one.name, one.label_in(tag)) for one in shelf.values()],
        left_out=[one.label_in(tag) for one in every.values() if one.name not in shelf],
        is_against_administration=sector_for(case, view.act.city) == "public",
        tongues=[(code, view.label("languages", code)) for code in tongues_of(view)],
        given=given if given is not None else {"letter_language": ["es"]},
        corrections=checked.corrections if checked else {},
        changed=changed,
    )


def letter_page(
    view: View,
    case: CaseFile,
    letter: Letter,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    """Return the page of one letter; what was typed comes back with its corrections."""
    leave_trace(view.session, case, view.act)
    shelf, one = templates(view.desk.home), shown_letter(view.session, case, letter, view.act)
    template, tag = shelf.get(letter.template), one.text.language
    now = filled(view, case, template, tag, one.text.fields) if template else None
    kept = {f"field_{code}": text for code, text in one.text.fields.items()}
    story = story_of(view.session, case, view.act)
    return view.render(
        "letter.html",
        status,
        case=case,
        one=one,
        called=called(view.desk.home, letter.template, view.language.tag),
        is_on_shelf=template is not None,
        fields=[(code, FIELDS[code]) for code in typed_fields(template, tag)],
        by_hand=template.head.by_hand if template else (),
        optional=template.head.optional if template else (),
        missing=[
            (code, view.text(FIELDS[code].label), can_be_typed(code)) for code in (now.missing if now else ())
        ],
        text_fields=[f"field_{code}" for code in typed_fields(template, tag)],
        state=view.text(STATES[letter.state_code]),
        receiver=view.text(TO[letter.to_code]),
        vias=[
            (code, text) for code, text in _words(view, VIAS).items() if _is_safe(view, case, letter, code)
        ],
        via_words=_words(view, VIAS),
        safe=_safe(view, case) if letter.to_code == PERSON else [],
        told_in=story.languages.written or case.language,
        sending={**_today(view), **(given or {})},
        given={**kept, **(given or {})},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _words(view: View, codes: dict[str, str]) -> dict[str, str]:
    return {code: view.text(sentence) for code, sentence in codes.items()}


def _is_safe(view: View, case: CaseFile, letter: Letter, via: str) -> bool:
    """Say whether a way is offered: to the person, only one that is known to be safe."""
    if letter.to_code != PERSON or via == "registry":
        return letter.to_code != PERSON
    if via not in WAY_OF:
        return True
    rules = {one.way: one.rule for one in ways_of(view.session, case, view.act)}
    return rules.get(WAY_OF[via], "") not in ("", NEVER)


def _safe(view: View, case: CaseFile) -> list[tuple[str, str, str]]:
    """Return what is noted of the ways by which a letter can reach the person: way, rule, words."""
    wanted = set(WAY_OF.values())
    return [
        (view.text(WAYS[one.way]), view.text(RULES[one.rule]) if one.rule else "", one.words.words)
        for one in ways_of(view.session, case, view.act)
        if one.way in wanted
    ]


def _today(view: View) -> dict[str, str]:
    return {f"left_on-{part}": str(getattr(view.act.on, part)) for part in ("day", "month", "year")}
