"""A file is what its own bytes say, and only kinds that cannot run anywhere are taken."""

from __future__ import annotations

import pytest

from moderation.errors import InvalidInput
from moderation.evidence import file_types
from moderation.evidence.file_types import CAPS, Family, FileType
from tests.moderation.evidence.files_to_bring import CALLS, MAIL, PNG, REFUSED, TAKEN


@pytest.mark.parametrize("media_type", TAKEN)
def test_each_kind_that_people_bring_is_told_by_its_bytes(media_type: str) -> None:
    assert file_types.type_of(TAKEN[media_type]).media_type == media_type


@pytest.mark.parametrize("says", REFUSED)
def test_what_could_run_or_hide_is_refused_with_words_that_help(says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        file_types.type_of(REFUSED[says])


def test_no_two_kinds_share_an_ending_and_no_ending_is_one_that_runs() -> None:
    kinds = {file_types.type_of(data) for data in TAKEN.values()}
    endings = [kind.ending for kind in kinds]
    assert len(set(endings)) == len(endings) == len(TAKEN)
    assert not {"html", "svg", "js", "exe", "csv"} & set(endings)


def test_a_picture_with_a_web_page_behind_it_is_a_picture_and_no_web_page() -> None:
    assert file_types.type_of(PNG + b"<script>alert(1)</script>").media_type == "image/png"


@pytest.mark.parametrize(
    ("written", "encoding"),
    [("calls: 2\n", "utf-8"), ("calls: 2\n", "utf-16"), ("caf\u00e9 \u2013 2\n", "cp1252")],
)
def test_a_text_is_read_as_phones_and_desks_write_it(written: str, encoding: str) -> None:
    data = written.encode(encoding)
    assert file_types.type_of(data).media_type == "text/plain"
    assert file_types.as_text(data) == written


def test_what_holds_a_control_character_is_no_text() -> None:
    for data in (b"a\x00b", b"a\x1bb", b"", "a\x00b".encode("utf-16")):
        assert file_types.as_text(data) == ""


def test_a_text_that_only_speaks_of_a_sender_is_no_mail() -> None:
    for data in (b"From: me\n\nhello", b"Notes\n" + MAIL, CALLS):
        assert file_types.type_of(data).media_type == "text/plain"


@pytest.mark.parametrize("family", Family)
def test_a_file_above_the_cap_of_its_family_is_refused_and_one_at_it_is_not(
    family: Family,
) -> None:
    kind = FileType(family, "x/y", "z")
    file_types.require_size(kind, bytes(CAPS[family]))
    with pytest.raises(InvalidInput, match="is the most"):
        file_types.require_size(kind, bytes(CAPS[family] + 1))
