"""Reads a page's form as a browser has it: its fields, what can be chosen, what stands in them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT = {"text", "textarea", "email", "tel", "search", "url", "number"}


@dataclass
class Field:
    """One name of a form: its kind, what can be chosen, and what is typed or chosen now."""

    kind: str
    choices: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    numeric: bool = False
    hidden: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT


@dataclass
class FormRead:
    """A form of a page."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def state(self) -> dict[str, list[str]]:
        """What is typed and chosen, field by field, without what no person sees."""
        shown = {name: one for name, one in self.fields.items() if not one.hidden}
        return {name: values for name, one in shown.items() if (values := [v for v in one.values if v])}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[FormRead] = []
        self.form: FormRead | None = None
        self.typed: list[str] | None = None
        self.select = ""
        self.hidden = 0
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "div":
            self.depth.append("hidden" if "hidden" in told else "")
        if tag == "form":
            self.form = FormRead(told.get("action", ""))
            self.forms.append(self.form)
        if self.form is None:
            return
        name = told.get("name", "")
        is_hidden = "hidden" in self.depth or told.get("type") == "hidden"
        if tag == "input" and name:
            kind = told.get("type", "text")
            one = self.form.fields.setdefault(name, Field(kind, hidden=is_hidden))
            one.numeric = told.get("inputmode") == "numeric"
            if kind in ("radio", "checkbox"):
                one.choices.append(told.get("value", "on"))
                if "checked" in told:
                    one.values.append(told.get("value", "on"))
            else:
                one.values.append(told.get("value", ""))
        elif tag == "textarea" and name:
            self.form.fields[name] = Field("textarea")
            self.select, self.typed = name, []
        elif tag == "select" and name:
            self.form.fields[name] = Field("select")
            self.select = name
        elif tag == "option" and self.select:
            self.form.fields[self.select].choices.append(told.get("value", ""))
            if "selected" in told:
                self.form.fields[self.select].values.append(told.get("value", ""))
        elif tag == "button" and name:
            self.form.buttons.append((name, told.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.typed is not None:
            self.typed.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self.depth:
            self.depth.pop()
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.form is not None and self.typed is not None:
            # A browser leaves out the first line end, which templates write so that none of the text is lost.
            self.form.fields[self.select].values.append("".join(self.typed).removeprefix("\n"))
            self.typed, self.select = None, ""
        elif tag == "select":
            self.select = ""


def forms_of(page: str) -> list[FormRead]:
    """Every form of a page, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def form_of(page: str, action: str) -> FormRead | None:
    """The form whose address ends so."""
    return next((form for form in forms_of(page) if form.action.endswith(action)), None)
