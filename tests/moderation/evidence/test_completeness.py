"""The meter says of six things whether they are held, and never more than the record does."""

from __future__ import annotations

from typing import Any

import pytest

from moderation.evidence.completeness import PARTS, Held, Part, parts_of

WHOLE: dict[str, Any] = dict.fromkeys(PARTS, True)


def _of(meter: dict[str, Any], code: str, **given: Any) -> Part:
    found = parts_of(meter, **{"captured": True, **given})
    assert [part.code for part in found] == list(PARTS)
    return next(part for part in found if part.code == code)


def test_a_whole_record_holds_all_six() -> None:
    assert {part.held for part in parts_of(WHOLE, captured=True)} == {Held.HELD}


def test_nothing_is_held_before_the_capture_whatever_a_meter_says() -> None:
    assert {part.held for part in parts_of(WHOLE, captured=False)} == {Held.NOT_YET}


def test_a_record_from_before_there_was_a_meter_says_so() -> None:
    assert {part.held for part in parts_of({}, captured=True)} == {Held.NOT_SAID}


@pytest.mark.parametrize("code", ["picture", "address", "time", "author", "text"])
def test_what_the_record_lacks_is_not_held_and_says_why(code: str) -> None:
    part = _of({**WHOLE, code: "The platform withholds it."}, code)
    assert (part.held, part.why, part.is_there) == (
        Held.NOT_HELD,
        "The platform withholds it.",
        False,
    )
    assert _of({**WHOLE, code: False}, code).why == ""


def test_a_thread_that_is_not_whole_is_held_in_part() -> None:
    part = _of({**WHOLE, "thread": "More stands under the post."}, "thread")
    assert (part.held, part.is_there) == (Held.IN_PART, True)


def test_a_picture_that_a_person_added_stands_in_for_one_that_is_missing() -> None:
    lacking = {**WHOLE, "picture": "The platform did not give it."}
    brought = [("EV-1/1", "message/rfc822"), ("EV-1/2", "image/png"), ("EV-1/3", "image/jpeg")]
    part = _of(lacking, "picture", pictures=brought)
    assert (part.held, part.added) == (Held.BROUGHT, "EV-1/2")
    assert _of(lacking, "picture", pictures=brought[:1]).held is Held.NOT_HELD
    assert _of(lacking, "picture", pictures=brought, captured=False).held is Held.BROUGHT
    assert _of(WHOLE, "picture", pictures=brought).held is Held.HELD
