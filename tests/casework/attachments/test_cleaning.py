"""The process that makes clean copies: little is given to it, and little comes back."""

import subprocess
import sys
import tracemalloc
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from casework.attachments import cleaner, cleaning
from casework.attachments.cleaning import CLEANER, clean_pages, clean_picture
from casework.attachments.errors import FileCannotBeShown
from casework.attachments.rules import disposition, safe_name, text_shown, way_of

UNDER_LIMITS = "import runpy, sys; runpy.run_path(sys.argv[1])['limit'](); "


def under_limits(code: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of code with the limits of the cleaner."""
    command = [sys.executable, "-I", "-c", UNDER_LIMITS + code, str(CLEANER)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def test_it_can_write_no_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    kept = tmp_path / "kept"
    done = under_limits(f"f = open({str(kept)!r}, 'wb'); f.write(b'in clear'); f.close()")
    assert done.returncode != 0
    assert not kept.exists() or kept.read_bytes() == b""


def test_it_is_stopped_when_it_takes_too_much_memory_or_time() -> None:
    assert b"MemoryError" in under_limits(f"bytearray({cleaner.MEMORY})").stderr
    stopped = under_limits("import resource; print(resource.getrlimit(resource.RLIMIT_CPU))")
    assert stopped.stdout.strip() == f"({cleaner.SECONDS}, {cleaner.SECONDS})".encode()


def test_it_imports_nothing_of_the_office_and_gets_no_setting_of_it() -> None:
    code = "import os; print(sorted(name for name in sys.modules if name.partition('.')[0] in "
    told = under_limits(code + "('casework', 'office', 'sqlmodel')))")
    assert told.stdout.strip() == b"[]"


@pytest.mark.parametrize("kind", [clean_picture, lambda clear: clean_pages(clear, 1)])
@pytest.mark.parametrize("clear", [b"", b"nonsense", b"%PDF-1.7 nonsense", b"\x89PNG\r\n\x1a\nnonsense"])
def test_what_is_no_picture_and_no_document_is_not_shown(kind, clear: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FileCannotBeShown):
        kind(clear)


def test_a_decoder_that_was_broken_into_and_never_ends_its_words_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = tmp_path / "hostile.py"
    hostile.write_text("import sys\nwhile True: sys.stdout.buffer.write(bytes(1 << 20))\n")
    monkeypatch.setattr(cleaning, "CLEANER", hostile)
    tracemalloc.start()
    with pytest.raises(FileCannotBeShown):
        clean_picture(b"x")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * cleaning.MOST_SHOWN


def test_a_picture_that_would_fill_the_memory_is_not_opened() -> None:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    with pytest.raises(FileCannotBeShown):
        clean_picture(out.getvalue())


def test_a_picture_with_holes_keeps_them() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    (seen,) = clean_picture(out.getvalue()).pictures
    with Image.open(BytesIO(seen)) as shown:
        assert (shown.format, shown.getpixel((5, 5))) == ("PNG", (0, 0, 0, 0))


def test_a_document_loses_its_author_its_scripts_and_what_is_attached() -> None:
    document, out = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.docinfo["/Author"] = "Persona Inventada"
    document.attachments["secret.txt"] = b"attached secret"
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.save(out, compress_streams=False)
    clean = cleaner.without_active_parts(out.getvalue())
    with pikepdf.open(BytesIO(clean)) as opened:
        assert "/OpenAction" not in opened.Root and not opened.attachments
        assert "/Info" not in opened.trailer
    assert b"Persona" not in clean and b"attached secret" not in clean


def test_a_locked_document_is_not_shown() -> None:
    document, out = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    with pytest.raises(FileCannotBeShown):
        clean_pages(out.getvalue(), 1)


@pytest.mark.parametrize(
    ("media_type", "way"),
    [
        ("image/jpeg", "picture"),
        ("IMAGE/PNG; charset=x", "picture"),
        ("application/pdf", "pages"),
        ("image/svg+xml", "download"),
        ("text/html", "download"),
        ("application/zip", "download"),
        ("", "download"),
    ],
)
def test_only_types_that_are_named_are_shown(media_type: str, way: str) -> None:
    assert way_of(media_type) == way


def test_a_name_is_given_out_without_folders_tricks_and_line_ends() -> None:
    assert safe_name("../../etc/passwd") == "_.._etc_passwd"
    assert safe_name("a\r\nSet-Cookie: x") == "aSet-Cookie_ x"
    assert safe_name("\u202e \u200b") == "file"
    assert safe_name("ñ" * 300 + ".pdf").endswith(".pdf")
    assert "\n" not in disposition('a\n"b".pdf') and '"b' not in disposition('a\n"b".pdf')


def test_text_of_any_writing_is_read_and_its_length_is_bounded() -> None:
    assert text_shown("ñandú".encode("cp1252")) == ("ñandú", False)
    assert text_shown("\ufeffhola\r\nadiós\x1b[2J".encode()) == ("hola\nadiós[2J", False)
    assert text_shown(b"x" * 200_001)[1]
