"""An answer is cut by its exact bytes, so that one bad record spoils neither page nor memory."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.contract import Malformed
from connectors.fields import (
    id_of,
    inner,
    need_id,
    oldest_first,
    record,
    text_of,
    time_of,
    url_of,
)
from connectors.limits import Limits
from connectors.options import limits_of, number
from connectors.reasons import (
    KEY_TWICE,
    NO_ID,
    NOT_AN_OBJECT,
    NOT_FINITE,
    NOT_JSON,
    NOT_UTF8,
    TOO_DEEP,
    TOO_MANY_DIGITS,
    Poison,
)
from connectors.slices import Slice, whole
from moderation.errors import SettingsError
from moderation.model import Comment, Unreadable

GOOD = b'{"id": "1", "text": "Well done"}'
DEEP = b'{"id":"2","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def build(fields: Mapping[str, Any], raw: bytes) -> Comment:
    """Return a comment of the simplest sort."""
    return Comment(need_id(fields), text_of(fields, "text"), raw)


@pytest.mark.parametrize(
    ("poison", "reason"),
    [
        (b'{"id":"2","n":' + b"9" * 5_000 + b"}", TOO_MANY_DIGITS),
        (b'{"id":"2","n":0.' + b"9" * 5_000 + b"}", TOO_MANY_DIGITS),
        (b'{"id":"2","n":1e999}', NOT_FINITE),
        (b'{"id":"2","n":-Infinity}', NOT_FINITE),
        (DEEP, TOO_DEEP),
        (b'{"id":"2","text":"\xff\xfe"}', NOT_UTF8),
        (b'{"id":"2","text":"\xed\xa0\x80"}', NOT_UTF8),
        (b'{"id":"2","id":"3"}', KEY_TWICE),
        (b'{"id":"2","a":{"b":1,"b":2}}', KEY_TWICE),
        (b'{"text":"nobody"}', NO_ID),
        (b'{"id":{},"text":"x"}', NO_ID),
        (b'{"id":true,"text":"x"}', NO_ID),
        (b'{"id":1.5,"text":"x"}', NO_ID),
        (b'{"id":"2","text":7}', "The text is not text."),
        (b'{"id":"2","text":"' + b"x" * 100_001 + b'"}', "longer than 100,000"),
        (b'{"id":"' + b"2" * 201 + b'"}', "longer than 200"),
        (b'{"id":"2",}', NOT_JSON),
        (b'{"id" "2"}', NOT_JSON),
        (b"{id:2}", NOT_JSON),
        (b"[1]", NOT_AN_OBJECT),
        (b'"words"', NOT_AN_OBJECT),
        (b"12", NOT_AN_OBJECT),
        (b"nonsense", NOT_JSON),
    ],
)
def test_one_bad_record_comes_alone_with_its_reason(poison: bytes, reason: str) -> None:
    body = b'{"data": [' + GOOD + b" , " + poison + b"," + GOOD + b"]}"
    pieces = whole(body).at("data")
    assert [piece.raw for piece in pieces] == [GOOD, poison, GOOD]
    first, bad, last = (record(piece, build) for piece in pieces)
    assert isinstance(bad, Unreadable)
    assert reason in bad.reason
    assert bad.raw == poison
    assert first == last == Comment("1", "Well done", GOOD)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"null",
        b'"text"',
        b"7",
        b"<html></html>",
        b"{",
        b"[",
        b'{"a":',
        b'{"a":"b',
        b'{"a":"b\\"}',
        b"[1,2",
        b"{]",
        b"[}",
        b"[1]]",
        b"[1][2]",
        b'{"a":1} trailing',
        b'{"a":1}{"b":2}',
        b"}{",
        b"[" * 100_000,
        b"]" * 100_000,
        b'{"data":[{"id":"1"},{"id":',
        b"\xef\xbb\xbf",
    ],
)
def test_an_answer_that_is_cut_off_or_none_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed, match=r"\.$"):
        whole(body)


def test_every_truncation_of_an_answer_is_malformed() -> None:
    body = json.dumps({"data": [{"id": "1", "text": 'a "quoted" \\ {word}, [x]: é'}]}).encode()
    whole(body)
    for end in range(len(body)):
        with pytest.raises(Malformed):
            whole(body[:end])


def test_a_mark_at_the_beginning_is_passed_over() -> None:
    assert whole(b'\xef\xbb\xbf {"a":1}\n').raw == b'{"a":1}'


@pytest.mark.parametrize(
    "body",
    [b"{}", b"[]", b"[ ]", b'{"a":[]}', b'[{"a":"}"},"]","\\"[",{}]', b'[1,-2.5e3,true,null,"x"]'],
)
def test_what_is_cut_apart_reads_as_the_whole_does(body: bytes) -> None:
    read = json.loads(body)
    cut = whole(body)
    if isinstance(read, list):
        assert [json.loads(piece.raw) for piece in cut.items()] == read
    else:
        assert {name: json.loads(one.raw) for name, one in cut.members().items()} == read


def test_any_value_at_all_is_cut_as_python_reads_it() -> None:
    random_ = random.Random(11)  # noqa: S311 - the same values every time

    def made(depth: int) -> Any:
        kind = random_.randrange(5 if depth else 3)
        if kind == 3:
            return [made(depth - 1) for _ in range(random_.randrange(4))]
        if kind == 4:
            return {f"k{count}": made(depth - 1) for count in range(random_.randrange(4))}
        letters = '"\\{}[],: é\n'
        return ["".join(random_.choices(letters, k=5)), random_.random(), None][kind]

    for _ in range(500):
        value = [made(4)]
        spaced = json.dumps(
            value, ensure_ascii=random_.random() < 0.5, indent=random_.choice([0, 1])
        )
        (piece,) = whole(spaced.encode()).items()
        assert json.loads(piece.raw) == value[0]


def test_a_path_that_ends_early_leads_to_nothing() -> None:
    answer = whole(b'{"a":{"b":[1]},"c":5}')
    assert [piece.raw for piece in answer.at("a", "b")] == [b"1"]
    assert answer.at("a", "x") == answer.at("c") == answer.at("c", "d") == answer.at("a") == []
    assert answer.get("a", "b", "c") is None


@pytest.mark.parametrize("raw", [b"{}", b"5", b'"x"'])
def test_only_an_array_has_elements(raw: bytes) -> None:
    with pytest.raises(Malformed):
        Slice(raw).items()


@pytest.mark.parametrize("raw", [b"[]", b"5", b'"x"'])
def test_only_an_object_has_members(raw: bytes) -> None:
    with pytest.raises(Malformed):
        Slice(raw).members()


@pytest.mark.parametrize(
    "body",
    [
        b"[" + b"[" * 300_000 + b"]" * 300_000 + b"]",
        b'["' + b"\\\\" * 300_000 + b'"]',
        b'["' + b'\\"' * 300_000,
        b"[" + b'"",' * 200_000 + b'""]',
        b'{"a":' * 200_000,
    ],
    ids=["nested", "slashes", "open", "many", "objects"],
)
def test_hostile_structure_is_cut_in_a_moment(body: bytes) -> None:
    began = time.monotonic()
    with suppress(Malformed):
        whole(body)
    assert time.monotonic() - began < 5.0


# Fields.


def test_fields_that_are_absent_or_of_another_type_are_none() -> None:
    fields: dict[str, Any] = {
        "null": None,
        "list": [],
        "number": 5,
        "text": "x",
        "object": {"in": {"id": 7}},
    }
    assert text_of(fields, "null") == text_of(fields, "absent") == ""
    assert id_of(fields, "number") == "5"
    assert id_of(fields, "list") == id_of(fields, "absent") == ""
    assert inner(fields, "object", "in") == {"id": 7}
    assert inner(fields, "text", "in") == inner(fields, "absent") == {}
    assert time_of(fields, "number") is time_of(fields, "absent") is None


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("http://a.example/x", "http://a.example/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        (" https://a.example", ""),
        ("https://" + "x" * 5_000, ""),
        (5, ""),
        (None, ""),
    ],
)
def test_only_an_address_of_the_web_is_an_address(value: object, url: str) -> None:
    assert url_of({"url": value}, "url") == url


def test_an_id_that_is_too_long_is_poison() -> None:
    with pytest.raises(Poison, match="200"):
        id_of({"id": "1" * 201}, "id")


def test_records_stand_oldest_first_and_those_without_a_time_before_them() -> None:
    late = Comment("3", "", b"", created_at=datetime(2026, 1, 2, tzinfo=UTC))
    early = Comment("2", "", b"", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    timeless = Comment("1", "", b"")
    bad = Unreadable(b"x", "Bad.")
    assert oldest_first([late, bad, early, timeless]) == (bad, timeless, early, late)


# Options.


@pytest.mark.parametrize(
    ("value", "read"),
    [(None, 7.0), ("", 7.0), ("3", 3.0), (2.5, 2.5), (0, 0.0), ("1e1", 10.0)],
)
def test_a_number_is_read_from_what_the_command_line_gives(value: object, read: float) -> None:
    assert number({"n": value}, "n", 7.0) == read


@pytest.mark.parametrize("value", [True, False, "x", "nan", "inf", -1, "-0.1", [], {}, 11])
def test_what_is_no_number_within_its_bounds_is_refused_by_name(value: object) -> None:
    with pytest.raises(SettingsError, match="setting n must be a number of 0 to 10"):
        number({"n": value}, "n", 7.0, most=10.0)


def test_the_bounds_of_a_call_follow_its_whole_time() -> None:
    assert limits_of({}) == Limits()
    short = limits_of({"timeout_s": "2"})
    assert (short.connect_s, short.read_s, short.total_s) == (2.0, 2.0, 2.0)
    assert short.size == Limits().size


@pytest.mark.parametrize("value", ["0", "26", "soon"])
def test_a_time_out_without_measure_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="timeout_s"):
        limits_of({"timeout_s": value})
