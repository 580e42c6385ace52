"""The tables of (state, event) -> state for items, actions, evidence, alerts, cases and packs."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from moderation.errors import IllegalTransition


class ItemState(StrEnum):
    """Where an item stands. The queue is a view of the items in REVIEW."""

    NEW = "new"
    CLEAR = "clear"
    REVIEW = "review"
    IN_HAND = "in_hand"
    CLOSED = "closed"


class ItemEvent(StrEnum):
    """What moves an item."""

    CLEAR = "clear"
    FLAG = "flag"
    DECIDE = "decide"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    CHANGE = "change"


class ActionState(StrEnum):
    """Where a platform action stands; requested is not done."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    PLANNED = "planned"
    SENT = "sent"
    VERIFIED = "verified"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    MOOT = "moot"
    NEEDS_PERSON = "needs_person"
    DONE_BY_HAND = "done_by_hand"


class ActionEvent(StrEnum):
    """What moves a platform action."""

    APPROVE = "approve"
    WITHDRAW = "withdraw"
    SEND = "send"
    VERIFY = "verify"
    ACCEPT = "accept"
    REFUSE = "refuse"
    FIND_GONE = "find_gone"
    HAND_OVER = "hand_over"
    DO_BY_HAND = "do_by_hand"


class EvidenceState(StrEnum):
    """Where an evidence record stands."""

    WANTED = "wanted"
    CAPTURED = "captured"
    FAILED = "failed"


class EvidenceEvent(StrEnum):
    """What moves an evidence record."""

    CAPTURE = "capture"
    FAIL = "fail"
    WANT = "want"


class AlertState(StrEnum):
    """Where one message to one recipient stands."""

    WANTED = "wanted"
    SPOOLED = "spooled"
    ACCEPTED = "accepted"
    FAILED = "failed"
    ACKNOWLEDGED = "acknowledged"


class AlertEvent(StrEnum):
    """What moves an alert."""

    SPOOL = "spool"
    ACCEPT = "accept"
    FAIL = "fail"
    ACKNOWLEDGE = "acknowledge"


class CaseState(StrEnum):
    """Where an HR case stands."""

    REPORTED = "reported"
    TRIAGE = "triage"
    CASE_OR_NO_CASE = "case_or_no_case"
    NO_CASE = "no_case"
    OPEN = "open"
    SUPPORT_IN_PLACE = "support_in_place"
    ACTION = "action"
    OUTCOME_RECORDED = "outcome_recorded"
    AFTERCARE = "aftercare"
    REVIEW = "review"
    CLOSED = "closed"
    REOPENED = "reopened"


class CaseEvent(StrEnum):
    """What moves a case; each is a button for the people who work it."""

    START_TRIAGE = "start_triage"
    FINISH_TRIAGE = "finish_triage"
    FIND_NO_CASE = "find_no_case"
    FIND_CASE = "find_case"
    PUT_SUPPORT_IN_PLACE = "put_support_in_place"
    TAKE_ACTION = "take_action"
    RECORD_OUTCOME = "record_outcome"
    START_AFTERCARE = "start_aftercare"
    START_REVIEW = "start_review"
    CLOSE = "close"
    REOPEN = "reopen"


class DisclosureState(StrEnum):
    """Where a pack stands that somebody asked for."""

    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"


class DisclosureEvent(StrEnum):
    """What moves a pack."""

    MAKE = "make"
    FAIL = "fail"
    ASK = "ask"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"


State = ItemState | ActionState | EvidenceState | AlertState | CaseState | DisclosureState
Event = ItemEvent | ActionEvent | EvidenceEvent | AlertEvent | CaseEvent | DisclosureEvent

