"""The office's typefaces for PDFs, each with a space of its own.

Those for the web are cut to what each script alone needs, so Arabic and Cyrillic letters come without a
space: a browser takes it from the file beside. In a PDF a line whose spaces come from another typeface is
measured wrongly, and its first words run over the edge of the paper.

Arabic letters on paper are those of another typeface. The one for the web draws a letter as a shape and its
dots, and shapes and dots serve many letters; but whoever reads a PDF aloud, searches it or copies from it
knows every sign by the one letter it stands for.
"""

from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from office.web.static import OWN

FONTS: Final = OWN / "fonts"
ON_PAPER: Final = Path(__file__).parent / "fonts"
"""Typefaces for PDFs alone; `README.md` there says where they come from."""
NOT_ON_PAPER: Final = ("arabic", "arabic-more")
WEIGHTS: Final = (400, 700)
SPACE: Final = ord(" ")


def scripts() -> list[str]:
    """Return the office's typefaces by the signs they have, those for Latin letters and digits first."""
    return sorted(_files(), key=lambda one: (not one.startswith("latin"), one))


@cache
def faces() -> str:
    """Return the style rules that define the typefaces `Office latin`, `Office naskh-arabic` and so on."""
    files = _files()
    return "".join(
        f'@font-face{{font-family:"Office {script}";font-weight:{weight};src:url(data:font/ttf;base64,'
        f"{b64encode(_with_space(Path(f'{files[script]}-{weight}.woff2'))).decode()})}}"
        for script in scripts()
        for weight in WEIGHTS
    )


def _files() -> dict[str, str]:
    """Return where each typeface lies, without weight and ending."""
    rest = "-400.woff2"
    return {
        script: str(path).removesuffix(rest)
        for family, folder in (("noto-sans-", FONTS), ("noto-", ON_PAPER))
        for path in folder.glob(f"{family}*{rest}")
        if (script := path.name[len(family) : -len(rest)]) not in NOT_ON_PAPER
    }


def _with_space(file: Path) -> bytes:
    """Return a typeface unpacked, with a space as wide as the Latin one if it had none."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    font = TTFont(file)
    font.flavor = None
    if SPACE not in font.getBestCmap():
        glyphs, widths, blank = font["glyf"], font["hmtx"], Glyph()
        blank.numberOfContours = 0
        glyphs["space"], widths["space"] = blank, (_space_width(font["head"].unitsPerEm), 0)
        font.setGlyphOrder(glyphs.glyphOrder)
        for table in font["cmap"].tables:
            table.cmap[SPACE] = "space"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


@cache
def _space_width(units: int) -> int:
    """Return how wide the Latin space is in a typeface of so many units to its height."""
    from fontTools.ttLib import TTFont

    latin = TTFont(FONTS / "noto-sans-latin-400.woff2")
    width: int = latin["hmtx"][latin.getBestCmap()[SPACE]][0]
    of_units: int = latin["head"].unitsPerEm
    return round(width * units / of_units)
