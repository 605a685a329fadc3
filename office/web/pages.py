"""Pages: templates in the person's language, with the office's letterhead around them.

There is one template environment for each language, so that macros speak it too. What a template
asks for and was not given is an error, not an empty place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from office.languages import (
    Domain,
    Language,
    language,
    language_for,
    languages_for,
    mark,
    translations_record,
)
from office.vocabulary import words_in
from office.web.beside import SPANISH, Beside
from office.web.letterhead import Letterhead
from office.web.parts import answers, choices, value_of, values_of
from office.web.problems import Problem
from office.web.static import PREFIX, Shelf

TEMPLATES: Final = Path(__file__).parent / "templates"
FOOTER: Final = (
    (mark("Privacy notice"), "privacy"),
    (mark("Accessibility"), "accessibility"),
    (mark("Languages"), "languages"),
)
"""Links at the foot of a page: sentence, path below the language."""


class Compiled(BytecodeCache):
    """Keeps compiled templates in memory: each is compiled once, and not once in each language."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a template's place if it was compiled before; Jinja looks whether it is still the same."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was just compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED: Final = Compiled()


@dataclass(frozen=True, slots=True)
class Switch:
    """One language in the list at the top of a page."""

    tag: str
    autonym: str
    direction: str
    href: str
    is_current: bool
    written_as: str


class Pages:
    """The pages of one app.

    Args:
        folders: template folders of the package, looked at before the office's own.
        domain: whose sentences they use.
        letterhead: the office they speak for.
        service: what this face is called, an English sentence of the domain.
        face: `residents`, `staff` or `public`; a class of the page.
        demo: say on every page that everything is invented.
        footer: links at the foot, sentence and path.
        static: folders of further pictures and styles.
        styles: further styles in them, joined to the office's own.
        languages: tags of the languages to offer, the office's own first; none named means all.
        more: further names every template knows.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        domain: Domain,
        letterhead: Letterhead,
        *,
        service: str,
        face: str | None = None,
        demo: bool = False,
        footer: Sequence[tuple[str, str]] = FOOTER,
        static: Sequence[Path] = (),
        styles: Sequence[str] = (),
        languages: Iterable[str] = (),
        more: Mapping[str, Any] | None = None,
    ) -> None:
        self.folders = tuple(folders)
        self.domain: Domain = domain
        self.letterhead = letterhead
        self.service = service
        self.face = face or domain
        self.demo = demo
        self.footer = tuple(footer)
        self.shelf = Shelf(static, styles, letterhead.custom_properties(), {"mark.svg": letterhead.mark()})
        self.languages = tuple(language(tag, domain) for tag in languages) or languages_for(domain)
        self._environments = {one.tag: self._environment(one, {**(more or {})}) for one in self.languages}

    def _environment(self, spoken: Language, more: dict[str, Any]) -> Environment:
        environment = Environment(
            loader=FileSystemLoader([*self.folders, TEMPLATES]),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            optimized=False,  # nothing is worked out in one language and kept for the others
            bytecode_cache=COMPILED,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
            spoken.gettext, spoken.plain_ngettext, newstyle=True, pgettext=spoken.pgettext
        )
        beside = Beside(
            spoken,
            language(SPANISH, self.domain),
            is_reviewed=translations_record(spoken.tag, self.domain).is_reviewed,
        )
        environment.filters["date"] = spoken.date
        environment.filters["number"] = spoken.number
        environment.globals.update(
            answers=answers,
            choices=choices,
            value_of=value_of,
            values_of=values_of,
            legal=beside.legal,
            legal_words=beside.words,
            beside=beside.pair,
            language=spoken,
            lang=spoken.tag,
            dir=spoken.direction,
            static=self.shelf.address,
            letterhead=self.letterhead,
            office_name=words_in(self.letterhead.office_name, spoken.tag),
            place=words_in(self.letterhead.place, spoken.tag),
            phone=self.letterhead.phone,
            service=spoken.gettext(self.service),
            face=self.face,
            demo=self.demo,
            home=f"/{spoken.tag}/",
            footer=[
                {"text": spoken.gettext(sentence), "href": f"/{spoken.tag}/{path}"}
                for sentence, path in self.footer
            ],
            wide=False,
            stays_in="",
            corrections={},
            given={},
        )
        environment.globals.update(more)
        return environment

    def language_of(self, request: Request) -> Language:
        """Return the language of a request: its address, else the browser's wish."""
        found = language_for(request.url.path, request.headers.get("accept-language"), self.domain)
        return found if found.tag in self._environments else self.languages[0]

    def render(
        self, request: Request, name: str, language: Language | str, status: int = 200, **context: Any
    ) -> Response:
        """Return the page of the template `name` in `language`.

        Raises:
            UnknownLanguage: this face does not speak it.
        """
        spoken = self.spoken(language)
        context.setdefault("languages", self.switches(request, spoken))
        text = self._environments[spoken.tag].get_template(name).render(request=request, **context)
        return HTMLResponse(text, status, {"Content-Language": spoken.tag})

    def written(self, name: str, language: Language | str, **context: Any) -> str:
        """Return a template's text without a request: letters, print views, pages made in advance."""
        return self._environments[self.spoken(language).tag].get_template(name).render(**context)

    def spoken(self, wanted: Language | str) -> Language:
        """Return the language of this face, or raise UnknownLanguage."""
        tag = wanted if isinstance(wanted, str) else wanted.tag
        return language(tag if tag in self._environments else "", self.domain)

    def switches(self, request: Request, current: Language, *, keeps_query: bool = True) -> list[Switch]:
        """Return the list of languages, each leading to the same page."""
        first, _, rest = request.url.path.lstrip("/").partition("/")
        stays = first in self._environments
        query = f"?{request.url.query}" if request.url.query and stays and keeps_query else ""
        return [
            Switch(
                one.tag,
                one.autonym,
                one.direction,
                f"/{one.tag}/{rest}{query}" if stays else f"/{one.tag}/",
                one.tag == current.tag,
                one.written_as,
            )
            for one in self.languages
        ]

    def problem(self, request: Request, language: Language, problem: Problem) -> Response:
        """Return the page that tells of a problem; given to `problems.install`."""
        languages = self.switches(request, language, keeps_query=False)
        return self.render(
            request, "problem.html", language, problem.status, problem=problem, languages=languages
        )

    def languages_page(self, request: Request, language: Language | str) -> Response:
        """Return the page that says who translated and who reviewed each language."""
        records = [
            {
                "tag": one.tag,
                "autonym": one.autonym,
                "direction": one.direction,
                "written_as": one.written_as,
                "href": f"/{one.tag}/",
                "translated_by": translations_record(one.tag, self.domain).translated_by,
                "reviewed_by": translations_record(one.tag, self.domain).reviewed_by,
            }
            for one in self.languages
        ]
        return self.render(request, "languages.html", language, records=records)

    def mount_static(self, app: FastAPI) -> None:
        """Serve styles, fonts and pictures under `/static/`."""

        @app.get(PREFIX + "/{served:path}", include_in_schema=False)
        async def static(request: Request, served: str) -> Response:
            return self.shelf.answer(request, served)