ITEM: Final[dict[tuple[ItemState, ItemEvent], ItemState]] = {
    (ItemState.NEW, ItemEvent.CLEAR): ItemState.CLEAR,
    (ItemState.NEW, ItemEvent.FLAG): ItemState.REVIEW,
    (ItemState.CLEAR, ItemEvent.FLAG): ItemState.REVIEW,
    (ItemState.CLEAR, ItemEvent.REOPEN): ItemState.REVIEW,
    (ItemState.REVIEW, ItemEvent.DECIDE): ItemState.IN_HAND,
    (ItemState.REVIEW, ItemEvent.DISMISS): ItemState.CLOSED,
    (ItemState.IN_HAND, ItemEvent.DECIDE): ItemState.IN_HAND,
    (ItemState.IN_HAND, ItemEvent.DISMISS): ItemState.CLOSED,
    (ItemState.CLOSED, ItemEvent.REOPEN): ItemState.REVIEW,
    (ItemState.CLEAR, ItemEvent.CHANGE): ItemState.NEW,
    (ItemState.REVIEW, ItemEvent.CHANGE): ItemState.NEW,
    (ItemState.IN_HAND, ItemEvent.CHANGE): ItemState.NEW,
    (ItemState.CLOSED, ItemEvent.CHANGE): ItemState.NEW,
}

ACTION: Final[dict[tuple[ActionState, ActionEvent], ActionState]] = {
    (ActionState.PROPOSED, ActionEvent.APPROVE): ActionState.PLANNED,
    (ActionState.PROPOSED, ActionEvent.WITHDRAW): ActionState.WITHDRAWN,
    (ActionState.PLANNED, ActionEvent.SEND): ActionState.SENT,
    (ActionState.PLANNED, ActionEvent.VERIFY): ActionState.VERIFIED,
    (ActionState.PLANNED, ActionEvent.REFUSE): ActionState.REFUSED,
    (ActionState.PLANNED, ActionEvent.FIND_GONE): ActionState.MOOT,
    (ActionState.PLANNED, ActionEvent.HAND_OVER): ActionState.NEEDS_PERSON,
    (ActionState.SENT, ActionEvent.SEND): ActionState.SENT,
    (ActionState.SENT, ActionEvent.VERIFY): ActionState.VERIFIED,
    (ActionState.SENT, ActionEvent.ACCEPT): ActionState.ACCEPTED,
    (ActionState.SENT, ActionEvent.REFUSE): ActionState.REFUSED,
    (ActionState.SENT, ActionEvent.FIND_GONE): ActionState.MOOT,
    (ActionState.SENT, ActionEvent.HAND_OVER): ActionState.NEEDS_PERSON,
    (ActionState.NEEDS_PERSON, ActionEvent.DO_BY_HAND): ActionState.DONE_BY_HAND,
    (ActionState.NEEDS_PERSON, ActionEvent.WITHDRAW): ActionState.WITHDRAWN,
    (ActionState.REFUSED, ActionEvent.DO_BY_HAND): ActionState.DONE_BY_HAND,
}

EVIDENCE: Final[dict[tuple[EvidenceState, EvidenceEvent], EvidenceState]] = {
    (EvidenceState.WANTED, EvidenceEvent.CAPTURE): EvidenceState.CAPTURED,
    (EvidenceState.WANTED, EvidenceEvent.FAIL): EvidenceState.FAILED,
    (EvidenceState.FAILED, EvidenceEvent.WANT): EvidenceState.WANTED,
}

ALERT: Final[dict[tuple[AlertState, AlertEvent], AlertState]] = {
    (AlertState.WANTED, AlertEvent.ACCEPT): AlertState.ACCEPTED,
    (AlertState.WANTED, AlertEvent.SPOOL): AlertState.SPOOLED,
    (AlertState.WANTED, AlertEvent.FAIL): AlertState.FAILED,
    (AlertState.SPOOLED, AlertEvent.ACCEPT): AlertState.ACCEPTED,
    (AlertState.FAILED, AlertEvent.ACCEPT): AlertState.ACCEPTED,
    (AlertState.SPOOLED, AlertEvent.ACKNOWLEDGE): AlertState.ACKNOWLEDGED,
    (AlertState.ACCEPTED, AlertEvent.ACKNOWLEDGE): AlertState.ACKNOWLEDGED,
    (AlertState.FAILED, AlertEvent.ACKNOWLEDGE): AlertState.ACKNOWLEDGED,
}

_WORKED = (CaseState.OPEN, CaseState.SUPPORT_IN_PLACE, CaseState.ACTION)

