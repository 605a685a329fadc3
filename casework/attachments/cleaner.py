"""A process of its own that makes a clean copy of one file: what it is given comes in, what is seen goes out.

Started by `cleaning` as a script, with an empty environment: it imports nothing of the office, holds no key
and no store, and can write no file. Whatever a broken or hostile file does to a decoder, it does here.

    in:  the file, on standard input; which kind and from which page, as arguments
    out: one line of JSON {"total", "sizes"}, then the pictures one after the other (PNG or JPEG)
"""

import json
import resource
import sys
from io import BytesIO

SECONDS = 10
MEMORY = 1_536 * 1024 * 1024
MOST_PIXELS = 80_000_000
LONGEST_SIDE = 2_000
PAGE_WIDTH = 1_240
PAGES_AT_ONCE = 10
FORMATS = {"JPEG", "PNG", "WEBP", "GIF"}
ACTIVE_IN_ROOT = ("/OpenAction", "/AA", "/Names", "/Metadata", "/AcroForm", "/AF", "/Outlines", "/PieceInfo")
ACTIVE_IN_PAGE = ("/AA", "/Metadata", "/PieceInfo", "/AF")
ACTIVE_IN_NOTE = ("/A", "/AA", "/PA", "/FS", "/RichMediaContent", "/Movie", "/Sound")


def limit() -> None:
    """Give up everything a decoder does not need; no dump of its memory is ever written."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def picture(clear: bytes) -> tuple[int, list[bytes]]:
    """Return a picture drawn anew: upright, of a size for a screen, and with nothing but its pixels."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(clear), formats=tuple(FORMATS)) as given:
        if given.width * given.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        given.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(given)
        has_holes = "A" in upright.getbands() or "transparency" in upright.info
        drawn = upright.convert("RGBA" if has_holes else "RGB")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new(drawn.mode, drawn.size)
    fresh.paste(drawn)
    out = BytesIO()
    if has_holes:
        fresh.save(out, "PNG")
    else:
        fresh.save(out, "JPEG", quality=88)
    return 1, [out.getvalue()]


def pages(clear: bytes, first: int) -> tuple[int, list[bytes]]:
    """Return how many pages a PDF has, and those from `first` (counted from 1) as pictures."""
    import pypdfium2  # type: ignore[import-untyped]  # it has no stubs

    document = pypdfium2.PdfDocument(without_active_parts(clear))
    total = len(document)
    shown = []
    for number in range(first - 1, min(first - 1 + PAGES_AT_ONCE, total)):
        page = document[number]
        width, height = page.get_size()
        scale = min(PAGE_WIDTH / max(width, 1), 3 * PAGE_WIDTH / max(height, 1), 4)
        drawn = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        out = BytesIO()
        drawn.save(out, "JPEG", quality=82)
        shown.append(out.getvalue())
    return total, shown


def without_active_parts(clear: bytes) -> bytes:
    """Return a PDF without what it says of its author and without all that acts or is attached."""
    import pikepdf

    with pikepdf.open(BytesIO(clear)) as document:
        for name in ACTIVE_IN_ROOT:
            if name in document.Root:
                del document.Root[name]
        for page in document.pages:
            for name in ACTIVE_IN_PAGE:
                if name in page:
                    del page[name]
            for note in page.get("/Annots", ()):
                for name in ACTIVE_IN_NOTE:
                    if name in note:
                        del note[name]
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def main(kind: str, first: str = "1") -> int:
    """Clean what comes in on standard input; 0 if something can be shown."""
    limit()
    clear = sys.stdin.buffer.read()
    try:
        total, shown = picture(clear) if kind == "picture" else pages(clear, int(first))
    except Exception:  # whatever a decoder says of a file may hold words of it: nothing is told
        return 1
    head = json.dumps({"total": total, "sizes": [len(one) for one in shown]})
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(shown))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
