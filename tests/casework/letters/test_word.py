"""Letters for a word processor: filled like the paper, in their language, and safe to take from an office."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from casework.letters.drawing import body_of
from casework.letters.errors import TemplateBroken
from casework.letters.rules import FORMATS
from casework.letters.shelf import problems, templates
from casework.letters.word import refusing
from casework.letters.word.filling import filled_word, word_of_body
from casework.letters.word.refusing import refused_in
from office.languages import language
from tests.casework.desk import Desk
from tests.casework.letters.post import CLAIM, begun, files, make, write
from tests.casework.letters.test_templates import own

WORDS = "Dijeron <b>no</b> & {{ 7 * 7 }} {% raw %} =1+1\nY se fueron."
RELS = "word/_rels/document.xml.rels"


def written(*paragraphs: str) -> bytes:
    """A document as an office writes it."""
    whole = Document()
    for words in paragraphs:
        whole.add_paragraph(words)
    kept = io.BytesIO()
    whole.save(kept)
    return kept.getvalue()


def with_part(content: bytes, name: str, text: bytes | str, at: str = "", put: str = "") -> bytes:
    """The same with another part in it, or with something put into one before `at`."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as packed,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in packed.namelist():
            part = packed.read(one)
            new.writestr(
                one, part.replace(at.encode(), put.encode() + at.encode(), 1) if one == name else part
            )
        if not at:
            new.writestr(name, text)
    return made.getvalue()


def in_document(content: bytes, put: str, name: str = "word/document.xml", at: str = "<w:sectPr") -> bytes:
    return with_part(content, name, "", at, put)


def text_of(content: bytes) -> str:
    return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)


def runs(content: bytes) -> list[tuple[str, bool]]:
    """The stretches of the text, and whether each reads from the right."""
    body = Document(io.BytesIO(content)).element.body
    return [
        ("".join(one.text or "" for one in run.iter(qn("w:t"))), run.find(f".//{qn('w:rtl')}") is not None)
        for run in body.iter(qn("w:r"))
    ]


def test_a_letter_is_downloaded_with_its_gaps_and_kept_as_it_was_made(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "claim")
    assert f'href="{at}/word"' in laila.get(at).text
    taken = laila.get(f"{at}/word")
    assert taken.headers["content-type"] == FORMATS["docx"]
    assert taken.headers["content-disposition"] == 'attachment; filename="letter.docx"'
    assert taken.headers["cache-control"] == "no-store"
    assert "[Falta: Qué se pide]" in text_of(taken.content)
    assert write(desk, laila, at, **{**CLAIM, "field_facts": WORDS}).status_code == 303
    assert make(desk, laila, at).status_code == 303
    kept = laila.get(f"{at}/files/1/docx").content
    words = text_of(kept)
    assert "Reclamación extrajudicial (artículo 1973 del Código Civil)" in words and "Falta" not in words
    assert WORDS in words  # what was typed is text, and nothing else
    assert hashlib.sha256(kept).hexdigest() in laila.get(at).text
    rows = {one.format_code: one for one in files(desk)}
    assert set(rows) == {"pdf", "docx"} and b"PK" not in rows["docx"].sealed[:4]
    told = [kind for kind in desk.events(reporter) if kind.startswith("letter_")]
    assert told == ["letter_begun", "letter_taken", "letter_written", "letter_made", "letter_taken"]

    (desk.folder / "letters" / "claim").mkdir(parents=True)  # an office's own paper, beside the text
    built_in = templates(desk.folder / "nowhere")["claim"].folder
    for name in ("letter.toml", "es.html"):
        (desk.folder / "letters" / "claim" / name).write_bytes((built_in / name).read_bytes())
    paper = written("De la casa, para {{ recipient }}", "{{ facts }}", "{{ identity_number }} {{ annexes }}")
    (desk.folder / "letters" / "claim" / "es.docx").write_bytes(paper)
    words = text_of(laila.get(f"{at}/word").content)
    assert "De la casa, para Inmobiliaria Levante, S. L." in words and WORDS in words
    assert "[Falta: Qué lo acompaña]" in words  # only the paper asks for it
    assert make(desk, laila, at).status_code == 409


