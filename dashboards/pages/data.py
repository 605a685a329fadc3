"""Every release on the shelf with its files and their hashes, to download and to check."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.editions import ReleaseNote
from dashboards.routing import Page, nothing_to_connect
from dashboards.views import View
from office.languages import mark

TITLE = mark("Data")
FEW = 5


def files_of(view: View, release: ReleaseNote) -> html.Table:
    """Return the table of a release's files."""
    rows = [
        html.Tr(
            [
                html.Th(html.A(path, href=view.file(release.name, path)), scope="row"),
                html.Td(html.Code(digest), className="hash"),
            ]
        )
        for path, digest in sorted(release.files.items())
    ]
    head = html.Tr([html.Th(view.text("File"), scope="col"), html.Th("SHA-256", scope="col")])
    caption = html.Caption(view.text("Files of release %(name)s", name=view.isolated(release.name)))
    return html.Table([caption, html.Thead(head), html.Tbody(rows)], className="files")


def one_release(view: View, release: ReleaseNote, *, is_newest: bool) -> html.Section:
    """Return what the page says of one release."""
    periods = view.language.listed([view.language.period(period) for period in release.periods])
    if len(release.periods) > FEW:
        quarters = sorted(period for period in release.periods if "-Q" in period) or sorted(release.periods)
        first, last = (view.language.period(period) for period in (quarters[0], quarters[-1]))
        periods = view.text("%(first)s to %(last)s", first=first, last=last)
    signed = view.text(
        "Signed by %(who)s on %(day)s.",
        who=release.signed_by,
        day=view.language.date(release.signed_on or release.made_on),
    )
    summary = view.text("Files and hashes of %(name)s", name=view.isolated(release.name))
    return html.Section(
        [
            html.H2(
                [
                    view.text("Release %(name)s", name=view.isolated(release.name)),
                    html.Span(view.text("newest"), className="tag") if is_newest else None,
                    html.Span(view.text("withdrawn"), className="tag withdrawn")
                    if release.is_withdrawn
                    else None,
                ]
            ),
            html.P(release.withdrawn_because) if release.withdrawn_because else None,
            html.P(view.text("Periods: %(periods)s.", periods=periods)),
            html.P(signed),
            html.P(
                [
                    html.A(
                        view.text("Look at the figures as of this release"),
                        href=view.address("overview", release=release.name),
                    ),
                    html.A("release.json", href=view.file(release.name, "release.json")),
                ],
                className="ways",
            ),
            html.Details(
                [html.Summary(summary), html.Div(files_of(view, release), className="scroll")],
                className="twin",
            ),
        ],
        className="finding",
    )


def layout(view: View) -> Sequence[Component | None]:
    """Return the page."""
    edition = view.edition
    return [
        html.P(
            view.text(
                "Each release is a folder that never changes. Its files carry a hash, and the list of hashes "
                "carries the office's signature; these pages show nothing that does not fit both."
            ),
            className="lead",
        ),
        *[
            one_release(view, release, is_newest=release.name == edition.newest.name)
            for release in edition.releases
        ],
    ]


PAGE = Page(path="data", title=TITLE, layout=layout, connect=nothing_to_connect)
