"""Labelled comments come in from JSON Lines and CSV; a line at fault is told and stops nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.errors import InvalidInput
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType
from worker.evaluating.labelling import Example, Group, example
from worker.evaluating.reading import Fault, read_labelled

FULL: dict[str, Any] = {
    "id": "T001-01",
    "text": "Price should watch his back",
    "org": "harrowmere",
    "platform": "facebook",
    "post": "Our open day",
    "author_id": "u1",
    "minutes_after_post": 90,
    "flagged": True,
    "category": "menace",
    "categories": ["menace", "personal_abuse"],
    "not_abuse": None,
    "severity": "S3",
    "target_type": "named_staff",
    "target_staff_id": "HM-01",
    "check_first": [],
    "reasons": ["veiled"],
    "pair": "T-back",
    "scenario": "T001",
    "writer": "T",
}


def told(**values: Any) -> Example:
    return example({"text": "x", **values}, 7, "")


def read(path: Path) -> list[Example | Fault]:
    return list(read_labelled(path))


def test_every_field_of_the_projects_own_set_is_read() -> None:
    one = example(FULL, 1, "")
    assert (one.line.id, one.line.author) == ("T001-01", "facebook u1")
    subject = one.line.subject
    assert subject is not None
    assert (subject.text, subject.org, subject.post) == (FULL["text"], "harrowmere", "Our open day")
    assert (one.abusive, one.wanted, one.kind_told) == (True, True, True)
    assert one.categories == (Abuse.MENACE, Abuse.PERSONAL_ABUSE)
    assert (one.severity, one.target) == (Severity.S3, TargetType.NAMED_STAFF)
    assert (one.staff_id, one.check_first, one.pair) == ("HM-01", frozenset(), "T-back")
    assert one.groups == {
        Group.TAG: ("veiled",),
        Group.ORGANISATION: ("harrowmere",),
        Group.PLATFORM: ("facebook",),
        Group.WRITER: ("T",),
    }


def test_the_simple_form_needs_a_text_and_whether_it_is_toxic() -> None:
    bad, good = told(toxic=1), told(toxic=0)
    assert (bad.abusive, bad.wanted, bad.kind_told) == (True, True, False)
    assert (good.abusive, good.wanted, good.line.id) == (False, False, 7)
    assert bad.check_first is None
    assert bad.groups == {}


@pytest.mark.parametrize(
    ("label", "abusive", "wanted"),
    [
        ({"flagged": True}, True, True),
        ({"flagged": "0"}, False, False),
        ({"category": None}, False, False),
        ({"category": None, "flagged": True}, False, True),
        ({"category": "", "toxic": "1"}, True, True),
        ({"not_abuse": "thanks"}, False, False),
        ({"not_abuse": "neutral", "check_first": ["emergency_report"]}, False, True),
        ({"not_abuse": "complaint", "check_first": ["complaint"]}, False, False),
        ({"category": "doxing", "toxic": 0}, True, True),
    ],
)
def test_the_label_says_whether_it_is_abuse_and_whether_a_person_should_see_it(
    label: dict[str, Any], abusive: bool, wanted: bool
) -> None:
    one = told(**label)
    assert (one.abusive, one.wanted) == (abusive, wanted)


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ({}, "no label: give category, not_abuse, flagged or toxic"),
        ({"toxic": 0.7}, 'toxic must be 0 or 1, not "0.7"'),
        ({"toxic": "\x1b[31m"}, 'toxic must be 0 or 1, not "\\u001b[31m"'),
        ({"category": "rude"}, 'category "rude" is not known'),
        ({"category": 3}, "category must be a list of texts"),
        ({"category": "menace", "not_abuse": "thanks"}, "category and not_abuse contradict"),
        ({"toxic": 1, "severity": "S9"}, 'severity "S9" is not one of S0 to S4'),
        ({"toxic": 1, "target_type": ["x"]}, "target_type must be a text"),
        ({"toxic": 1, "check_first": ["fire"]}, 'check_first "fire" is not known'),
        ({"toxic": 1, "reasons": [1]}, "reasons must be a list of texts"),
        ({"toxic": 1, "minutes_after_post": 1e12}, "minutes_after_post must be a whole number"),
        ({"toxic": 1, "minutes_after_post": float("nan")}, "minutes_after_post must be"),
        ({"toxic": 1, "text": 3}, "text is missing: it must be a text"),
        ({"toxic": 1, "id": ["x"]}, "id is missing"),
        ({"toxic": 1, "post": 3}, "post must be a text or hold one"),
    ],
)
def test_what_is_wrong_with_a_label_is_said(label: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match="^" + says.replace("[", r"\[").replace("\\u", r"\\u")):
        told(**label)


def test_minutes_tell_how_far_apart_two_comments_are() -> None:
    first, second = (told(toxic=0, minutes_after_post=m) for m in ("-3", 1440))
    assert first.line.at is not None
    assert second.line.at is not None
    assert second.line.at - first.line.at == timedelta(minutes=1443)


def test_lines_at_fault_keep_their_numbers_and_the_others_count(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    lines = [
        b"\xef\xbb\xbf" + json.dumps({"text": "a", "toxic": 1}).encode(),
        b"",
        b"{nonsense",
        b"\xff\xfe",
        b"[1]",
        b"[" * 100_000,
        json.dumps({"text": "b"}).encode(),
        json.dumps({"text": "\ud800", "toxic": 0}).encode(),
    ]
    path.write_bytes(b"\n".join(lines))
    found = read(path)
    assert [one for one in found if isinstance(one, Fault)] == [
        (3, "not JSON"),
        (4, "not UTF-8 text"),
        (5, "not a JSON object"),
        (6, "not JSON"),
        (7, "no label: give category, not_abuse, flagged or toxic"),
    ]
    assert [one.line.id for one in found if isinstance(one, Example)] == [1, 8]


def test_csv_says_the_same_with_semicolons_in_its_lists(tmp_path: Path) -> None:
    path = tmp_path / "labelled.CSV"
    path.write_text(
        "id,text,category,not_abuse,severity,check_first,reasons,minutes_after_post,flagged\n"
        '1,"two\nlines, and a comma",menace;doxing,,S3,,veiled; scots,5,true\n'
        "2,ta,,thanks,S0,child_author;complaint,,,0\n"
        "3,oops,,thanks,S0,,,,0,too,many\n"
        "4,oops,,gratitude,S0,,,,0\n"
        "5,short,,thanks\n",
        encoding="utf-8-sig",
    )
    first, second, *rest = read(path)
    assert isinstance(first, Example)
    assert isinstance(second, Example)
    assert first.categories == (Abuse.MENACE, Abuse.DOXING)
    assert first.groups == {Group.TAG: ("veiled", "scots")}
    assert second.not_abuse is NotAbuse.THANKS
    assert second.check_first == frozenset({CheckFirst.CHILD_AUTHOR, CheckFirst.COMPLAINT})
    assert rest[:2] == [
        Fault(5, "more cells than columns"),
        Fault(6, 'not_abuse "gratitude" is not known'),
    ]
    assert isinstance(rest[2], Example)


def test_a_cell_that_is_too_long_is_one_fault(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(f"text,toxic\n{'x' * 200_000},1\nhello,0\n")
    fault, fine = read(path)
    assert isinstance(fault, Fault)
    assert fault.says.startswith("not CSV")
    assert isinstance(fine, Example)


@pytest.mark.parametrize("name", ["empty.jsonl", "empty.csv"])
def test_an_empty_file_holds_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert read(tmp_path / name) == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"comment,toxic\nhi,0\n", "has no column named text"),
        ("a.csv", b"text,toxic\n\xff\xfe,0\n", "is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInput, match=says):
        read(tmp_path / name)
    with pytest.raises(InvalidInput, match="cannot be read"):
        read(tmp_path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)


@given(st.dictionaries(st.sampled_from([*FULL, "toxic", "created_at"]), JSON))
def test_any_values_are_an_example_or_a_fault(values: dict[str, Any]) -> None:
    try:
        said = str(example({"text": "x", **values}, 1, "").line.id)
    except ValueError as err:
        said = str(err)
    assert said
