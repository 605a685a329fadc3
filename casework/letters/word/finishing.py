"""The last hand at a document: its language and direction, its marks, and nothing of who made it."""

import io
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any, Final
from unicodedata import bidirectional
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from office.languages import Language

MARK, END_MARK, BLANK = "\ue000", "\ue001", "\ue002"
"""Stand for what is missing and for a line to be filled in by hand, until the runs are cut there."""
LINE: Final = "\u00a0" * 40
CUTS: Final = re.compile(f"({MARK}[^{END_MARK}]*{END_MARK}|{BLANK})")
NOT_IN_XML: Final = re.compile("[^\t\n\u0020-\ud7ff\ue003-\ufffd\U00010000-\U0010ffff]")
"""What no XML holds, and the three marks: nobody types one."""
PLACES: Final = {
    "ca-valencia": "ca-ES-valencia",
    "es": "es-ES",
    "ar": "ar-MA",
    "ur": "ur-PK",
    "zh-Hans": "zh-CN",
}
"""The language as word processors say it, where they want a country."""
OF_THE_MAKER: Final = qn("w:rsid")
"""How elements and attributes begin that number the sittings in which something was written."""
LEFT_OUT: Final = ("rsids", "docVars", "attachedTemplate", "mailMerge", "proofState", "docId")
"""Settings that tell who wrote with which machine, or fetch something."""
RSIDS: Final = re.compile(rb' w:rsid[A-Za-z]*="[0-9A-F]*"|<w:rsid[^>]*/>')
THE_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def plain(text: str) -> str:
    """Return a text without what may not stand in a document."""
    return NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def finished(document: Document, language: Language, title: str) -> bytes:
    """Return the document in its language and direction, with its marks, and nothing of who made it."""
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart):
            _in_language(part.element, language)
            _without_sittings(part.element)
        elif part.partname.endswith(".xml"):  # a part that the library only carries along, as footnotes
            part._blob = RSIDS.sub(b"", part.blob)
    settings = document.settings.element
    for name in LEFT_OUT:
        for element in settings.findall(f".//{qn(f'w:{name}')}"):
            element.getparent().remove(element)
    _nobody_made_it(document, language, title)
    written = io.BytesIO()
    document.save(written)
    return _without_times(written)


def _without_times(written: io.BytesIO) -> bytes:
    """Return the same archive with nothing of when it was made: the same letter is the same bytes."""
    out = io.BytesIO()
    with ZipFile(written) as made, ZipFile(out, "w", ZIP_DEFLATED) as told:
        for part in made.infolist():
            told.writestr(ZipInfo(part.filename, NO_TIME), made.read(part), ZIP_DEFLATED)
    return out.getvalue()


def _without_sittings(root: etree._Element) -> None:
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        if str(element.tag).startswith(OF_THE_MAKER) and parent is not None:
            parent.remove(element)
            continue
        for name in [one for one in element.attrib if str(one).startswith(OF_THE_MAKER)]:
            del element.attrib[name]


def _in_language(root: etree._Element, language: Language) -> None:
    is_rtl = language.direction == "rtl"
    for run in list(root.iter(qn("w:r"))):
        for piece in _cut(run):
            _tell(piece, language, is_rtl=is_rtl)
    if not is_rtl:
        return
    for paragraph in root.iter(qn("w:p")):
        properties = paragraph.get_or_add_pPr()
        if properties.find(qn("w:bidi")) is None:
            _put(properties, "w:bidi", _BEFORE_BIDI)
    for section in root.iter(qn("w:sectPr")):
        if section.find(qn("w:bidi")) is None:
            _put(section, "w:bidi", _BEFORE_BIDI_OF_SECTION)
    for table in root.iter(qn("w:tblPr")):
        if table.find(qn("w:bidiVisual")) is None:
            _put(table, "w:bidiVisual", ("tblStyle", "tblpPr", "tblOverlap"))


_BEFORE_BIDI: Final = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN",
)  # fmt: skip
_BEFORE_BIDI_OF_SECTION: Final = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc",
    "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg",
    "textDirection",
)  # fmt: skip
_BEFORE_LANG: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
    "em",
)  # fmt: skip
"""What comes before an element where the format wants an order."""


def _put(properties: Any, name: str, before: Iterable[str], **attributes: str) -> None:
    """Put an element where it belongs among properties; one that is there is replaced."""
    for old in properties.findall(qn(name)):
        properties.remove(old)
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    earlier = {qn(f"w:{one}") for one in before}
    place = max((at + 1 for at, one in enumerate(properties) if one.tag in earlier), default=0)
    properties.insert(place, element)


