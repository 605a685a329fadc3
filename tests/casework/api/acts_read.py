"""Which fields of a form each act reads: found in the code itself, along the calls that a form is passed to.

What is looked for is what `Checked` and `Form` read by name. Names that are written out, that stand in a
constant, or that are made of one (`f"words_{code}"`, then `words_{}`) are found; a name that cannot be worked
out is an error, so that nothing is read unseen.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import FunctionType, MethodType, ModuleType
from typing import Any, Final

from fastapi.routing import APIRoute

from casework.forms import Checked
from office.web.forms import Form

KINDS: Final = {
    "one": "code",
    "some": "codes",
    "text": "text",
    "day": "day",
    "day_ahead": "day",
    "day_back": "day",
    "version": "number",
    "all": "codes",
    "get": "plain",
}
"""How a field is read, and of which kind that makes it; `form.one` is `plain`: the file says what it is."""
TEMPLATE: Final = re.compile(r"[a-z_]+\.html")
UNKNOWN: Final = object()
FORMS: Final = ("form", "checked", "given", "kept", "self")
"""What a form and what checks it are called."""


@dataclass
class Reads:
    """The fields an act reads: each with the kinds it is read as, and those it always reads."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    always: set[str] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)

    def note(self, name: str, kind: str, *, always: bool) -> None:
        self.kinds.setdefault(name, set()).add(kind)
        if always:
            self.always.add(name)


def reads_of(route: APIRoute) -> Reads:
    """Return what the act of a route reads."""
    found = Reads()
    _follow(route.endpoint, {}, found, always=True, been=set())
    return found


@cache
def _tree(function: FunctionType) -> ast.FunctionDef | ast.AsyncFunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef), function
    return tree


def _follow(
    function: Callable[..., Any], given: Mapping[str, Any], found: Reads, *, always: bool, been: set[Any]
) -> None:
    plain = inspect.unwrap(function)
    if isinstance(plain, MethodType):
        plain = plain.__func__
    if not isinstance(plain, FunctionType) or not plain.__module__.startswith("casework"):
        return
    if plain.__module__ in ("casework.forms", "casework.drafts.restoring"):
        return
    mark = (plain, tuple(sorted((name, str(value)) for name, value in given.items())))
    if mark in been:
        return
    been.add(mark)
    _Walk(plain, given, found, always, been).walk()


