"""A document can be read aloud in order, lasts, carries its record, and is the same bytes twice."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise
from typing import Any

import PIL.Image
import pytest

from moderation.evidence.printing import documents
from moderation.evidence.printing.documents import CLAIMS
from moderation.evidence.printing.parts import (
    Attachment,
    Image,
    Paragraph,
    Part,
    Quote,
    Said,
    Table,
)
from tests.moderation.evidence.printing import reading
from tests.moderation.evidence.printing.making import SHA256, WORDS, attachment_of, document_of


def printed_words(*parts: Part, **changed: Any) -> str:
    return "\n".join(reading.pages(documents.pdf(document_of(parts=parts, **changed))))


def test_a_document_claims_what_the_file_says_of_itself() -> None:
    printed = documents.printed(document_of())
    assert printed.claims == CLAIMS
    assert reading.claims(printed.data) == set(CLAIMS)
    assert not printed.spelt_out


def test_a_reader_who_listens_is_led_by_the_structure() -> None:
    found = reading.tags(documents.pdf(document_of(exhibits=3)))
    assert found["Document"] == found["Title"] == found["BlockQuote"] == found["Table"] == 1
    assert (found["H1"], found["H2"], found["TH"], found["TD"]) == (1, 1, 4, 12)
    assert (found["L"], found["LI"], found["Caption"]) == (2, 4, 1)


def test_the_file_names_its_language_and_title() -> None:
    with reading.opened(documents.pdf(document_of(language="cy-GB"))) as pdf:
        assert pdf.Root.Lang == "cy-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo.Title == "Draft witness statement"


def test_the_record_is_attached_as_it_was() -> None:
    record = bytes(range(256)) * 100
    with reading.opened(documents.pdf(document_of(), [attachment_of(record)])) as pdf:
        told = pdf.attachments["record.json"]
        assert told.get_file().read_bytes() == record
        assert told.get_file().mime_type == "application/json"
        assert told.description == "The record, as sealed"
        assert told.obj.AFRelationship == "/Source"


def test_several_files_are_attached_each_with_its_relationship() -> None:
    kinds = ("source", "data", "supplement", "alternative")
    files = [Attachment(f"{kind}.txt", kind.encode(), "text/plain", kind, kind) for kind in kinds]
    with reading.opened(documents.pdf(document_of(), files)) as pdf:
        told = {name: str(file.obj.AFRelationship) for name, file in pdf.attachments.items()}
    assert told == {f"{kind}.txt": f"/{kind.capitalize()}" for kind in kinds}


def test_the_same_document_is_the_same_bytes() -> None:
    first = documents.pdf(document_of(), [attachment_of()])
    assert first == documents.pdf(document_of(), [attachment_of()])
    assert first != documents.pdf(document_of(date=date(2026, 11, 21)), [attachment_of()])


def test_a_long_table_repeats_its_head_on_every_page_and_loses_no_row() -> None:
    pages = reading.pages(documents.pdf(document_of(exhibits=120)))
    holding = [page for page in pages if "JS/" in page]
    assert len(holding) > 3
    assert all("Reference" in page and "SHA-256" in page for page in holding)
    words = "\n".join(pages)
    places = [words.index(f"JS/{number}\n") for number in range(1, 121)]
    assert all(before < after for before, after in pairwise(places))


def test_every_page_is_numbered_and_has_its_footer() -> None:
    pages = reading.pages(documents.pdf(document_of(exhibits=60)))
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "EV-2026-000123" in page


def test_a_draft_says_so_on_every_page_and_another_on_none() -> None:
    parts = document_of(exhibits=60).parts[4:]
    for is_draft in (True, False):
        pages = reading.pages(documents.pdf(document_of(parts=parts, is_draft=is_draft)))
        assert {"DRAFT" in page for page in pages} == {is_draft}


def test_a_statement_can_be_signed_on_every_page() -> None:
    signed = documents.pdf(document_of(exhibits=60, signed_pages=("Signed", "Witnessed by")))
    assert all("Signed" in page and "Witnessed by" in page for page in reading.pages(signed))


def test_a_quote_is_revealed_and_its_links_are_dead() -> None:
    words = printed_words(Quote("a\u202eb https://evil.example/x", "Where it stands"))
    assert "a[U+202E]b hxxps[:]//evil.example/x" in words
    assert "Where it stands" in words


def test_what_is_copied_out_of_a_document_holds_nothing_that_hides() -> None:
    long = "https://example.org/" + "a" * 200
    parts = (Paragraph((Said("عربي"), ": a colon ", Said(long))), Quote(f"{long}: x"))
    data = documents.pdf(document_of(parts=parts))
    words = "".join(reading.pages(data))
    assert words.replace("\n", "").count(long) == 1
    told = words + "".join(reading.replacements(data))
    assert not {"\u200b", "\u2068", "\u2069", "\u00ad"} & set(told)


def test_a_hash_breaks_into_halves_that_can_be_read() -> None:
    row = ((SHA256, "x"),)
    words = printed_words(Table("Hashes", ("SHA-256", "Of"), row))
    assert SHA256 in words.replace("\n", "")


def test_markup_in_a_text_is_text() -> None:
    markup = '#eval("1+1") <script>x</script> $x$ *b* @ref #sys.inputs.data'
    assert markup in printed_words(Paragraph(markup))


def test_a_picture_is_drawn_with_words_for_those_who_do_not_see_it(png: bytes) -> None:
    data = documents.pdf(document_of(parts=(Image(png, "A red square", "The picture"),)))
    assert reading.tags(data)["Figure"] == 1
    assert _alternative(data) == "A red square"


def test_a_picture_that_cannot_be_drawn_takes_the_claim_and_not_the_document() -> None:
    printed = documents.printed(document_of(parts=(Image(b"no picture", "x"), Paragraph(WORDS))))
    assert printed.claims == ()
    words = "".join(reading.pages(printed.data))
    assert documents.NOT_DRAWN in words.replace("\n", " ")
    assert WORDS in words


def test_clusters_that_no_font_can_join_are_spelt_out_and_keep_the_claim() -> None:
    printed = documents.printed(document_of(parts=(Quote("\u089e\u2be1\u1deb"),)))
    assert printed.claims == CLAIMS
    assert printed.spelt_out
    assert "[U+089E]" in "".join(reading.pages(printed.data))


@pytest.mark.parametrize(
    "changed", [{"title": ""}, {"title": " "}, {"subtitle": ""}, {"parts": ()}]
)
def test_an_empty_document_is_one_all_the_same(changed: dict[str, Any]) -> None:
    assert documents.printed(document_of(**changed)).claims == CLAIMS


@pytest.fixture(scope="module")
def png() -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (400, 3000), "#d4351c").save(out, "PNG")
    return out.getvalue()


def _alternative(data: bytes) -> str:
    with reading.opened(data) as pdf:
        return next(str(obj.Alt) for obj in pdf.objects if "/Alt" in getattr(obj, "keys", list)())
