"""A comment on a platform's stand-in, from the poll to the button that a moderator presses."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from moderation.access import Role
from moderation.evidence import capture
from moderation.lifecycle import EvidenceState
from moderation.model import ActionKind, Signal
from moderation.tables import AlertRow, EvidenceRow, PlatformActionRow
from moderation.taxonomy import LABELS
from tests.connected import Connected
from tests.moderation.deeds import decide, request
from tests.worker.acting_tools import action_of, carry_through


class Strict:
    """A detector that finds every text insulting."""

    model = "strict@1"
    sha256 = "00"

    def score(self, texts: Sequence[str]) -> list[Signal]:
        found = {**dict.fromkeys(LABELS, 0.01), "toxicity": 0.97, "insult": 0.97}
        return [Signal(self.model, found) for _ in texts]


def abuse_on(connected: Connected, text: str = "You are a useless clown") -> str:
    """Return a comment that was taken in, found to be abuse and captured by the worker."""
    native_id = connected.server.comment(connected.server.post(), text)
    connected.shop.detectors = [Strict()]
    connected.poll_feeds()
    captured(connected, native_id)
    return native_id


def captured(connected: Connected, native_id: str) -> None:
    """Decide that an item is abuse, and let the worker capture it from its platform."""
    item, now = connected.item(native_id), connected.shop.now()
    with connected.store.transaction() as session:
        decide(connected.world, session, item, now=now)
        row = capture.want(session, item.id, item.version, "user:1", now)
    for _ in range(3):
        connected.work()
        connected.later(60)
    with connected.store.reading() as session:
        assert session.get_one(EvidenceRow, row.id).state is EvidenceState.CAPTURED


def press(connected: Connected, native_id: str, kind: ActionKind = ActionKind.HIDE) -> int:
    """Ask for an action and return its id; nothing is carried out yet."""
    role = Role.COMMS_LEAD if kind is ActionKind.DELETE else Role.COMMS_MODERATOR
    with connected.store.transaction() as session:
        item = connected.item(native_id)
        actor = connected.world.actor(role)
        now = connected.shop.now()
        action = request(connected.world, session, item, kind, actor=actor, now=now)
    return action.id


def done(connected: Connected, action_id: int, rounds: int = 4) -> PlatformActionRow:
    """Work through the settle windows and return the action as it stands then."""
    carry_through(connected, rounds)
    return action_of(connected, action_id)


def told(connected: Connected, about: str = "") -> list[str]:
    """Return what the administrators were told of, with this word in it."""
    with connected.store.reading() as session:
        found = session.scalars(select(AlertRow.about).where(AlertRow.rule == "AL10"))
        return [one for one in found if about in one]