class _Walk:
    """One function, with what is known of its parameters."""

    def __init__(
        self, function: FunctionType, given: Mapping[str, Any], found: Reads, always: bool, been: set[Any]
    ) -> None:
        self.function, self.found, self.always, self.been = function, found, always, been
        self.names: dict[str, Any] = dict(given)
        self.known = {**function.__globals__, **inspect.getclosurevars(function).nonlocals}

    def walk(self) -> None:
        tree = _tree(self.function)
        for one, default in zip(reversed(tree.args.args), reversed(tree.args.defaults), strict=False):
            self.names.setdefault(one.arg, self.value(default))
        for one, plain in zip(tree.args.kwonlyargs, tree.args.kw_defaults, strict=True):
            if plain is not None:
                self.names.setdefault(one.arg, self.value(plain))
        always = self.always
        for statement in tree.body:
            self.visit(statement, always)
            always = always and not self._may_end(statement)

    def _may_end(self, statement: ast.stmt) -> bool:
        """Say whether what is chosen in the form may end the act here, so that it reads no more."""
        if not isinstance(statement, ast.If) or not any(
            isinstance(one, ast.Return) for one in ast.walk(statement)
        ):
            return False
        asked = [ast.unparse(one) for one in ast.walk(statement.test) if isinstance(one, ast.expr)]
        is_told = ast.unparse(statement.test).endswith(" is not None")  # what may be left out was sent
        return is_told or any(
            one in ("form", "do") or one.startswith(("form.", "checked.form.")) for one in asked
        )

    def visit(self, node: ast.AST, always: bool) -> None:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            self._assign(node.targets[0], node.value)
        if isinstance(node, ast.For):
            self._bind(node.target, self._each(node.iter))
        for comprehension in getattr(node, "generators", ()):
            self._bind(comprehension.target, self._each(comprehension.iter))
        if isinstance(node, ast.Call):
            self.call(node, always)
        if isinstance(node, ast.Subscript) and self._is_form(node.value) and isinstance(node.ctx, ast.Load):
            self._note(node.slice, "plain", always)
        for name, value in ast.iter_fields(node):
            inner = always and not self._is_branch(node, name)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, ast.AST):
                    self.visit(one, inner)

    @staticmethod
    def _is_branch(node: ast.AST, name: str) -> bool:
        if isinstance(node, ast.If | ast.IfExp):
            return name in ("body", "orelse")
        return isinstance(node, ast.BoolOp | ast.For | ast.comprehension | ast.DictComp | ast.ListComp)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = self.value(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, part in zip(target.elts, value.elts, strict=True):
                self._assign(one, part)

    def _each(self, node: ast.expr) -> Any:
        found = self.value(node)
        return list(found) if isinstance(found, dict | tuple | list | set | frozenset) else UNKNOWN

    def _bind(self, target: ast.expr, each: Any) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = Several(each) if each is not UNKNOWN else UNKNOWN
        elif isinstance(target, ast.Tuple):
            for place, one in enumerate(target.elts):
                part = UNKNOWN
                if each is not UNKNOWN and all(isinstance(e, tuple) and len(e) > place for e in each):
                    part = [e[place] for e in each]
                self._bind(one, part)

    # --- calls ---

    def call(self, node: ast.Call, always: bool) -> None:
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in KINDS and self._is_form(function.value):
            kind = KINDS[function.attr]
            if function.attr in ("one", "all") and not self._is_checked(function.value):
                kind = "plain" if function.attr == "one" else "codes"
            if kind == "text":
                self.found.note("numbers", "code", always=False)
            if function.attr == "version" and not node.args:
                self.found.note("version", "number", always=always)
                return
            if function.attr == "get" and not self._is_plain_form(function.value):
                return
            needed = not any(word.arg == "needed" and not self._is_true(word.value) for word in node.keywords)
            may_miss = function.attr in ("day_ahead", "day_back") or kind == "plain" or function.attr == "all"
            self._note(node.args[0], kind, always and needed and not may_miss)
            return
        called = self.value(function)
        if called is UNKNOWN or not callable(called) or isinstance(called, type):
            return
        if any(self._is_form(one) for one in [*node.args, *(word.value for word in node.keywords)]):
            _follow(called, self._passed(called, node), self.found, always=always, been=self.been)

    def _passed(self, called: Callable[..., Any], node: ast.Call) -> dict[str, Any]:
        try:
            names = list(inspect.signature(called).parameters)
        except (TypeError, ValueError):
            return {}
        pairs = [*zip(names, node.args, strict=False), *((w.arg, w.value) for w in node.keywords if w.arg)]
        found = {}
        for name, value in pairs:
            worked_out = self.value(value)
            if isinstance(worked_out, str | tuple | bool | Several | frozenset):
                found[str(name)] = worked_out
        return found

    def _is_form(self, node: ast.expr) -> bool:
        written = ast.unparse(node)
        return written in FORMS or written.endswith((".form", "Checked(form, view.language)"))

    def _is_checked(self, node: ast.expr) -> bool:
        return ast.unparse(node).split(".")[-1] == "checked"

    def _is_plain_form(self, node: ast.expr) -> bool:
        return ast.unparse(node).split(".")[-1] in ("form", "given")

    def _is_true(self, node: ast.expr) -> bool:
        return self.value(node) is True

    def _note(self, node: ast.expr, kind: str, always: bool) -> None:
        found = self.value(node)
        if isinstance(found, str):
            self.found.note(found, kind, always=always)
        elif isinstance(found, Several):
            for one in found.values:
                self.found.note(str(one), kind, always=always)
        elif isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            self.found.unclear.append(f"{self.function.__qualname__}: {ast.unparse(node)}")

    # --- values ---

    def value(self, node: ast.expr) -> Any:
        """Return what an expression is, as far as it can be told without running the act."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self.names.get(node.id, self.known.get(node.id, UNKNOWN))
        if isinstance(node, ast.Attribute):
            owner = self.value(node.value)
            if isinstance(owner, ModuleType | type):
                return getattr(owner, node.attr, UNKNOWN)
            if isinstance(owner, Several):
                parts = [getattr(one, node.attr, UNKNOWN) for one in owner.values]
                return UNKNOWN if UNKNOWN in parts else Several(parts)
            if dataclass_like(owner):
                return getattr(owner, node.attr, UNKNOWN)
            return UNKNOWN
        if isinstance(node, ast.Tuple | ast.List):
            parts = [self.value(one) for one in node.elts]
            return UNKNOWN if UNKNOWN in parts else tuple(parts)
        if isinstance(node, ast.JoinedStr):
            return self._written(node)
        if isinstance(node, ast.IfExp):
            both = [self.value(node.body), self.value(node.orelse)]
            return Several(both) if all(isinstance(one, str) for one in both) else UNKNOWN
        if isinstance(node, ast.DictComp):
            return self._made(node)
        if isinstance(node, ast.Subscript):
            owner, place = self.value(node.value), self.value(node.slice)
            return (
                owner.get(place, UNKNOWN) if isinstance(owner, dict) and isinstance(place, str) else UNKNOWN
            )
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("items", "values", "keys")
            and isinstance(owner := self.value(node.func.value), Mapping)
        ):
            return tuple(getattr(owner, node.func.attr)())
        return UNKNOWN

    def _made(self, node: ast.DictComp) -> Any:
        (one,) = node.generators
        each = self._each(one.iter)
        if each is UNKNOWN or not isinstance(one.target, ast.Name):
            return UNKNOWN
        before, made = dict(self.names), {}
        for value in each:
            self.names[one.target.id] = value
            made[self.value(node.key)] = self.value(node.value)
        self.names = before
        return made

    def _written(self, node: ast.JoinedStr) -> Any:
        texts = [""]
        for part in node.values:
            if isinstance(part, ast.Constant):
                adds: list[Any] = [part.value]
            else:
                assert isinstance(part, ast.FormattedValue)
                found = self.value(part.value)
                adds = found.values if isinstance(found, Several) else [found]
            texts = [
                text + (str(one) if isinstance(one, str | int) else "{}") for text in texts for one in adds
            ]
        return texts[0] if len(texts) == 1 else Several(texts)


@dataclass(frozen=True)
class Several:
    """What a name may be, one after another."""

    values: list[Any]


def dataclass_like(value: Any) -> bool:
    return hasattr(type(value), "__dataclass_fields__")


def forms_read(routes: Iterator[Any]) -> dict[str, Reads]:
    """Return what every act of the desk reads, by its address below the language."""
    return {
        one.path.removeprefix("/{language}/"): reads_of(one)
        for one in routes
        if isinstance(one, APIRoute) and "POST" in (one.methods or ())
    }


assert issubclass(Form, dict)
assert hasattr(Checked, "text")


# --- which pages an act or a look can end in ---


def templates_in(tree: ast.AST) -> set[str]:
    """Return the names of templates written out in a piece of code, but those of papers that are printed."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for one in (*node.args, *(word.value for word in node.keywords)):
                is_sheet = isinstance(node.func, ast.Attribute) and node.func.attr == "get_template"
                for part in ast.walk(one) if not is_sheet else ():
                    if isinstance(part, ast.Constant) and TEMPLATE.fullmatch(str(part.value)):
                        found.add(str(part.value))
    return found


@cache
def _reached(function: FunctionType) -> frozenset[FunctionType]:
    """Return the functions of the desk that a function names."""
    found = set()
    known = {**function.__globals__, **inspect.getclosurevars(function).nonlocals}
    for node in ast.walk(_tree(function)):
        called: Any = None
        if isinstance(node, ast.Name):
            called = known.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = known.get(node.value.id)
            called = getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
        called = inspect.unwrap(called) if callable(called) else None
        if isinstance(called, FunctionType) and called.__module__.startswith("casework"):
            found.add(called)
    return frozenset(found)


def _all_reached(function: FunctionType) -> set[FunctionType]:
    found, waiting = set(), [function]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(_reached(one))
    return found


def pages_of(route: APIRoute) -> set[str]:
    """Return the templates in which a route can end."""
    plain = inspect.unwrap(route.endpoint)
    assert isinstance(plain, FunctionType)
    return set().union(*(templates_in(_tree(one)) for one in _all_reached(plain)))


def queries_of(route: APIRoute) -> set[str]:
    """Return the names that a route reads one by one from the query of its address."""
    plain = inspect.unwrap(route.endpoint)
    assert isinstance(plain, FunctionType)
    found = set()
    for function in _all_reached(plain):
        if function.__module__ == "casework.showing":
            continue
        for node in ast.walk(_tree(function)):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith("query_params.get")
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found
