"""One finding: its title in words, its picture, its sentence, its table, its notes, its download.

They are always together, in this order, so that whoever sees, hears or prints the page gets the same.
"""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.cells import Cell, in_words
from dashboards.charts.look import Figure
from dashboards.parts.aria import aria
from dashboards.shelves import LISTS
from dashboards.views import View

PLOTLY_LOCALES = {"es": "es", "ca-valencia": "ca", "fr": "fr", "ar": "ar"}


def not_told(view: View, heading: str) -> html.Section:
    """Return what stands in the place of a finding whose source has no such column."""
    words = view.text("The source of these figures says nothing about this, so there is no table of it here.")
    return html.Section([html.H2(heading), html.P(words)], className="finding")


def finding(
    view: View,
    *,
    name: str,
    title: str,
    sentence: str,
    picture: Component | None,
    table: html.Table,
    notes: Sequence[str | Component] = (),
    notes_of_table: Sequence[str | Component] = (),
    downloads: Sequence[Component] = (),
    is_said: bool = True,
    about: str = "",
) -> html.Section:
    """Return a finding.

    Args:
        view: decides the language.
        name: unique on the page.
        title: the finding in words.
        sentence: the picture in one sentence.
        picture: the chart or map; None where it cannot be drawn.
        table: the same numbers.
        notes: what must be known to read them.
        notes_of_table: what must be known only of what the table has more than the picture.
        downloads: links to the release files they come from.
        is_said: show the sentence; without, only those who hear the picture are told it.
        about: what it is about, said before the title where a page has several findings.
    """
    heading = f"{name}-title"
    return html.Section(
        [
            html.H2([html.Span(f"{about}. ", className="about"), title] if about else title, id=heading),
            picture,
            html.P(sentence, className="said") if is_said else None,
            *[html.P(note, className="note") for note in notes],
            html.Details(
                [
                    html.Summary(view.text("The same numbers as a table")),
                    html.Div(table, className="scroll"),
                    *[html.P(note, className="note") for note in notes_of_table],
                ],
                className="twin",
            ),
            html.P(list(downloads), className="downloads") if downloads else None,
        ],
        className="finding",
        **aria(labelledby=heading),
    )


def chart(view: View, figure: Figure, sentence: str, *, name: str) -> html.Div:
    """Return a figure that is heard as its sentence."""
    return html.Div(
        dcc.Graph(
            id=f"{name}-chart",
            figure=figure,
            responsive=True,
            config={
                "displayModeBar": False,
                "locale": PLOTLY_LOCALES.get(view.language.tag, "en"),
                "showTips": False,
                "doubleClick": False,
            },
            style={"height": f"{figure['layout']['height']}px"},
        ),
        className="chart",
        role="img",
        **aria(label=sentence),
    )


def note_on_hidden(view: View, cells: Sequence[Cell]) -> str | None:
    """Return the note on cells of the first band, or nothing if there is none.

    First bands can differ in width: a small year says no more than its quarters. Each width is told apart.
    """
    said = []
    for limit in sorted({cell.hi for cell in cells if cell.is_hidden}):
        alike = [cell for cell in cells if cell.is_hidden and cell.hi == limit]
        said.append(
            view.language.ngettext(
                "%(num)s row says only “%(few)s”: too few to show more; none looks the same.",
                "%(num)s rows say only “%(few)s”: too few to show more; none looks the same.",
                len(alike),
                few=in_words(alike[0], view.language),
            )
        )
    return " ".join(said) or None


def note_on_mentions(view: View) -> str:
    """Return the note that grounds add up to more than situations."""
    return view.text(
        "One situation can have several grounds. The grounds are mentions: "
        "together they are more than the situations, so do not add them up."
    )


def note_on_wider(view: View, cells: Sequence[Cell]) -> str | None:
    """Return why some bands are wider than the others, or nothing if none is."""
    if not any(cell.is_wider for cell in cells):
        return None
    return view.text(
        "Some bands are wider than five: a narrower one would let a small number be worked out from the "
        "quarters or from the other rows."
    )


def downloads_of(view: View, cuboid: str, period: str) -> list[Component]:
    """Return the links to the release file a period of a cuboid comes from and to what its codes mean.

    The file has all rows and periods of the cuboid, not only those looked at, and its links say so.
    """
    release = view.edition.origins.get((cuboid, period))
    if release is None:
        return []
    links: list[Component] = [
        html.A(
            view.text(
                "Download the whole table (CSV with codes, release %(release)s)",
                release=view.isolated(release),
            ),
            href=view.file(release, f"data/{cuboid}.csv"),
            className="download",
        )
    ]
    codes = f"codes/{LISTS.get(cuboid.partition('_')[2], '')}.csv"
    if any(one.name == release and codes in one.files for one in view.edition.releases):
        links.append(
            html.A(
                view.text("What the codes mean (CSV)"), href=view.file(release, codes), className="download"
            )
        )
    return links
