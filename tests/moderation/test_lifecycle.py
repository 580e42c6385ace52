"""The tables of states: nothing hangs in the air, nothing skips a step, refusals are sentences."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from moderation import tables
from moderation.errors import Conflict, IllegalTransition
from moderation.lifecycle import (
    ACTION,
    ALERT,
    CASE,
    EVIDENCE,
    ITEM,
    LIFECYCLES,
    ActionEvent,
    ActionState,
    AlertEvent,
    AlertState,
    CaseEvent,
    CaseState,
    EvidenceEvent,
    EvidenceState,
    ItemEvent,
    ItemState,
    next_state,
    open_events,
)

Table = Mapping[tuple[Any, Any], Any]
EVERY = [
    pytest.param(ITEM, ItemState, ItemEvent, {ItemState.NEW}, set(), id="item"),
    pytest.param(
        ACTION,
        ActionState,
        ActionEvent,
        {ActionState.PROPOSED, ActionState.PLANNED},
        {
            ActionState.WITHDRAWN,
            ActionState.VERIFIED,
            ActionState.ACCEPTED,
            ActionState.MOOT,
            ActionState.DONE_BY_HAND,
        },
        id="platform action",
    ),
    pytest.param(
        EVIDENCE,
        EvidenceState,
        EvidenceEvent,
        {EvidenceState.WANTED},
        {EvidenceState.CAPTURED},
        id="evidence",
    ),
    pytest.param(
        ALERT, AlertState, AlertEvent, {AlertState.WANTED}, {AlertState.ACKNOWLEDGED}, id="alert"
    ),
    pytest.param(CASE, CaseState, CaseEvent, {CaseState.REPORTED}, set(), id="case"),
]
TO_THE_PLATFORM = {ActionEvent.SEND, ActionEvent.VERIFY, ActionEvent.ACCEPT}


def reached(table: Table, starts: set[Any]) -> set[Any]:
    found = set(starts)
    while more := {after for (before, _), after in table.items() if before in found} - found:
        found |= more
    return found


@pytest.mark.parametrize(("table", "states", "events", "starts", "ends"), EVERY)
def test_every_state_can_be_reached_and_only_the_known_ones_are_final(
    table: Table, states: type[StrEnum], events: type[StrEnum], starts: set[Any], ends: set[Any]
) -> None:
    assert reached(table, starts) == set(states)
    assert {event for _, event in table} == set(events)
    assert set(states) - {before for before, _ in table} == ends


def test_every_table_with_a_lifecycle_has_one_and_starts_where_it_says() -> None:
    with_state = {
        mapper.class_.__tablename__
        for mapper in tables.Base.registry.mappers
        if "state" in mapper.columns
    }
    # A job's state is the outbox's own affair.
    assert with_state - {"job"} == set(LIFECYCLES)


def test_an_edge_leads_where_the_table_says() -> None:
    assert next_state("item", ItemState.NEW, ItemEvent.FLAG) is ItemState.REVIEW
    assert next_state("hr_case", CaseState.TRIAGE, CaseEvent.FINISH_TRIAGE) is (
        CaseState.CASE_OR_NO_CASE
    )


def test_a_missing_edge_is_refused_in_a_sentence_without_the_tables_name() -> None:
    with pytest.raises(IllegalTransition) as caught:
        next_state("hr_case", CaseState.CASE_OR_NO_CASE, CaseEvent.START_REVIEW)
    says = str(caught.value)
    assert says.startswith("This case is now case or no case, so it cannot start review.")
    assert isinstance(caught.value, Conflict)


@pytest.mark.parametrize("state", [ItemState.IN_HAND, ItemState.REVIEW, ItemState.CLOSED])
def test_a_machine_never_clears_what_stands_before_a_person(state: ItemState) -> None:
    with pytest.raises(IllegalTransition):
        next_state("item", state, ItemEvent.CLEAR)


def test_changed_words_send_an_item_through_triage_from_wherever_it_stands() -> None:
    for state in set(ItemState) - {ItemState.NEW}:
        assert next_state("item", state, ItemEvent.CHANGE) is ItemState.NEW


def test_a_proposed_action_reaches_no_platform_before_its_approval() -> None:
    out = {event for (state, event) in ACTION if state is ActionState.PROPOSED}
    assert out == {ActionEvent.APPROVE, ActionEvent.WITHDRAW}
    assert out.isdisjoint(TO_THE_PLATFORM)


def test_nothing_is_accepted_that_was_not_sent() -> None:
    assert {s for (s, event) in ACTION if event is ActionEvent.ACCEPT} == {ActionState.SENT}


def test_what_happened_on_the_platform_cannot_be_withdrawn() -> None:
    may = {state for (state, event) in ACTION if event is ActionEvent.WITHDRAW}
    assert may == {ActionState.PROPOSED, ActionState.NEEDS_PERSON}


def test_captured_evidence_is_never_wanted_or_failed_again() -> None:
    assert not [event for (state, event) in EVIDENCE if state is EvidenceState.CAPTURED]


def test_a_case_has_an_outcome_or_no_case_before_it_closes() -> None:
    without = {
        edge: after
        for edge, after in CASE.items()
        if edge[1] not in {CaseEvent.RECORD_OUTCOME, CaseEvent.FIND_NO_CASE}
    }
    assert CaseState.CLOSED not in reached(without, {CaseState.REPORTED})


def test_the_buttons_of_a_case_are_its_edges_in_order() -> None:
    assert open_events(CaseState.NO_CASE) == (CaseEvent.CLOSE, CaseEvent.REOPEN)
    for state in CaseState:
        assert set(open_events(state)) == {event for (s, event) in CASE if s is state}