def _tell(run: Any, language: Language, *, is_rtl: bool) -> None:
    """Say in which language a run is, and whether it reads from right to left."""
    properties = run.get_or_add_rPr()
    tag = PLACES.get(language.tag, language.written_as)
    told = {"bidi": tag, "val": "es-ES"} if is_rtl else {"val": tag}
    if language.tag == "zh-Hans":
        told["eastAsia"] = tag
    _put(properties, "w:lang", _BEFORE_LANG, **told)
    for plain_one, of_other_scripts in (("b", "bCs"), ("i", "iCs")):
        if properties.find(qn(f"w:{plain_one}")) is not None:
            before = _BEFORE_LANG[: _BEFORE_LANG.index(of_other_scripts)]
            _put(properties, f"w:{of_other_scripts}", before)
    words = "".join(one.text or "" for one in run.iter(qn("w:t")))
    if _reads_from_the_right(words, otherwise=is_rtl):
        _put(properties, "w:rtl", _BEFORE_LANG[: _BEFORE_LANG.index("rtl")])


def _reads_from_the_right(words: str, *, otherwise: bool) -> bool:
    kinds = {bidirectional(one) for one in words}
    if kinds & {"R", "AL"}:
        return True
    return otherwise and "L" not in kinds and not kinds & {"EN"}


def _cut(run: Any) -> Iterator[Any]:
    """Cut a run at the marks, and where the direction of its letters changes; yield its pieces in order."""
    texts = run.findall(qn("w:t"))
    whole = "".join(one.text or "" for one in texts)
    pieces = [part for cut in CUTS.split(whole) for part in _directions(cut)]
    if len(texts) != 1 or (len(pieces) < 2 and not CUTS.search(whole)):
        yield from [run] if not (len(texts) > 1 and (CUTS.search(whole) or len(pieces) > 1)) else _apart(run)
        return
    at, parent = run, run.getparent()
    made: list[Any] = []
    others = [one for one in run if one.tag not in (qn("w:t"), qn("w:rPr"))]
    before = [one for one in others if run.index(one) < run.index(texts[0])]
    for words in pieces:
        piece = deepcopy(run)
        for one in list(piece):
            if one.tag != qn("w:rPr"):
                piece.remove(one)
        if not made:
            for one in before:
                piece.append(deepcopy(one))
        _write(piece, words)
        made.append(piece)
    for one in others:
        if one not in before:
            made[-1].append(deepcopy(one))
    for piece in made:
        at.addnext(piece)
        at = piece
    parent.remove(run)
    yield from made


def _apart(run: Any) -> Iterator[Any]:
    """Make one run of each text in a run of several, with the breaks between them, and cut those."""
    parent, at = run.getparent(), run
    kept = run.find(qn("w:rPr"))
    made = []
    for child in list(run):
        if child.tag == qn("w:rPr"):
            continue
        one = OxmlElement("w:r")
        if kept is not None:
            one.append(deepcopy(kept))
        one.append(child)
        made.append(one)
    for one in made:
        at.addnext(one)
        at = one
    parent.remove(run)
    for one in made:
        yield from _cut(one)


def _write(piece: Any, words: str) -> None:
    text = OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    if words == BLANK:
        text.text = LINE
        _put(piece.get_or_add_rPr(), "w:u", _BEFORE_LANG[: _BEFORE_LANG.index("u")], val="single")
    elif words.startswith(MARK):
        text.text = words[1:-1]
        properties = piece.get_or_add_rPr()
        _put(properties, "w:b", ("rStyle", "rFonts"))
        _put(properties, "w:highlight", _BEFORE_LANG[: _BEFORE_LANG.index("highlight")], val="yellow")
    else:
        text.text = words
    piece.append(text)


def _directions(words: str) -> Iterator[str]:
    """Yield stretches of a text whose letters read one way; digits stay with what is before them."""
    if not words or words == BLANK or words.startswith(MARK):
        if words:
            yield words
        return
    start, way = 0, ""
    for at, one in enumerate(words):
        kind = bidirectional(one)
        now = "rtl" if kind in ("R", "AL") else "ltr" if kind == "L" else way
        if way and now and now != way:
            yield words[start:at]
            start = at
        way = now or way
    yield words[start:]


def _nobody_made_it(document: Document, language: Language, title: str) -> None:
    """Take out who made and changed the file, with which program, and when."""
    about = document.core_properties
    for name in ("author", "last_modified_by", "category", "comments", "content_status", "identifier",
                 "keywords", "subject", "version"):  # fmt: skip
        setattr(about, name, "")
    about.title, about.language, about.revision = title, language.written_as, 1
    about.created = about.modified = about.last_printed = THE_DAY
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(("/customXml", "/stylesWithEffects")):
            del document.part.rels[key]
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith(("/extended-properties", "/thumbnail", "/custom-properties")):
            del package.rels[key]
