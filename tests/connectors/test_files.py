"""A file is read page by page with its exact bytes; what is wrong with all of it is said first."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import reading, reasons
from connectors.files import Format, open_file, pages
from connectors.reading import next_line
from connectors.rows import Header, rows_of
from moderation.errors import InvalidInput
from moderation.model import Author, Comment, Page, Unreadable


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(path: Path, fmt: Format | None = None) -> list[Comment | Unreadable]:
    return [record for page in pages(open_file(path, fmt)) for record in page.records]


def shown(records: list[Comment | Unreadable]) -> list[tuple[str, str]]:
    return [
        (record.native_id, record.text)
        if isinstance(record, Comment)
        else ("unreadable", record.reason)
        for record in records
    ]


def json_lines(count: int) -> str:
    return "".join(json.dumps({"id": f"c-{n}", "text": f"text {n}"}) + "\n" for n in range(count))


def test_pages_hold_five_hundred_records_and_every_byte_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "feed.jsonl", json_lines(1_201))
    found = list(pages(open_file(path)))
    assert [len(page.records) for page in found] == [500, 500, 201]
    assert b"".join(page.raw for page in found) == path.read_bytes()
    assert found[-1].cursor == str(path.stat().st_size)


@pytest.mark.parametrize("name", ["feed.jsonl", "feed.csv"])
def test_a_pages_cursor_is_where_the_next_one_begins(tmp_path: Path, name: str) -> None:
    rows = "\ufeffid,text\n" + "".join(f'{n},"two\nlines"\n' for n in range(1_201))
    source = open_file(write(tmp_path, name, rows if name.endswith("csv") else json_lines(1_201)))
    whole: list[Page] = list(pages(source))
    for number, page in enumerate(whole, start=1):
        assert list(pages(source, int(page.cursor))) == whole[number:]


def test_a_poison_line_leaves_its_neighbours_alone(tmp_path: Path) -> None:
    text = '{"id": "1", "text": "a"}\n\n{"id": "2"}\n{"id": "3", "text": "c"}'
    found = read(write(tmp_path, "feed.jsonl", text))
    assert [key for key, _ in shown(found)] == ["1", "unreadable", "3"]


def test_a_line_above_the_limit_is_cut_and_the_next_one_read(tmp_path: Path) -> None:
    long = b'{"id": "1", "text": "' + b"a" * 5_000_000 + b'"}\n'
    path = write(
        tmp_path, "feed.jsonl", b'{"id":"0","text":"z"}\n' + long + b'{"id":"2","text":""}\n'
    )
    found = list(pages(open_file(path)))
    cut = found[0].records[1]
    assert cut == Unreadable(long[: reading.LINE_LIMIT], reasons.TOO_LONG_A_LINE)
    assert found[0].cursor == str(path.stat().st_size)
    assert shown(list(found[0].records))[2] == ("2", "")


def test_a_page_of_long_lines_ends_before_it_costs_memory(tmp_path: Path) -> None:
    line = json.dumps({"id": "1", "text": "a" * 90_000, "more": "b" * 1_800_000}) + "\n"
    found = list(pages(open_file(write(tmp_path, "feed.jsonl", line * 12))))
    assert sum(len(page.records) for page in found) == 12
    assert max(len(page.raw) for page in found) < reading.PAGE_BYTES + reading.LINE_LIMIT


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_the_separator_is_the_headers(tmp_path: Path, separator: str) -> None:
    rows = [["ID", " Text ", "Created At", "author"], ["1", "a, b; c", "2026-11-20", "Sheila B"]]
    text = "\r\n".join(separator.join(f'"{value}"' for value in row) for row in rows)
    (found,) = read(write(tmp_path, "comments.csv", text))
    assert isinstance(found, Comment)
    assert (found.native_id, found.text, found.author) == (
        "1",
        "a, b; c",
        Author("Sheila B", "", "Sheila B"),
    )
    assert found.created_at is not None


def test_a_row_over_two_lines_is_one_comment_with_its_own_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", 'id,text\n1,"two\nlines, ""quoted"""\n2,next\n')
    first, second = read(path)
    assert isinstance(first, Comment)
    assert (first.text, first.raw) == ('two\nlines, "quoted"', b'1,"two\nlines, ""quoted"""')
    assert shown([second]) == [("2", "next")]


def test_rows_of_another_width_and_blank_rows_do_no_harm(tmp_path: Path) -> None:
    found = read(write(tmp_path, "c.csv", "id,text\n1,one\n\n,\n2,a, b\n3\n4,four\n"))
    assert shown(found) == [
        ("1", "one"),
        ("unreadable", reasons.WRONG_WIDTH),
        ("unreadable", reasons.WRONG_WIDTH),
        ("4", "four"),
    ]


def test_a_quote_left_open_costs_one_row(tmp_path: Path) -> None:
    rows = 'id,text\n1,one\n2,"left open\n3,three\n4,"four"\n5,"open at the end\n6,six\n'
    assert shown(read(write(tmp_path, "c.csv", rows))) == [
        ("1", "one"),
        ("unreadable", reasons.NOT_CSV),
        ("3", "three"),
        ("4", "four"),
        ("unreadable", reasons.NOT_CSV),
        ("6", "six"),
    ]


