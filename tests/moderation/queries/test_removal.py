"""Who took an item down is said where it is known, and said to be unknown where it is not."""

from __future__ import annotations

from typing import Any

import pytest

from moderation.lifecycle import ActionState
from moderation.model import ActionKind, GoneBy, Standing
from moderation.queries.removal import Remover, removal, user_of
from moderation.tables import ActionOnCaptureRow, ItemRow, PlatformActionRow
from tests.world import NOW, hours

GONE = NOW + hours(2)


def _item(**columns: Any) -> ItemRow:
    return ItemRow(**{"standing": Standing.UNKNOWN, "gone_at": None, "gone_by": None, **columns})


def _action(kind: ActionKind, state: ActionState = ActionState.VERIFIED, **more: Any) -> Any:
    given = {"requested_by": 7, "done_by": None, "verified_at": NOW, "first_sent_at": NOW, **more}
    return PlatformActionRow(kind=kind, state=state, **given)


def test_what_stands_was_removed_by_nobody() -> None:
    assert removal(_item(standing=Standing.VISIBLE), [], []) is None
    assert removal(_item(), [_action(ActionKind.HIDE)], []) is None


def test_a_removal_that_we_saw_through_is_ours_with_the_persons_name() -> None:
    found = removal(_item(gone_at=GONE, gone_by="user:12"), [], [])
    assert found is not None
    assert (found.who, found.user_id, found.at, found.gone) == (Remover.US, 12, GONE, True)


@pytest.mark.parametrize(
    ("state", "done_by", "who", "person"),
    [
        (ActionState.VERIFIED, None, Remover.US, 7),
        (ActionState.ACCEPTED, None, Remover.US, 7),
        (ActionState.DONE_BY_HAND, 9, Remover.US_BY_HAND, 9),
        (ActionState.REFUSED, None, Remover.NOT_KNOWN, None),
        (ActionState.MOOT, None, Remover.NOT_KNOWN, None),
        (ActionState.PLANNED, None, Remover.NOT_KNOWN, None),
    ],
)
def test_a_deletion_of_ours_explains_it_only_where_it_is_in_effect(
    state: ActionState, done_by: int | None, who: Remover, person: int | None
) -> None:
    deletion = _action(ActionKind.DELETE, state, done_by=done_by)
    found = removal(_item(gone_at=GONE), [deletion], [])
    assert found is not None
    assert (found.who, found.user_id) == (who, person)


@pytest.mark.parametrize(
    ("by", "who"), [(GoneBy.AUTHOR, Remover.AUTHOR), (GoneBy.PLATFORM, Remover.PLATFORM)], ids=str
)
def test_what_the_platform_tells_is_said_unless_it_was_ours(by: GoneBy, who: Remover) -> None:
    report = _action(ActionKind.REPORT, ActionState.ACCEPTED)
    told = removal(_item(gone_at=GONE, gone_by=by.value), [report], [])
    assert told is not None
    assert (told.who, told.gone, told.at, told.reported_at) == (who, True, GONE, NOW)
    ours = removal(_item(gone_at=GONE, gone_by=by.value), [_action(ActionKind.DELETE)], [])
    assert ours is not None
    assert ours.who is Remover.US


def test_what_was_done_by_hand_after_a_failed_capture_is_ours_too() -> None:
    wish = ActionOnCaptureRow(kind=ActionKind.DELETE, done_by=9, settled_at=NOW)
    found = removal(_item(gone_at=GONE), [], [wish])
    assert found is not None
    assert (found.who, found.user_id) == (Remover.US_BY_HAND, 9)
    unsettled = ActionOnCaptureRow(kind=ActionKind.DELETE, done_by=None)
    other = removal(_item(gone_at=GONE), [], [unsettled])
    assert other is not None
    assert other.who is Remover.NOT_KNOWN


def test_a_report_before_it_went_is_named_without_a_claim_that_it_was_the_cause() -> None:
    report = _action(ActionKind.REPORT, ActionState.ACCEPTED)
    found = removal(_item(gone_at=GONE), [report], [])
    assert found is not None
    assert (found.who, found.reported_at) == (Remover.NOT_KNOWN, NOW)
    late = _action(ActionKind.REPORT, verified_at=GONE + hours(1))
    after = removal(_item(gone_at=GONE), [late], [])
    assert after is not None
    assert after.reported_at is None


@pytest.mark.parametrize(
    ("standing", "actions", "who"),
    [
        (Standing.HIDDEN, [_action(ActionKind.HIDE)], Remover.US),
        (
            Standing.HIDDEN,
            [_action(ActionKind.HIDE, ActionState.DONE_BY_HAND, done_by=9)],
            Remover.US_BY_HAND,
        ),
        (Standing.HIDDEN, [], Remover.NOT_KNOWN),
        (
            Standing.HIDDEN,
            [_action(ActionKind.HIDE), _action(ActionKind.UNHIDE)],
            Remover.NOT_KNOWN,
        ),
        (Standing.HELD, [], Remover.PLATFORM),
    ],
)
def test_what_is_hidden_is_ours_unless_we_showed_it_again(
    standing: Standing, actions: list[PlatformActionRow], who: Remover
) -> None:
    found = removal(_item(standing=standing), actions, [])
    assert found is not None
    assert (found.who, found.gone) == (who, False)


def test_only_a_person_of_ours_is_read_from_who_removed_it() -> None:
    assert [user_of(ref) for ref in ("user:12", "system:act", "user:", "12", "", None)] == [
        12, None, None, None, None, None,
    ]  # fmt: skip
