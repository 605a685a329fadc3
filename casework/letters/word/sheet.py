"""The text of a letter, as HTML, set as paragraphs, headings, lists and tables of a document. No store.

So every template has its document in every language without a second copy of what a lawyer has read. What a
letter's HTML may hold beside that (pictures, styles) is left out, and its words stay.
"""

from html.parser import HTMLParser
from typing import Any, Final

from docx import Document
from docx.document import Document as Whole
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from casework.letters.word.finishing import BLANK, END_MARK, MARK, plain

HEADINGS: Final = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3"}
BLOCKS: Final = frozenset({"p", "div", "li", "td", "th", "caption", *HEADINGS})
LISTS: Final = {"ul": "List Bullet", "ol": "List Number"}
SILENT: Final = frozenset({"style", "script", "head", "title"})
FONT: Final = "Arial"
MARGINS: Final = {"top_margin": 22, "bottom_margin": 22, "left_margin": 24, "right_margin": 24}
ISOLATES: Final = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
"""Signs that keep a line's direction in a PDF; here each run says its own."""


def document_of(body: str, title: str) -> Whole:
    """Return a document with the office's name on top and the text of a letter."""
    whole = Document()
    section = whole.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    for name, points in {"Normal": 11, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 11}.items():
        _dress(whole.styles[name], points)
    office = whole.add_paragraph()
    office.add_run(plain(title)).bold = True
    reader = _Reader(whole)
    reader.feed(body)
    reader.close()
    return whole


def _dress(style: Any, points: float) -> None:
    """Set the typeface of a style, also for letters of other scripts, in black."""
    style.font.name, style.font.size = FONT, Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for old in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[old]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    for old in style.element.rPr.findall(qn("w:szCs")):
        old.set(qn("w:val"), str(int(2 * points)))
    for colour in style.element.rPr.findall(qn("w:color")):
        style.element.rPr.remove(colour)


class _Reader(HTMLParser):
    """Reads the HTML of a letter from its beginning to its end, and writes as it goes."""

    def __init__(self, whole: Whole) -> None:
        super().__init__(convert_charrefs=True)
        self.whole = whole
        self.at: Paragraph | None = None
        self.lists: list[str] = []
        self.strong = self.slanted = self.marked = self.silent = 0
        self.spans: list[bool] = []
        self.table: Any = None
        self.row: Any = None
        self.column = 0
        self.cell: Any = None
        self.is_apart = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, or change how the words of a run look."""
        classes = (dict(attrs).get("class") or "").split()
        if tag in SILENT:
            self.silent += 1
        elif tag in LISTS:
            self.lists.append(tag)
        elif tag == "table":
            self.table, self.at = self.whole.add_table(rows=0, cols=1, style="Table Grid"), None
        elif tag == "tr" and self.table is not None:
            self.row, self.column = self.table.add_row(), 0
        elif tag in ("td", "th") and self.row is not None:
            self._cell()
            self.strong += tag == "th"
        elif tag == "div":
            self.at, self.is_apart = None, True
        elif tag in BLOCKS:
            self._block(tag, classes)
        elif tag == "br" and self.at is not None:
            self.at.add_run().add_break()
        elif tag in ("strong", "b"):
            self.strong += 1
        elif tag in ("em", "i"):
            self.slanted += 1
        elif tag == "mark":
            self.marked += 1
        elif tag == "span":
            self.spans.append("by-hand" in classes)

    def handle_endtag(self, tag: str) -> None:
        """Close a block, or go back to how the words looked before."""
        if tag in SILENT:
            self.silent -= self.silent > 0
        elif tag in LISTS:
            self.lists = self.lists[:-1]
        elif tag == "table":
            self.table = self.row = self.cell = self.at = None
        elif tag in ("td", "th"):
            self.strong -= tag == "th" and self.strong > 0
            self.cell = self.at = None
        elif tag in BLOCKS:
            self.at = None
        elif tag in ("strong", "b"):
            self.strong -= self.strong > 0
        elif tag in ("em", "i"):
            self.slanted -= self.slanted > 0
        elif tag == "mark":
            self.marked -= self.marked > 0
        elif tag == "span" and self.spans:
            self.spans.pop()

    def handle_data(self, data: str) -> None:
        """Write words; the blanks of the source are one blank, as in a browser."""
        words = plain(data.translate(ISOLATES))
        words = "".join(" " if one in "\n\t" else one for one in words)
        if self.silent or (self.at is None and not words.strip()):
            return
        if self.at is None:
            self._block("p", [])
        if self.at is None:
            return
        if any(self.spans):
            words = BLANK
        elif self.marked:
            words = f"{MARK}{words}{END_MARK}"
        elif not self.at.text:
            words = words.lstrip(" ")
        run = self.at.add_run(words)
        run.bold, run.italic = self.strong > 0 or None, self.slanted > 0 or None

    def _block(self, tag: str, classes: list[str]) -> None:
        if self.cell is not None:
            first = self.cell.paragraphs[0]
            self.at = self.cell.add_paragraph() if first.text else first
            return
        style = HEADINGS.get(tag) or (LISTS[self.lists[-1]] if tag == "li" and self.lists else None)
        self.at = self.whole.add_paragraph(style=style)
        if self.is_apart:
            self.at.paragraph_format.space_before, self.is_apart = Pt(36), False
        if "when" in classes:  # the end of the line, on whichever side that is
            self.at.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _cell(self) -> None:
        while len(self.table.columns) <= self.column:
            self.table.add_column(Mm(40))
        self.cell = self.row.cells[self.column]
        self.at, self.column = self.cell.paragraphs[0], self.column + 1
