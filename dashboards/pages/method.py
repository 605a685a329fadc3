"""How to read the figures, and how they are made."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.routing import Page, nothing_to_connect
from dashboards.views import View
from office.languages import mark

TITLE = mark("Method")
PARTS = (
    (
        mark("Reported is not occurred"),
        (
            mark("These pages count what people told the office, not what happened in the city."),
            mark(
                "Most discrimination is never reported anywhere. A rise can mean that more happened, "
                "or that more people trusted the office; a low number in a district can mean that few "
                "knew of it."
            ),
        ),
    ),
    (
        mark("Situations and mentions"),
        (
            mark(
                "A situation is one thing that happened to one person or group. What the same person "
                "told about the same ground and the same other side within 90 days counts once."
            ),
            mark(
                "A mention is a ground named for a situation. A situation with two grounds has two "
                "mentions, so mentions must not be added up or set against the number of situations."
            ),
        ),
    ),
    (
        mark("Why bands, and never a zero"),
        (
            mark("Each count is published as a band, usually five wide: 0–4, 5–9, 10–14 and so on."),
            mark(
                "The first band holds zero. Whoever knows of one incident cannot learn from these "
                "pages whether it was reported: none, one and four look the same."
            ),
            mark(
                "Before a release is signed, a computer tries to narrow every band with everything "
                "ever published. Where it can, the band is made wider; where that does not help, "
                "nothing is published."
            ),
            mark("Of a year with few situations these pages say no more than its quarters do."),
            mark(
                "This is not differential privacy: someone who knows all records but one could "
                "sometimes tell whether that one was counted."
            ),
        ),
    ),
    (
        mark("When a change is a change"),
        (
            mark(
                "Small counts go up and down by chance. For each band the exact 95 per cent limits of a "
                "Poisson count (Garwood, 1936) are taken from its lowest and its highest value."
            ),
            mark(
                "A rise or a fall is stated only when the limits of the two periods do not overlap; "
                "otherwise the page says “no clear change”."
            ),
        ),
    ),
    (
        mark("Time, and what never moves"),
        (
            mark(
                "A quarter is the one in which the office was told. It is closed fifteen days after its end."
            ),
            mark(
                "What was published is never changed. A mistake is withdrawn with its reason and a "
                "new release takes its place; links to the old one go on working and say so."
            ),
        ),
    ),
    (
        mark("What is not published"),
        (
            mark(
                "Only the tables of a fixed plan are published: by ground, district, area of life, "
                "who is said to have done it and way of telling, each alone, by quarter and by year. "
                "Nothing else can be asked."
            ),
        ),
    ),
)


def layout(view: View) -> Sequence[Component | None]:
    """Return the page."""
    upto = view.edition.upto
    audit = view.text(
        "In release %(name)s, %(targets)s quantities were checked and %(widened)s bands made wider.",
        name=view.isolated(upto.name),
        targets=view.language.number(upto.checked_targets),
        widened=view.language.number(upto.widened),
    )
    parts: list[Component | None] = [
        html.Section(
            [html.H2(view.text(title)), *[html.P(view.text(sentence)) for sentence in sentences]],
            className="prose",
        )
        for title, sentences in PARTS
    ]
    check = html.Section(
        [
            html.H2(view.text("Check it yourself")),
            html.P(audit),
            html.P(
                html.A(
                    view.text("The check of release %(name)s (JSON)", name=view.isolated(upto.name)),
                    href=view.file(upto.name, "audit.json"),
                )
            )
            if "audit.json" in upto.files
            else None,
            html.P(html.A(view.text("All releases and their files"), href=view.address("data"))),
        ],
        className="prose",
    )
    return [*parts, check]


PAGE = Page(path="method", title=TITLE, layout=layout, connect=nothing_to_connect)
