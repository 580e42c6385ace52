"""An action that a moderator has asked for, and short ways to follow it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from moderation import actions
from moderation.access import Role
from moderation.model import ActionKind
from moderation.tables import ActionAttemptRow, ItemRow, PlatformActionRow
from tests.moderation.deeds import captured_abuse, request
from tests.replayed import SETTLE_S, Replayed
from tests.world import World


def ask(replayed: Replayed, kind: ActionKind = ActionKind.HIDE, **connector: Any) -> int:
    """Return the id of an action on a captured comment that the page shows."""
    world: World = replayed.world
    if connector:
        replayed.connect(**connector)
    role = Role.COMMS_LEAD if kind is ActionKind.DELETE else Role.COMMS_MODERATOR
    with replayed.store.transaction() as session:
        item = captured_abuse(world, session)
        action = request(world, session, item, kind, actor=world.actor(role))
    replayed.say(item.native_id)
    return action.id


def action_of(replayed: Replayed, action_id: int) -> PlatformActionRow:
    with replayed.store.reading() as session:
        return session.get_one(PlatformActionRow, action_id)


def attempts(replayed: Replayed, action_id: int) -> list[str]:
    """Return what came of each call to the platform, in order."""
    with replayed.store.reading() as session:
        rows = session.scalars(
            select(ActionAttemptRow.outcome)
            .where(ActionAttemptRow.action_id == action_id)
            .order_by(ActionAttemptRow.n)
        )
        return [row.value for row in rows]


def carry_through(replayed: Replayed, rounds: int = 10) -> None:
    """Work until nothing is due, and let a settle window pass, several times."""
    for _ in range(rounds):
        replayed.work()
        replayed.later(SETTLE_S + 1)


def item_of(replayed: Replayed, action_id: int) -> ItemRow:
    with replayed.store.reading() as session:
        return session.get_one(ItemRow, action_of(replayed, action_id).item_id)


def take_back(replayed: Replayed, action_id: int) -> int:
    """Ask for the opposite of an action and return its id."""
    with replayed.store.transaction() as session:
        opposite = actions.undo(
            session,
            action_id,
            reason="It was hidden by mistake.",
            form_id=f"undo-{action_id}",
            actor=replayed.world.actor(Role.COMMS_MODERATOR),
            now=replayed.shop.at,
        )
    return opposite.id
