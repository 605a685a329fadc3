"""What a DOCX template may not hold: whatever runs, is fetched, or brings another file along. No store.

An office makes its templates with a word processor and nobody reads their XML, so this is a list of what is
allowed for relations between parts, and of what is known to run or to fetch for the rest.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of the file."""
LARGEST_UNPACKED: Final = 16 * 1024 * 1024
"""Bytes of all its parts together: what is packed small and unpacks large fills the memory."""
MOST_PARTS: Final = 200

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ALLOWED: Final = frozenset(
    {
        f"{OFFICE}/{name}"
        for name in (
            "officeDocument", "extended-properties", "styles", "settings", "webSettings", "fontTable",
            "theme",
            "numbering", "customXml", "customXmlProps", "footnotes", "endnotes", "header", "footer", "image",
        )
    }
    | {
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)  # fmt: skip
"""The only relations between parts: pictures and what Word writes by itself; no macro, no link."""
PICTURES: Final = frozenset({".png", ".jpg", ".jpeg"})
FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
"""Word's own fields that only count; any other may fetch, ask or run."""
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_THESE: Final = {
    f"{W}{name}": what
    for name, what in {
        "object": "an embedded object",
        "control": "a control that runs",
        "altChunk": "another document inside",
        "attachedTemplate": "a template from elsewhere",
        "mailMerge": "a mail merge",
        "subDoc": "another document inside",
        "del": "tracked changes",
        "ins": "tracked changes",
        "moveFrom": "tracked changes",
        "moveTo": "tracked changes",
        "commentReference": "comments",
        "dataBinding": "a content control that takes its words from elsewhere",
    }.items()
}
"""Elements that are refused, and what they are. Hidden words of others would go out with every letter."""
ADDRESSES: Final = frozenset({"href", "src", "althref"})
"""Attributes by which a drawing fetches or leads somewhere, where they name no relation between parts."""
PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


FETCHED: Final = "something that is fetched from outside, or a link: write the address as text"
ELSEWHERE: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*:|//|\\\\)")


def refused_in(content: bytes) -> Iterator[str]:
    """Yield why a file is no template, in one line each; nothing if it may be filled."""
    if len(content) > LARGEST:
        yield f"larger than {LARGEST} bytes"
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
                yield "it unpacks to more than a letter needs"
                return
            names = {one.filename for one in parts}
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                yield "no document for a word processor (DOCX)"
                return
            yield from dict.fromkeys(_of_parts(packed, parts))
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError):
        yield "no document for a word processor (DOCX), or a damaged or locked one"


def _of_parts(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[str]:
    for one in parts:
        path = PurePosixPath(one.filename)
        if ".." in path.parts or path.is_absolute():
            yield "a part that lies outside of it"
        elif one.filename.endswith((".xml", ".rels")):
            # what the list says of the size may be a lie: no more is read than it said
            with packed.open(one) as opened:
                text = opened.read(one.file_size + 1)
            if len(text) > one.file_size:
                yield "it unpacks to more than a letter needs"
                return
            yield from _of_xml(one.filename, text)
        elif not one.is_dir() and path.suffix.lower() not in PICTURES:
            yield f"a part that is neither text nor a picture: {path.name[:60]}"


def _of_xml(name: str, text: bytes) -> Iterator[str]:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        yield "a part with declarations of its own"
        return
    try:
        tree = etree.fromstring(text, PARSER)
    except etree.XMLSyntaxError:
        yield f"a damaged part: {PurePosixPath(name).name[:60]}"
        return
    if tree.getroottree().docinfo.doctype:  # also where the bytes are of another encoding
        yield "a part with declarations of its own"
        return
    if name == "[Content_Types].xml" and re.search(rb"macroEnabled|vbaProject|oleObject|activeX", text, re.I):
        yield "macros or embedded objects"
    if name.endswith(".rels"):
        yield from _of_relations(tree)
        return
    for element in tree.iter(etree.Element):
        if str(element.tag) in NOT_THESE:
            yield NOT_THESE[str(element.tag)]
        elif element.tag == f"{W}fldSimple":
            yield from _of_field(str(element.get(f"{W}instr", "")))
        elif element.get(f"{W}author") is not None:  # also of how words look: it names who changed that
            yield "tracked changes"
        for attribute in map(etree.QName, element.attrib):
            if attribute.localname.lower() in ADDRESSES and attribute.namespace != OFFICE:
                yield FETCHED
    for paragraph in tree.iter(f"{W}p"):
        yield from _of_long_fields(paragraph)


def _of_relations(tree: etree._Element) -> Iterator[str]:
    for one in tree:
        kind = str(one.get("Type", ""))
        is_inside = str(one.get("TargetMode", "Internal")) == "Internal"
        if not is_inside or ELSEWHERE.match(str(one.get("Target", ""))):
            yield FETCHED
        if is_inside and kind not in ALLOWED:
            yield f"a part it may not bring along: {kind.rpartition('/')[2][:60]}"


def _of_long_fields(paragraph: etree._Element) -> Iterator[str]:
    """Yield which fields of a paragraph are refused; one may be written over several runs."""
    written = ""
    for element in paragraph.iter(f"{W}instrText", f"{W}fldChar"):
        if element.tag == f"{W}instrText":
            written += element.text or ""
            continue
        if written:
            yield from _of_field(written)
        written = ""
    if written:
        yield from _of_field(written)


def _of_field(instruction: str) -> Iterator[str]:
    word = (instruction.split() or [""])[0].upper()
    if word not in FIELDS:
        yield f"the field {word[:20] or '?'}: only the number of the page may be one"