CASE: Final[dict[tuple[CaseState, CaseEvent], CaseState]] = {
    (CaseState.REPORTED, CaseEvent.START_TRIAGE): CaseState.TRIAGE,
    (CaseState.REOPENED, CaseEvent.START_TRIAGE): CaseState.TRIAGE,
    (CaseState.TRIAGE, CaseEvent.FINISH_TRIAGE): CaseState.CASE_OR_NO_CASE,
    (CaseState.CASE_OR_NO_CASE, CaseEvent.FIND_NO_CASE): CaseState.NO_CASE,
    (CaseState.CASE_OR_NO_CASE, CaseEvent.FIND_CASE): CaseState.OPEN,
    (CaseState.OPEN, CaseEvent.PUT_SUPPORT_IN_PLACE): CaseState.SUPPORT_IN_PLACE,
    (CaseState.ACTION, CaseEvent.PUT_SUPPORT_IN_PLACE): CaseState.SUPPORT_IN_PLACE,
    (CaseState.OPEN, CaseEvent.TAKE_ACTION): CaseState.ACTION,
    (CaseState.SUPPORT_IN_PLACE, CaseEvent.TAKE_ACTION): CaseState.ACTION,
    **{(state, CaseEvent.RECORD_OUTCOME): CaseState.OUTCOME_RECORDED for state in _WORKED},
    (CaseState.OUTCOME_RECORDED, CaseEvent.START_AFTERCARE): CaseState.AFTERCARE,
    (CaseState.AFTERCARE, CaseEvent.START_REVIEW): CaseState.REVIEW,
    (CaseState.REVIEW, CaseEvent.CLOSE): CaseState.CLOSED,
    (CaseState.AFTERCARE, CaseEvent.CLOSE): CaseState.CLOSED,
    (CaseState.NO_CASE, CaseEvent.CLOSE): CaseState.CLOSED,
    (CaseState.NO_CASE, CaseEvent.REOPEN): CaseState.REOPENED,
    (CaseState.CLOSED, CaseEvent.REOPEN): CaseState.REOPENED,
}

DISCLOSURE: Final[dict[tuple[DisclosureState, DisclosureEvent], DisclosureState]] = {
    (DisclosureState.ASKED, DisclosureEvent.MAKE): DisclosureState.MADE,
    (DisclosureState.ASKED, DisclosureEvent.FAIL): DisclosureState.FAILED,
    (DisclosureState.FAILED, DisclosureEvent.ASK): DisclosureState.ASKED,
    (DisclosureState.FAILED, DisclosureEvent.WITHDRAW): DisclosureState.WITHDRAWN,
    (DisclosureState.MADE, DisclosureEvent.HAND_OVER): DisclosureState.HANDED_OVER,
    (DisclosureState.MADE, DisclosureEvent.WITHDRAW): DisclosureState.WITHDRAWN,
}

# Keyed by table, so that the one door to a state (audit.move) needs no branch per subject.
LIFECYCLES: Final[dict[str, dict[tuple[State, Event], State]]] = {
    "item": dict(ITEM.items()),
    "platform_action": dict(ACTION.items()),
    "evidence_record": dict(EVIDENCE.items()),
    "alert": dict(ALERT.items()),
    "hr_case": dict(CASE.items()),
    "disclosure": dict(DISCLOSURE.items()),
}


def next_state(subject: str, state: State, event: Event) -> State:
    """Return the state after event; subject is the table's name.

    Raises IllegalTransition with a sentence for people.
    """
    after = LIFECYCLES[subject].get((state, event))
    if after is None:
        what = subject.replace("_", " ").replace("hr ", "")
        msg = (
            f"This {what} is now {state.value.replace('_', ' ')}, so it cannot "
            f"{event.value.replace('_', ' ')}. Look at it again: it may have changed since "
            "you opened the page."
        )
        raise IllegalTransition(msg)
    return after


def open_events(state: CaseState) -> tuple[CaseEvent, ...]:
    """Return what may happen next to a case, in the order of the table."""
    return tuple(event for (before, event) in CASE if before is state)