@pytest.mark.parametrize("tag", ["es", "ca-valencia", "ar"])
def test_it_says_its_language_and_direction_and_nothing_of_who_made_it(tag: str, tmp_path: Path) -> None:
    spoken, template = language(tag, "office"), templates(tmp_path)["advice"]
    values = {"question": "سؤال 12 B. ok", "office_name": "Oficina"}
    body = body_of(template.source(tag), values, spoken, missing={"options": "Falta"}, blank=())
    made = word_of_body(body, spoken, "Oficina")
    whole = Document(io.BytesIO(made))
    told = {"es": "es-ES", "ca-valencia": "ca-ES-valencia", "ar": "ar-MA"}[tag]
    attribute = "w:bidi" if tag == "ar" else "w:val"
    assert {one.get(qn(attribute)) for one in whole.element.body.iter(qn("w:lang"))} == {told}
    paragraphs = list(whole.element.body.iter(qn("w:p")))
    bidi = [one for one in paragraphs if one.find(f"./{qn('w:pPr')}/{qn('w:bidi')}") is not None]
    assert len(bidi) == (len(paragraphs) if tag == "ar" else 0)
    assert ("سؤال 12 ", True) in runs(made) and ("B. ok", False) in runs(made)  # each stretch its own way
    marked = list(whole.element.body.iter(qn("w:highlight")))
    assert len(marked) == 1
    about = whole.core_properties
    assert (about.author, about.last_modified_by, about.comments, about.revision) == ("", "", "", 1)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
        assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & set(packed.namelist())
    assert b"rsid" not in everything and b"python-docx" not in everything
    with zipfile.ZipFile(io.BytesIO(made)) as packed:  # nor of when: an archive notes a time for each part
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert list(refused_in(made)) == []


def test_an_offices_document_is_filled_over_split_runs_and_leaves_a_line_for_a_number() -> None:
    whole = Document()
    split = whole.add_paragraph("A {{ reci")
    split.add_run("pient }}").bold = True
    split.add_run(" {% if has.facts %}hechos: {{ facts }}{% endif %}")
    whole.add_paragraph("Documento: {{ identity_number }}. {{ answer_by }} {{ say.date }}")
    whole.sections[0].header.paragraphs[0].text = "{{ case_number }}"
    kept = io.BytesIO()
    whole.core_properties.author = "Pepa Real"
    whole.save(kept)
    values = {"recipient": WORDS, "case_number": "7K44-12AB-C", "identity_number": "X1234567L"}
    made = filled_word(
        kept.getvalue(), values | {"identity_number": ""}, language("es", "office"), "Oficina",
        missing={"answer_by": "Falta: plazo"}, blank=(),
    )  # fmt: skip
    read = Document(io.BytesIO(made))
    assert read.paragraphs[0].text == f"A {WORDS} "
    assert read.sections[0].header.paragraphs[0].text == "7K44-12AB-C"
    assert "[Falta: plazo] Fecha" in read.paragraphs[1].text
    (line,) = [one for one in read.paragraphs[1].runs if one.underline]
    assert line.text.strip("\u00a0") == ""
    assert read.core_properties.author == "" and b"Pepa" not in made
    broken = written("{{ recipient.__class__.__mro__ }}")
    with pytest.raises(TemplateBroken):
        filled_word(broken, values, language("es", "office"), "Oficina", missing={}, blank=())


EXTERNAL = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="http://far.example/a" TargetMode="External"/>'
)
FIELD = "<w:p><w:r><w:instrText>{one}</w:instrText></w:r><w:r><w:instrText>{two}</w:instrText></w:r></w:p>"


