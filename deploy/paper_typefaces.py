"""Make the Arabic typefaces of PDFs: `.venv/bin/python deploy/paper_typefaces.py FOLDER`.

FOLDER is where `NotoNaskhArabic-Regular.ttf` and `-Bold.ttf` lie. In a PDF every sign should stand for
the same letters wherever it is drawn, and lie on the line; `office/paper/fonts/README.md` says why.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from fontTools.otlLib.builder import buildCoverage, buildLookup, buildSingleSubstSubtable
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph

ROOT: Final = Path(__file__).parents[1]
WEB: Final = ROOT / "office" / "web" / "static" / "fonts"
MADE: Final = ROOT / "office" / "paper" / "fonts"
WEIGHTS: Final = {400: "Regular", 700: "Bold"}
FEATURES: Final = ["ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "liga", "mark", "mkmk"]

LETTERS: Final = frozenset(
    (*range(0x621, 0x63B), *range(0x640, 0x64B))  # Arabic
    + (0x679, 0x67E, 0x686, 0x688, 0x691, 0x698, 0x6A9, 0x6AF, 0x6BA, 0x6BE)  # Urdu
    + (*range(0x6C0, 0x6C4), 0x6CC, 0x6D2, 0x6D3)
)
MARKS: Final = frozenset((*range(0x64B, 0x653), 0x670))
APART: Final = frozenset((0x653, 0x654, 0x655))
"""Madda and hamza: where a typeface has them, a letter like U+0626 with a mark is taken apart and joined
again, and it is no longer known which of the signs stood for what."""
LAST: Final = "liga"
LETTER_BY_LETTER, TO_ONE, ON_LETTER = 1, 4, 4  # numbers of the kinds of table
LETTER, MARK = 1, 3  # kinds of sign

DRAWN_AT: Final = 935
"""Units that Naskh is drawn in when it is to look as large as the thousand of Noto Sans."""


class Together(NamedTuple):
    """A letter and a mark, and by how much the mark is moved."""

    letter: str
    mark: str
    right: int
    up: int

    @property
    def name(self) -> str:
        """Return how the two together are called in the typeface."""
        return f"{self.letter}_{self.mark}"


class Rule(NamedTuple):
    """What letters become, where they stand after or before others."""

    before: list[str]
    letters: list[str]
    after: list[str]
    becomes: dict[str, str]


def make(file: Path, made: Path, like: Path) -> None:
    """Make a typeface as high as `like`, with a sign for every letter with each of its marks."""
    font = TTFont(file, recalcTimestamp=False)
    join_marks(font)
    options = Options(layout_features=FEATURES, hinting=False, glyph_names=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    font["head"].unitsPerEm = DRAWN_AT
    scale_upem(font, 1000)
    as_high_as(TTFont(like), font)
    font.flavor = "woff2"
    font.save(made)


def wanted() -> set[int]:
    """Return the characters of the typefaces of the web, without what letters may be taken apart into."""
    files = WEB.glob("noto-sans-arabic*-400.woff2")
    return {character for file in files for character in TTFont(file).getBestCmap()} - APART


def as_high_as(other: TTFont, font: TTFont) -> None:
    """Take over the heights of another typeface, so that a line with both is no higher than with one."""
    for table, names in (
        ("hhea", ("ascent", "descent", "lineGap")),
        ("OS/2", ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent")),
    ):
        for name in names:
            setattr(font[table], name, getattr(other[table], name))


def join_marks(font: TTFont) -> None:
    """Draw every letter together with the mark that follows it, and the mark as nothing."""
    both = list(on_letters(font))
    for one in both:
        draw(font, one)
    marks = sorted({one.mark for one in both})
    for mark in marks:
        add(font, nothing(mark), Glyph(), 0, 0, MARK)
    font.setGlyphOrder(font["glyf"].glyphOrder)
    with_mark = {mark: {one.letter: one.name for one in both if one.mark == mark} for mark in marks}
    drawn = [one.name for one in both]
    first = [Rule([], sorted(singles), [mark], singles) for mark, singles in with_mark.items()]
    follow(font, first)
    follow(font, [Rule(drawn, marks, [], {mark: nothing(mark) for mark in marks})])


def follow(font: TTFont, rules: list[Rule]) -> None:
    """Add rules to the last feature, tried one after the other."""
    table, ids = font["GSUB"].table, font.getReverseGlyphMap()
    built = []
    for rule in rules:
        table.LookupList.Lookup.append(buildLookup([buildSingleSubstSubtable(rule.becomes)]))
        built.append(in_context(rule, len(table.LookupList.Lookup) - 1, ids))
    table.LookupList.Lookup.append(buildLookup(built))
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag == LAST:
            feature.Feature.LookupListIndex.append(table.LookupList.LookupCount - 1)
            feature.Feature.LookupCount += 1


def in_context(rule: Rule, number: int, ids: dict[str, int]) -> Any:
    """Return the table of a rule that is carried out by the lookup of a number."""
    table, does = otTables.ChainContextSubst(), otTables.SubstLookupRecord()
    does.SequenceIndex, does.LookupListIndex = 0, number
    table.Format = 3
    table.BacktrackCoverage = [buildCoverage(rule.before, ids)] if rule.before else []
    table.InputCoverage = [buildCoverage(rule.letters, ids)]
    table.LookAheadCoverage = [buildCoverage(rule.after, ids)] if rule.after else []
    table.SubstLookupRecord, table.SubstCount = [does], 1
    return table


def draw(font: TTFont, one: Together) -> None:
    """Add a letter drawn with a mark."""
    glyphs = font["glyf"]
    pen = TTGlyphPen(glyphs)
    pen.addComponent(one.letter, (1, 0, 0, 1, 0, 0))
    pen.addComponent(one.mark, (1, 0, 0, 1, one.right, one.up))
    left = min(glyphs[one.letter].xMin, glyphs[one.mark].xMin + one.right)
    add(font, one.name, pen.glyph(), font["hmtx"][one.letter][0], left, LETTER)


def add(font: TTFont, name: str, glyph: Glyph, wide: int, left: int, kind: int) -> None:
    """Add a sign to a typeface."""
    font["glyf"][name], font["hmtx"][name] = glyph, (wide, left)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = kind


def nothing(mark: str) -> str:
    """Return the name of a mark that its letter is drawn with already."""
    return f"{mark}.drawn"


def on_letters(font: TTFont) -> Iterator[Together]:
    """Yield every letter with every mark that it may carry."""
    letters, marks = shapes(font), marks_of(font)
    for table in tables(font, "GPOS", ON_LETTER):
        bases = dict(zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True))
        carried = dict(zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True))
        for letter in sorted(letters & bases.keys()):
            for mark in sorted(marks & carried.keys()):
                to, own = bases[letter].BaseAnchor[carried[mark].Class], carried[mark].MarkAnchor
                if to is not None:
                    right, up = to.XCoordinate - own.XCoordinate, to.YCoordinate - own.YCoordinate
                    yield Together(letter, mark, right, up)


def shapes(font: TTFont) -> set[str]:
    """Return the letters that carry marks, alone, joined to their neighbours, and as lam and alef join."""
    found = {font.getBestCmap()[letter] for letter in LETTERS}
    for _ in ("joined", "lam and alef"):
        for table in tables(font, "GSUB", LETTER_BY_LETTER):
            found |= {shape for letter, shape in table.mapping.items() if letter in found}
    return found


def marks_of(font: TTFont) -> set[str]:
    """Return the marks, and the signs that the typeface has for two of them."""
    found = {font.getBestCmap()[mark] for mark in MARKS}
    for table in tables(font, "GSUB", TO_ONE):
        for first, pairs in table.ligatures.items():
            found |= {pair.LigGlyph for pair in pairs if found.issuperset((first, *pair.Component))}
    return found


def tables(font: TTFont, name: str, kind: int) -> Iterator[Any]:
    """Yield the tables of a kind."""
    for lookup in font[name].table.LookupList.Lookup:
        if lookup.LookupType == kind:
            yield from lookup.SubTable


if __name__ == "__main__":
    for weight, named in WEIGHTS.items():
        make(
            Path(sys.argv[1]) / f"NotoNaskhArabic-{named}.ttf",
            MADE / f"noto-naskh-arabic-{weight}.woff2",
            WEB / f"noto-sans-latin-{weight}.woff2",
        )
