"""The HTML around every page: head, navigation, notices on what is looked at, and the footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboards.editions import ShelfTitle
from dashboards.parts.plain import written
from dashboards.routing import Page
from dashboards.shelves import Library
from dashboards.views import City, View
from office.languages import Language, languages_for, translations_record
from office.vocabulary import words_in

TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame."""

    words: str
    address: str
    is_here: bool = False
    tag: str = ""


class Documents:
    """Makes documents; one for each app.

    Args:
        assets: addresses of the stylesheets, by file name.
    """

    def __init__(
        self, library: Library, pages: Sequence[Page], city: City, assets: dict[str, str], *, is_demo: bool
    ) -> None:
        self._library = library
        self._pages = pages
        self._city = city
        self._is_demo = is_demo
        self._jinja = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._jinja.globals["assets"] = assets
        self._jinja.filters["isolated"] = View.isolated

    def of(self, view: View, dash: dict[str, str] | None = None) -> str:
        """Return the document of a view: with `dash`, what Dash needs; without, the page of tables."""
        page = next(page for page in self._pages if page.path == view.page)
        content = written(part for part in page.layout(view.plain()) if part is not None)
        here = View.address(view, period=view.period, row=view.row)
        known = {
            "view": view,
            "edition": view.edition,
            "page_title": view.text(page.title),
            "content": Markup(content),  # every text in it was escaped when it was written
            "dash": {name: Markup(text) for name, text in (dash or {}).items()},
            "pages": [
                Link(view.text(one.title), view.address(one.path), one.path == view.page)
                for one in self._pages
            ],
            "twin": here.replace("?", "/table?", 1) if "?" in here else here + "/table",
            "full": here.replace("/table", "", 1),
            "permalink": self._permalink(view),
            "newest": f"/{view.language.tag}/{view.edition.shelf.code}/{view.page}",
            "made_on": view.language.date(view.edition.upto.made_on),
            "languages": self._languages(view.language, view.page, view.edition.shelf.code, view.query),
            "damaged": self._library.stand(view.edition.shelf.code).damaged,
            "withdrawn": view.edition.upto.withdrawn_because if view.edition.upto.is_withdrawn else "",
        }
        return self._render("page.html", view.language, view.edition.shelf, known)

    def of_problem(self, language: Language, sentence: str, shelf: str = "") -> str:
        """Return the document that says why there is nothing to see."""
        stands = self._library.stands()
        stand = stands.get(shelf)
        known = {
            "sentence": sentence,
            "damaged": stand.damaged if stand else (),
            "languages": self._languages(language, "overview", shelf or self._library.first_shelf(), ""),
        }
        return self._render("problem.html", language, stand.title if stand else None, known)

    def _render(self, name: str, language: Language, shelf: ShelfTitle | None, known: dict[str, Any]) -> str:
        stands = self._library.stands()
        shelves = [
            Link(
                shelf_words(stand.title, language),
                f"/{language.tag}/{code}/overview",
                shelf is not None and code == shelf.code,
            )
            for code, stand in stands.items()
        ]
        record = translations_record(language.tag, "public")
        return self._jinja.get_template(name).render(
            _=language.gettext,
            language=language,
            city_name=words_in(self._city.name, language.tag),
            shelf=shelf,
            shelf_title=shelf_words(shelf, language) if shelf else "",
            source=file_words(shelf, language) if shelf else "",
            shelves=shelves,
            is_demo=self._is_demo,
            reviewed_by=record.reviewed_by,
            **known,
        )

    def _permalink(self, view: View) -> str:
        return f"/{view.language.tag}/{view.edition.shelf.code}/{view.page}{view.query}"

    def _languages(self, language: Language, page: str, shelf: str, query: str) -> list[Link]:
        return [
            Link(one.autonym, f"/{one.tag}/{shelf}/{page}{query}", one.tag == language.tag, one.tag)
            for one in languages_for("public")
        ]


def file_words(shelf: ShelfTitle, language: Language) -> str:
    """Return what an imported file is called, kept apart from the text of any direction around it."""
    own = shelf.file.get(language.tag) or shelf.file.get("en") or next(iter(shelf.file.values()), "")
    called = own or shelf.source.partition(":")[2]
    return f"\u2068{called}\u2069" if called else ""


def shelf_words(shelf: ShelfTitle, language: Language) -> str:
    """Return what a shelf is called: that it was imported always stands before the title of the file."""
    if shelf.file:
        return language.gettext("Imported history: %(title)s", title=file_words(shelf, language))
    return words_in(shelf.title, language.tag)
