"""`python -m office languages extract|update|check`: the catalogues as translators meet them."""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections import Counter
from pathlib import Path

from office.errors import OfficeError
from office.languages.catalogues import headers_in, path_of, read_catalogue
from office.languages.completeness import Finding, findings_of
from office.languages.extraction import sentences
from office.languages.registry import domains, folder_of, tags_of
from office.languages.writing import Kept, Key, kept_in, written


class CataloguesIncomplete(OfficeError):
    """The checker found errors."""

    code = "catalogues_incomplete"
    sentence = "The catalogues of sentences are not complete; see the errors above."


def extract(given: Namespace) -> None:
    """Write one template of sentences for each domain, for translators who work elsewhere."""
    given.folder.mkdir(parents=True, exist_ok=True)
    for domain, found in sentences().items():
        (given.folder / f"{domain}.pot").write_text(written("es", domain, found, {}, {}), encoding="utf-8")
        sys.stdout.write(f"{domain}: {len(found)} sentences\n")


def update(given: Namespace) -> None:
    """Bring every catalogue up to the code: new sentences empty, old translations kept."""
    found = sentences()
    for folder in sorted({folder_of(tag) for domain in domains() for tag in tags_of(domain)}):
        known: dict[Key, Kept] = {}
        for domain in domains():
            known |= {key: one for key, one in _kept(folder, domain).items() if any(one.forms)}
        for domain in domains():
            if folder not in {folder_of(tag) for tag in tags_of(domain)}:
                continue
            own = _kept(folder, domain)
            moved = {key: known[key] for key in found[domain] if key in known and not _says(own.get(key))}
            path = path_of(folder, domain)
            headers = headers_in(path.read_text(encoding="utf-8")) if path.exists() else {}
            path.parent.mkdir(parents=True, exist_ok=True)
            text = written(folder, domain, found[domain], own | moved, headers, with_obsolete=not given.prune)
            path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{sum(len(one) for one in found.values())} sentences in {len(found)} domains\n")


def _kept(folder: str, domain: str) -> dict[Key, Kept]:
    return kept_in(read_catalogue(path_of(folder, domain)))


def _says(kept: Kept | None) -> bool:
    return kept is not None and any(kept.forms)


def all_findings(root: Path | None = None) -> list[Finding]:
    """Return what every catalogue lacks against the code."""
    found = sentences(root) if root else sentences()
    return [
        finding
        for domain in domains()
        for tag in tags_of(domain)
        for finding in findings_of(folder_of(tag), domain, found[domain])
    ]


def check(_: Namespace) -> None:
    """Write every finding, the catalogues nobody reviewed among them.

    Raises:
        CataloguesIncomplete: there was at least one error.
    """
    found = all_findings()
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    counted = Counter(finding.severity for finding in found)
    sys.stdout.write(f"{counted['error']} errors, {counted['warning']} warnings\n")
    if counted["error"]:
        raise CataloguesIncomplete(errors=str(counted["error"]))


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `languages` and its commands to the office's own."""
    words = subparsers.add_parser("languages", help="collect, update or check the translated sentences")
    commands = words.add_subparsers(required=True, metavar="extract|update|check")
    extracting = commands.add_parser("extract", help="write the sentences of the code, by domain")
    extracting.add_argument("--folder", type=Path, default=Path("var/sentences"))
    extracting.set_defaults(run=extract)
    updating = commands.add_parser("update", help="bring the catalogues up to the code")
    updating.add_argument("--prune", action="store_true", help="drop translations no longer used")
    updating.set_defaults(run=update)
    commands.add_parser("check", help="say what is missing").set_defaults(run=check)
