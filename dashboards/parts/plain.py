"""The same page without script: a tree of components written out as HTML.

Pages are composed once, of Dash's HTML components. Here they are written as text, for readers whose
browser runs no script, for the first moment before it does, and for printing. Charts are left out: the
sentence and the table beside each say the same.
"""

from collections.abc import Iterable
from html import escape
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

EMPTY: Final = frozenset({"br", "hr", "img", "input", "wbr"})
ATTRIBUTES: Final = {"className": "class", "htmlFor": "for", "colSpan": "colspan", "rowSpan": "rowspan",
                     "tabIndex": "tabindex", "hrefLang": "hreflang"}  # fmt: skip
REFERENCES: Final = frozenset({"id", "for", "headers", "aria-labelledby", "aria-describedby"})
PREFIX: Final = "plain-"


def written(part: Any) -> str:
    """Return a component, a text or a list of them as HTML; every text is escaped."""
    if part is None or isinstance(part, bool):
        return ""
    if isinstance(part, dcc.Graph):
        return ""
    if isinstance(part, Component):
        return _element(part)
    if isinstance(part, Iterable) and not isinstance(part, str):
        return "".join(written(each) for each in part)
    return escape(str(part))


def _element(part: Component) -> str:
    if not isinstance(part, html.Div) and part._namespace != "dash_html_components":
        raise TypeError(f"{part._type} has no plain form")
    given: dict[str, Any] = {name: getattr(part, name) for name in _given(part)}
    children = given.pop("children", None)
    tag = part._type.lower()
    attributes = "".join(_attribute(name, value) for name, value in given.items())
    if tag == "details" and "open" not in given:
        attributes += " open"
    if tag in EMPTY:
        return f"<{tag}{attributes}>"
    return f"<{tag}{attributes}>{written(children)}</{tag}>"


def _given(part: Component) -> list[str]:
    names = list(part._prop_names)
    names += [name for name in vars(part) if name.startswith(("aria-", "data-"))]
    return [name for name in names if hasattr(part, name)]


def _attribute(name: str, value: Any) -> str:
    name = ATTRIBUTES.get(name, name)
    if value is None or value is False or isinstance(value, dict):
        return ""
    if value is True:
        return f" {name}"
    if name in REFERENCES:
        value = " ".join(PREFIX + each for each in str(value).split())
    return f' {name}="{escape(str(value))}"'
