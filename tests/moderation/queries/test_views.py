"""Views and places: the order of the queue as a value, and whom a typed name means."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.errors import InvalidInput, NotAllowed
from moderation.lifecycle import ItemState
from moderation.queries import queue, staff_picker
from moderation.queries.views import Standing, View, clause, ordered, place_of
from moderation.tables import ItemRow, StaffRow
from moderation.taxonomy import Severity
from tests.review_ui.world import World

VIEWS = [
    View(),
    View(oldest_first=True),
    View(standing=Standing.IN_HAND),
    View(standing=Standing.CLOSED),
    View(standing=Standing.ALL),
]


@pytest.fixture
def stocked(world: World) -> World:
    """A dozen items in every standing, many of them alike in rank and time."""
    for state in (ItemState.REVIEW, ItemState.IN_HAND, ItemState.CLOSED):
        for number in range(12):
            more = {"queue_rank": None} if state is ItemState.CLOSED else {"queue_rank": number % 3}
            world.item(state=state, **more)
    return world


@pytest.mark.parametrize("view", VIEWS)
def test_walking_on_from_each_place_meets_every_item_once(stocked: World, view: View) -> None:
    actor = stocked.actor("lee")
    with stocked.store.reading() as session:
        base = select(ItemRow).where(clause(actor, view))
        whole = [item.id for item in session.scalars(ordered(base, view))]
        walked, place = [], None
        while item := session.scalar(ordered(base, view, after=place).limit(1)):
            walked.append(item.id)
            place = place_of(item, view)
    assert len(whole) >= 12
    assert walked == whole


@pytest.mark.parametrize("view", VIEWS)
def test_the_neighbours_of_an_item_stand_just_before_and_after_it(
    stocked: World, view: View
) -> None:
    actor = stocked.actor("lee")
    with stocked.store.reading() as session:
        items = list(session.scalars(ordered(select(ItemRow).where(clause(actor, view)), view)))
        around = queue.neighbours(session, actor, view, place_of(items[1], view))
    assert around == (items[0].id, items[2].id)


def test_an_item_outside_the_queue_has_no_place_in_it(world: World) -> None:
    item = world.read(ItemRow, world.item(queue_rank=None, state=ItemState.CLOSED))
    assert place_of(item, View()) is None
    with world.store.reading() as session:
        assert queue.neighbours(session, world.actor("lee"), View(), None) == (None, None)


def test_narrowing_a_view_keeps_its_standing_and_order_and_drops_other_choices() -> None:
    view = View(standing=Standing.IN_HAND, severity=Severity.S4, oldest_first=True)
    assert view.only(check_first=True) == View(
        standing=Standing.IN_HAND, check_first=True, oldest_first=True
    )


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("", None),
        ("  ", None),
        ("S1", "S1"),
        ("Mara Northmoor", "S1"),
        ("mara northmoor", "S1"),
        ("Mara Northmoor (S1)", "S1"),
        ("anything (S1)", "S1"),
    ],
)
def test_a_typed_name_or_number_means_one_member_of_staff(
    small_world: World, typed: str, means: str | None
) -> None:
    with small_world.store.reading() as session:
        assert staff_picker.meant(session, small_world.actor("lee"), typed) == means


def test_a_name_that_two_share_or_nobody_has_is_asked_about(small_world: World) -> None:
    with small_world.store.transaction() as session:
        session.add(
            StaffRow(
                org_id="northmoor",
                staff_id="S2",
                full_name="Mara Northmoor",
                aliases=[],
                role="Driver",
                station="",
                public_role=False,
                more={},
            )
        )
    actor = small_world.actor("lee")
    with small_world.store.reading() as session:
        with pytest.raises(InvalidInput, match="share this name"):
            staff_picker.meant(session, actor, "Mara Northmoor")
        with pytest.raises(InvalidInput, match="Nobody"):
            staff_picker.meant(session, actor, "Mara Elsewhere")
        labels = [one.label for one in staff_picker.offered(session, actor)]
    assert labels == ["Mara Northmoor (S1)", "Mara Northmoor (S2)"]


def test_the_directory_is_offered_only_to_those_who_decide(small_world: World) -> None:
    with small_world.store.reading() as session, pytest.raises(NotAllowed):
        staff_picker.offered(session, small_world.actor("adam"))
