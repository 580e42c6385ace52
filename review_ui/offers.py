"""What can be done about an item on its platform now, and if not, why not, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from moderation.access import Actor, Right
from moderation.actions import IN_EFFECT, INVERSE, RIGHT_FOR, RUNNING
from moderation.lifecycle import EvidenceState
from moderation.model import ActionKind, Capability, How, ItemRef
from moderation.queries.item_page import ItemPage
from moderation.tables import DecisionOutcome, PlatformActionRow
from review_ui import words

MANUAL: Final = "manual"
OFFERED: Final = (ActionKind.HIDE, ActionKind.REPORT, ActionKind.BLOCK, ActionKind.DELETE)
_WHO: Final = {
    ActionKind.HIDE: "Only the comms team can hide.",
    ActionKind.REPORT: "Only the comms team can report to the platform.",
    ActionKind.BLOCK: "Only the comms team can propose a block.",
    ActionKind.DELETE: "Only a comms lead can delete.",
}
_DONE: Final = {
    ActionKind.HIDE: "It is hidden already.",
    ActionKind.REPORT: "It was reported already.",
    ActionKind.BLOCK: "The author is blocked already.",
    ActionKind.DELETE: "It was deleted already.",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One action: why_not is empty when it can be asked for; can says how it goes then.

    capture_first says that the same press asks for the evidence, which is not captured yet.
    """

    kind: ActionKind
    why_not: str
    can: Capability
    capture_first: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether the button can be used."""
        return not self.why_not

    @property
    def by_hand(self) -> bool:
        """Say whether a person does it on the platform itself."""
        return self.can.how is How.BY_HAND


Can = Mapping[ActionKind, Capability]


def ref_of(page: ItemPage) -> ItemRef:
    """Return where an item lives on its platform, with its words as they came."""
    post_id = page.post.native_id if page.post else ""
    item = page.item
    return ItemRef(item.native_id, item.url, item.author_ref, post_id, page.living.raw)


def offers(page: ItemPage, actor: Actor, can: Can) -> list[Offer]:
    """Return each action with what stands in its way, the most telling reason alone."""
    captured = page.capture is not None and page.capture.state is EvidenceState.CAPTURED
    return [
        Offer(kind, _why_not(kind, page, actor, can), can[kind], capture_first=not captured)
        for kind in OFFERED
    ]


def undo_of(action: PlatformActionRow, page: ItemPage, actor: Actor, can: Can) -> ActionKind | None:
    """Return the action that would take this one back, if the actor may ask for it now."""
    inverse = INVERSE.get(action.kind)
    if inverse is None or action.state not in IN_EFFECT or not actor.may(RIGHT_FOR[inverse]):
        return None
    if can[inverse].how is not How.API:
        return None
    later = [row for row in page.actions if row.kind is inverse and row.id > action.id]
    return None if any(row.state in (*RUNNING, *IN_EFFECT) for row in later) else inverse


def _why_not(kind: ActionKind, page: ItemPage, actor: Actor, can: Can) -> str:
    if not actor.may(RIGHT_FOR[kind]):
        return _WHO[kind]
    if page.account.platform == MANUAL:
        return "It was logged by hand, so there is no platform to ask."
    if can[kind].how is How.NO:
        return can[kind].says
    return _state_says(kind, page) or _decision_says(page) or _evidence_says(page, actor)


def _state_says(kind: ActionKind, page: ItemPage) -> str:
    if page.item.gone_at is not None and kind is not ActionKind.BLOCK:
        return "It is gone from the platform already."
    rows = [row for row in page.actions if row.kind is kind]
    wanted = any(row.kind is kind for row in page.waiting)
    if wanted or any(row.state in RUNNING for row in rows):
        return "It was asked for already; the list above says how it stands."
    return _DONE[kind] if any(_holds(row, page) for row in rows) else ""


def _holds(action: PlatformActionRow, page: ItemPage) -> bool:
    """Say whether an action is in effect and was not taken back since."""
    inverse = INVERSE.get(action.kind)
    taken_back = any(
        row.kind is inverse and row.id > action.id and row.state in IN_EFFECT
        for row in page.actions
    )
    return action.state in IN_EFFECT and not taken_back


def _decision_says(page: ItemPage) -> str:
    decision = page.decision
    if decision is None:
        return "Decide first what it is."
    if decision.outcome is DecisionOutcome.NOT_ABUSE:
        called = words.words(decision.not_abuse).lower() if decision.not_abuse else "not abuse"
        return f"It was decided that this is {called}, not abuse, so it stays up."
    if decision.version_seq != page.living.seq:
        return "It was edited after the decision. Decide again first."
    return ""


def _evidence_says(page: ItemPage, actor: Actor) -> str:
    """Say why nothing can be taken down: only what was lost since, or is not theirs to capture."""
    capture = page.capture
    if capture is not None and capture.erased_at is not None:
        return "Its evidence was erased when its time was over."
    captured = capture is not None and capture.state is EvidenceState.CAPTURED
    return "" if captured or actor.may(Right.CAPTURE) else "Somebody has to capture it first."
