"""The classify command's stream: one line out for each line in, in order, whatever comes in."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.rules.abuse_words import ABUSE_WORDS
from moderation.model import Signal, StaffMember
from moderation.policy import Policy
from moderation.taxonomy import LABELS
from worker.classify_lines import BATCH, classify_lines

POLICY = Policy.load()
MEMBERS = (
    StaffMember("HM-01", "Dana Price", role="Watch Manager", org="harrowmere"),
    StaffMember("EG-01", "Kwame Boateng", role="Paramedic", org="eastgate"),
)
KEYS = [
    "id",
    "labels",
    "flagged",
    "category",
    "not_abuse",
    "severity",
    "target_type",
    "target_staff_id",
    "check_first",
    "reasons",
]
INSULT = "Dana Price is a useless bastard"


class Reader:
    """Scores every text alike, except what is not English, and remembers its largest batch."""

    model = "reader@1"
    sha256 = "00"

    def __init__(self) -> None:
        self.largest = 0

    def score(self, texts: Sequence[str]) -> list[Signal]:
        self.largest = max(self.largest, len(texts))
        return [
            Signal(self.model, unscored="Welsh is not supported")
            if "bore da" in text
            else Signal(self.model, dict.fromkeys(LABELS, 0.01))
            for text in texts
        ]


def classified(*lines: object, org: str = "") -> tuple[list[dict[str, Any]], str, int]:
    """Return the answers, what stood in errors, and the status."""
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines]
    out, errors = io.StringIO(), io.StringIO()
    status = classify_lines(
        raw,
        out,
        errors,
        members=MEMBERS,
        org=org,
        policy=POLICY,
        detectors=[Reader(), ABUSE_WORDS],
    )
    return [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue(), status


def test_a_line_has_the_documented_fields_in_order() -> None:
    (answer,), errors, status = classified({"id": "1", "text": INSULT})
    assert list(answer) == KEYS
    assert set(answer["labels"]) == set(LABELS)
    assert (answer["flagged"], answer["category"], answer["severity"]) == (
        True,
        "personal_abuse",
        "S2",
    )
    assert (answer["target_type"], answer["target_staff_id"]) == ("named_staff", "HM-01")
    assert (answer["not_abuse"], answer["check_first"]) == (None, [])
    assert answer["reasons"]
    assert (errors, status) == ("", 0)


def test_what_is_not_scored_has_no_labels_and_is_not_flagged() -> None:
    (answer,), _, _ = classified({"id": 7, "text": "bore da"})
    assert (answer["id"], answer["labels"], answer["flagged"]) == (7, None, False)
    assert answer["reasons"] == ["Welsh is not supported"]


def test_the_post_may_be_a_text_or_an_object_with_one() -> None:
    post = "Watch Manager Dana Price tells her story"
    answers, _, _ = classified(
        {"id": "1", "text": "She is great", "post": post},
        {"id": "2", "text": "She is great", "post": {"id": "p", "text": post}},
        {"id": "3", "text": "She is great", "post": None},
    )
    assert [one["target_staff_id"] for one in answers] == ["HM-01", "HM-01", None]


def test_a_line_is_read_with_the_directory_of_its_organisation() -> None:
    names = "Dana Price", "Kwame Boateng"
    rows = [{"id": name, "text": name, "org": "eastgate"} for name in names]
    answers, _, _ = classified(*rows)
    assert [one["target_staff_id"] for one in answers] == [None, "EG-01"]
    answers, _, _ = classified(*({"id": name, "text": name} for name in names), org="harrowmere")
    assert [one["target_staff_id"] for one in answers] == ["HM-01", None]
    answers, _, _ = classified(*({"id": name, "text": name} for name in names))
    assert [one["target_staff_id"] for one in answers] == ["HM-01", "EG-01"]
    (answer,), _, _ = classified({"id": "1", "text": "Dana Price", "org": "nowhere"})
    assert answer["target_staff_id"] is None


@pytest.mark.parametrize(
    ("line", "name", "wrong"),
    [
        (b"{nonsense\n", None, "not JSON"),
        (b"\xff\n", None, "not UTF-8 text"),
        (b"[1]\n", None, "not a JSON object"),
        (b"[" * 100_000 + b"\n", None, "not JSON"),
        ({"text": "x"}, None, "id is missing: it must be a text or a whole number"),
        ({"id": True, "text": "x"}, None, "id is missing: it must be a text or a whole number"),
        ({"id": "a"}, "a", "text is missing: it must be a text"),
        ({"id": "a", "text": None}, "a", "text is missing: it must be a text"),
        ({"id": "a", "text": "x", "post": 3}, "a", "post must be a text or hold one"),
        ({"id": "a", "text": "x", "org": 3}, "a", "org must be a text"),
    ],
)
def test_a_wrong_line_keeps_its_place_and_is_told_with_its_number(
    line: object, name: str | None, wrong: str
) -> None:
    good = {"id": "good", "text": "hello"}
    answers, errors, status = classified(good, line, good)
    assert [one.get("id") for one in answers] == ["good", name, "good"]
    assert answers[1] == {"id": name, "error": wrong}
    assert errors == f"line 2: {wrong}\n"
    assert status == 1


def test_empty_lines_are_passed_over_but_counted() -> None:
    answers, errors, _ = classified(b"\n", {"id": "1", "text": "x"}, b"  \r\n", b"{\n")
    assert len(answers) == 2
    assert errors == "line 4: not JSON\n"


def test_a_second_insult_by_the_same_author_is_a_course_of_conduct() -> None:
    row = {"text": INSULT, "author_id": "u1"}
    answers, _, _ = classified(
        {"id": "1", **row}, {"id": "2", **row, "author_id": "u2"}, {"id": "3", **row}
    )
    assert [one["category"] for one in answers] == [
        "personal_abuse",
        "personal_abuse",
        "harassment_course",
    ]
    assert answers[2]["severity"] == "S3"
    assert answers[2]["reasons"][0] == "Pattern: 2 occasions"


def test_a_burst_in_one_sitting_is_one_occasion() -> None:
    row = {"text": INSULT, "author_id": 9}
    times = ["2026-11-01T10:00:00Z", "2026-11-01T10:05:00Z", "2026-11-12T09:00:00+00:00"]
    answers, _, _ = classified(*({"id": at, **row, "created_at": at} for at in times))
    assert [one["category"] for one in answers] == [
        "personal_abuse",
        "personal_abuse",
        "harassment_course",
    ]
    assert answers[2]["reasons"][0] == "Pattern: 2 occasions in 11 days"


def test_an_occasion_outside_the_window_begins_anew() -> None:
    row = {"text": INSULT, "author_id": "u1"}
    times = ["2026-01-01T10:00:00", "2026-11-12T09:00:00"]
    answers, _, _ = classified(*({"id": at, **row, "created_at": at} for at in times))
    assert [one["category"] for one in answers] == ["personal_abuse", "personal_abuse"]


def test_abuse_of_the_service_is_never_a_course_of_conduct() -> None:
    row = {"text": "This council is run by bastards, you wankers", "author_id": "u1"}
    answers, _, _ = classified(*({"id": str(n), **row} for n in range(5)))
    assert "harassment_course" not in {one["category"] for one in answers}


def test_a_long_stream_is_read_in_batches() -> None:
    reader, out = Reader(), io.StringIO()
    taken = 0

    def stream() -> Iterator[bytes]:
        nonlocal taken
        for number in range(BATCH * 3 + 5):
            # Nothing is taken far ahead of what has been written.
            assert number - out.getvalue().count("\n") <= BATCH
            taken += 1
            yield json.dumps({"id": number, "text": "hello"}).encode()

    status = classify_lines(
        stream(),
        out,
        io.StringIO(),
        members=MEMBERS,
        org="",
        policy=POLICY,
        detectors=[reader],
    )
    ids = [json.loads(line)["id"] for line in out.getvalue().splitlines()]
    assert ids == list(range(taken))
    assert (status, reader.largest) == (0, BATCH)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u0301" * 1000, ""], ids=ascii)
def test_odd_text_is_answered(text: str) -> None:
    answers, _, status = classified({"id": "\ud800", "text": text})
    assert (len(answers), status) == (1, 0)


@given(st.lists(st.binary(max_size=60).map(lambda raw: raw.replace(b"\n", b" ")), max_size=5))
def test_any_bytes_give_one_answer_a_line(lines: list[bytes]) -> None:
    answers, _, _ = classified(*lines)
    assert len(answers) == sum(bool(line.strip(b" \t\r\n\xef\xbb\xbf")) for line in lines)