def test_rows_that_are_not_utf8_are_set_aside_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", b"id,text\n1,caf\xe9\n2,\xc2\xa35\n3,a\x00b\n")
    found = read(path)
    assert shown(found)[0] == ("unreadable", reasons.NOT_UTF8)
    assert shown(found)[1] == ("2", "£5")
    assert shown(found)[2] == ("3", "a\x00b")


def test_a_csv_line_above_the_limit_costs_one_row(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", b"id,text\n1,one\n2," + b"a" * 3_000_000 + b"\n3,three\n")
    assert shown(read(path)) == [
        ("1", "one"),
        ("unreadable", reasons.TOO_LONG_A_LINE),
        ("3", "three"),
    ]


def test_a_header_alone_is_a_file_without_records(tmp_path: Path) -> None:
    assert read(write(tmp_path, "c.csv", "id,text\n")) == []


BAD_FILES: list[tuple[str, str, bytes, str]] = [
    ("empty", "c.csv", b"", "is empty"),
    ("blank", "c.jsonl", b"\xef\xbb\xbf \n\n", "is empty"),
    ("no ending", "comments", b"id,text\n", "--format"),
    ("workbook", "c.csv", b"PK\x03\x04rest", "CSV UTF-8"),
    ("old workbook", "c.csv", b"\xd0\xcf\x11\xe0rest", "CSV UTF-8"),
    ("gzip", "c.jsonl", b"\x1f\x8b\x08rest", "gunzip"),
    ("PDF", "c.csv", b"%PDF-1.7", "PDF"),
    ("database", "c.csv", b"SQLite format 3\x00rest", "database"),
    ("UTF-16", "c.csv", "id,text\n1,one\n".encode("utf-16"), "UTF-16"),
    ("UTF-16 unmarked", "c.csv", "id,text\n1,one\n".encode("utf-16-le"), "UTF-16"),
    ("bytes", "c.csv", bytes(range(8)) * 100, "not a text file"),
    ("old lines", "c.csv", b"id,text\r1,one\r2,two\r", "CSV UTF-8"),
    ("no id", "c.csv", b"number,text\n1,one\n", "no column id.*it names: number, text"),
    ("neither", "c.csv", b"a;b\n1;2\n", "no column id and no column text.*a, b"),
    ("column twice", "c.csv", b"id,text,Text\n1,2,3\n", "text more than once"),
    ("broken header", "c.csv", b'id,"te"xt\n1,2\n', "header line that is not CSV"),
    ("CSV as JSONL", "c.jsonl", b"id,text\n1,one\n", "--format csv"),
    ("a JSON list", "c.json", b'[{"id": 1, "text": "a"},\n{"id": 2, "text": "b"}]\n', "jq"),
    ("pretty JSON", "c.json", b'{\n  "id": 1,\n  "text": "a"\n}\n', "jq"),
]


@pytest.mark.parametrize(
    ("name", "data", "says"), [row[1:] for row in BAD_FILES], ids=[row[0] for row in BAD_FILES]
)
def test_a_file_that_is_wrong_as_a_whole_says_what_to_do(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    with pytest.raises(InvalidInput, match=says) as caught:
        open_file(write(tmp_path, name, data))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_missing_file_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "no.csv", "not exist"), (tmp_path, "folder")):
        with pytest.raises(InvalidInput, match=says):
            open_file(path)
    with pytest.raises(InvalidInput, match="not a file on disk"):
        open_file(Path("/dev/zero"), Format.CSV)


def test_a_file_whose_first_line_is_poison_is_read_all_the_same(tmp_path: Path) -> None:
    lines = [b"[" * 100_000, b'{"id": "1", "text": "a"}', b"{", b'{"id": "2", "text": "b"}']
    found = read(write(tmp_path, "feed.jsonl", b"\n".join(lines)))
    assert [key for key, _ in shown(found)] == ["unreadable", "1", "unreadable", "2"]


def test_the_format_that_is_given_beats_the_ending(tmp_path: Path) -> None:
    path = write(tmp_path, "export.txt", "id,text\n1,one\n")
    assert shown(read(path, Format.CSV)) == [("1", "one")]


def test_a_line_is_read_in_bounded_memory() -> None:
    stream = io.BytesIO(b"a" * (reading.LINE_LIMIT + 5) + b"\nnext")
    first, second = next_line(stream), next_line(stream)
    assert first is not None
    assert (len(first.kept), first.length) == (reading.LINE_LIMIT, reading.LINE_LIMIT + 6)
    assert first.cut
    assert first.ended
    assert second == reading.Line(b"next", 4, ended=False)
    assert next_line(stream) is None


def test_a_line_of_exactly_the_limit_is_whole() -> None:
    line = next_line(io.BytesIO(b"a" * (reading.LINE_LIMIT - 1) + b"\nnext"))
    assert line is not None
    assert not line.cut


awkward = st.text(alphabet=st.sampled_from('a1,"\n\r\0é '), max_size=60)


@given(awkward)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_byte_of_any_csv_is_accounted_for(text: str) -> None:
    data = text.encode()
    found = list(rows_of(io.BytesIO(data), Header(("id", "text"), ",")))
    assert b"".join(one.kept for one in found) == data
    assert sum(one.length for one in found) == len(data)