def test_what_runs_is_fetched_or_brings_something_along_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = written("{{ facts }}")
    page = FIELD.format(one=" PAGE ", two="")
    own(tmp_path, "fine", es="<p>{{ facts }}</p>")
    assert list(refused_in(in_document(fine, page))) == []
    inside = {
        "macros": with_part(fine, "word/vbaProject.bin", b"\xd0\xcf"),
        "object": with_part(fine, "word/embeddings/oleObject1.bin", b"\xd0\xcf"),
        "linked": in_document(fine, EXTERNAL.format(kind="image"), RELS, "</Relationships>"),
        "template": in_document(fine, EXTERNAL.format(kind="attachedTemplate"), RELS, "</Relationships>"),
        "package": in_document(
            fine,
            EXTERNAL.format(kind="package").replace(' TargetMode="External"', ""),
            RELS,
            "</Relationships>",
        ),
        "dde": in_document(fine, FIELD.format(one=" DDEA", two="UTO c:\\\\windows ")),
        "include": in_document(fine, '<w:p><w:fldSimple w:instr=" INCLUDETEXT a "/></w:p>'),
        "tracked": in_document(fine, "<w:p><w:ins/></w:p>"),
        "tracked_form": in_document(
            fine,
            '<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id="1" w:author="Pepa Real"><w:rPr/></w:rPrChange>'
            "</w:rPr><w:t>Hola</w:t></w:r></w:p>",
        ),
        "entity": in_document(fine, "<!DOCTYPE a>", at="<w:document"),
        "no_zip": b"Hola",
        "unknown_field": written("{{ nie_number }} {{ has.passport }}"),
        "half": written("{% if day %}"),
    }
    for name, content in inside.items():
        (own(tmp_path, name, es="<p>Hola</p>") / "es.docx").write_bytes(content)
    (own(tmp_path, "old", es="<p>Hola</p>") / "es.docm").write_bytes(fine)
    (own(tmp_path, "alone", ca="<p>Hola</p>") / "es.docx").write_bytes(fine)
    told = list(problems(tmp_path))
    for name, why in {
        "macros": "neither text nor a picture: vbaProject.bin",
        "object": "neither text nor a picture: oleObject1.bin",
        "linked": "fetched from outside",
        "template": "fetched from outside",
        "package": "may not bring along: package",
        "dde": "the field DDEAUTO",
        "include": "the field INCLUDETEXT",
        "tracked": "tracked changes",
        "tracked_form": "tracked changes",
        "entity": "declarations of its own",
        "no_zip": "no document for a word processor",
        "unknown_field": "there is no field nie_number",
        "half": "innermost block",
        "old": "without macros",
        "alone": "there is no es.html beside it",
    }.items():
        assert any(line.startswith(f"{name}: es.doc") and why in line for line in told), (name, told)
    assert set(templates(tmp_path)) & set(inside) == set() and "fine" in templates(tmp_path)
    monkeypatch.setattr(refusing, "LARGEST_UNPACKED", 50_000)  # the same small file, for a smaller office
    assert list(refused_in(fine)) == ["it unpacks to more than a letter needs"]


INCLUDED = (
    '<w:fldSimple w:instr="INCLUDEPICTURE http://far.example/a.png"><w:r><w:t>x</w:t></w:r></w:fldSimple>'
)


@pytest.mark.parametrize(
    "asked",
    [
        "{{ '" + INCLUDED + "'|safe }}",
        "{{ facts|safe }}",
        "{{ [facts]|map('safe')|join }}",
        "{{ facts|urlize }}",
    ],
)
def test_a_template_makes_nothing_that_it_may_not_hold(asked: str) -> None:
    typed = f"</w:t></w:r></w:p>{INCLUDED}<w:p><w:r><w:t> http://far.example/a"
    with pytest.raises(TemplateBroken):
        filled_word(
            written(asked), {"facts": typed}, language("es", "office"), "Oficina", missing={}, blank=()
        )
    with pytest.raises(TemplateBroken):
        body_of("{{ facts|safe }}", {"facts": typed}, language("es", "office"), missing={}, blank=())


def test_a_bad_document_stops_its_own_letter_and_no_other(tmp_path: Path) -> None:
    fine, end = written("{{ facts }}"), "</Relationships>"
    picture = EXTERNAL.format(kind="image")
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    shape = f"<w:p><w:r><w:pict><v:shape {vml} {{0}}>{{1}}</v:shape></w:pict></w:r></w:p>"
    fetched = "fetched from outside"
    wide = Document(io.BytesIO(fine)).part.blob.decode().replace("UTF-8", "UTF-16", 1)
    wide = wide.replace("<w:document", '<!DOCTYPE w:document [<!ENTITY a "b">]><w:document', 1)
    inside = {
        "missing": (
            in_document(fine, picture.replace("http://far.example/a", "media/none.png")
                        .replace(' TargetMode="External"', ""), RELS, end),
            "do not fit together",
        ),
        "small": (in_document(fine, picture.replace("External", "external"), RELS, end), fetched),
        "inner": (in_document(fine, picture.replace("External", "Internal"), RELS, end), fetched),
        "href": (in_document(fine, shape.format('href="http://far.example/a"', "")), fetched),
        "src": (in_document(fine, shape.format("", '<v:imagedata src="http://far.example/a"/>')), fetched),
        "office_href": (
            in_document(
                fine,
                shape.format(
                    "",
                    '<v:imagedata o:href="//far.example/a"/>',
                ),
            ),
            fetched,
        ),
        "wide": (
            with_part(fine, "word/footnotes.xml", wide.encode("utf-16")), "declarations of its own"
        ),
        "safe": (written("{{ facts|safe }}"), "No filter named 'safe'"),
    }  # fmt: skip
    for name, (content, _) in inside.items():
        (own(tmp_path, name, es="<p>Hola</p>") / "es.docx").write_bytes(content)
    told = list(problems(tmp_path))
    for name, (_, why) in inside.items():
        assert any(line.startswith(f"{name}: es.docx") and why in line for line in told), (name, told)
    found = templates(tmp_path)
    assert found and not set(found) & set(inside)
