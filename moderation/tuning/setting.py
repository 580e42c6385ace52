"""How sure the model has to be, as a lead sets it: chosen, put in force, kept with its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import Conflict, InvalidInput
from moderation.policy import Policy
from moderation.tables import OrganisationRow, SurenessRow, UserRow
from moderation.taxonomy import STAFF_TARGETS, TargetType

# Shares below the least are not kept, so nothing could be said of the past.
LEAST: Final = 0.05
MOST: Final = 0.99
# The policy's revision leaves this much room for the setting's number beside it.
_ROOM: Final = 30


class Aim(StrEnum):
    """By whom a text is aimed at, what may be given a figure of its own."""

    STAFF = "staff"
    SERVICE = "service"
    OTHERS = "others"


TARGETS: Final = {
    Aim.STAFF: STAFF_TARGETS,
    Aim.SERVICE: frozenset({TargetType.SERVICE, TargetType.NONE}),
    Aim.OTHERS: frozenset(TargetType) - STAFF_TARGETS - {TargetType.SERVICE, TargetType.NONE},
}


@dataclass(frozen=True, slots=True)
class Choice:
    """From which share on a text is flagged; None and a missing aim leave what stands above them.

    flag_from stands over the policy's own figure, flag_at over flag_from.
    """

    flag_from: float | None = None
    flag_at: Mapping[Aim, float] = field(default_factory=dict)

    def over(self, policy: Policy) -> Policy:
        """Return the policy with this choice in it."""
        general = policy.sureness.flag_from if self.flag_from is None else self.flag_from
        at = {target: share for aim, share in self.flag_at.items() for target in TARGETS[aim]}
        return replace(policy, sureness=replace(policy.sureness, flag_from=general, flag_at=at))

    def check(self) -> None:
        """Raise InvalidInput for a figure that would flag everything, or nothing."""
        for share in (self.flag_from, *self.flag_at.values()):
            if share is not None and not LEAST <= share <= MOST:
                msg = f"A figure must be between {LEAST:.2f} and {MOST:.2f}."
                raise InvalidInput(msg)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it was made. Number 0 is the policy's own, which nobody had to set."""

    number: int = 0
    choice: Choice = field(default_factory=Choice)
    reason: str = ""
    set_by: str = ""
    set_at: datetime | None = None

    def over(self, policy: Policy) -> Policy:
        """Return the policy with this setting in force, which its revision then tells."""
        if not self.number:
            return policy
        chosen = self.choice.over(policy)
        return replace(chosen, revision=f"{policy.revision[:_ROOM]}+s{self.number}")


def in_force(session: Session, org_id: str) -> Setting:
    """Return the setting that holds for an organisation now."""
    row = session.scalar(
        select(SurenessRow)
        .where(SurenessRow.org_id == org_id)
        .order_by(SurenessRow.number.desc())
        .limit(1)
    )
    return Setting() if row is None else _setting(row)


def history(session: Session, *, actor: Actor) -> list[Setting]:
    """Return the organisation's settings, the one in force first."""
    actor.require(Right.SEE_TUNING)
    rows = session.execute(
        select(SurenessRow, UserRow.name)
        .join(UserRow, UserRow.id == SurenessRow.set_by)
        .where(SurenessRow.org_id == actor.org_id)
        .order_by(SurenessRow.number.desc())
    )
    return [_setting(row, name) for row, name in rows]


def use(
    session: Session,
    choice: Choice,
    *,
    instead_of: int,
    reason: str,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a choice in force for what is read from now on, and return its number.

    instead_of is the number of the setting that the page showed: where another has come since,
    Conflict is raised and nothing changes. The same form sent twice is one setting.
    """
    actor.require(Right.TUNE)
    choice.check()
    # The organisation's row is the queue in which two leads stand.
    session.execute(
        select(OrganisationRow.id).where(OrganisationRow.id == actor.org_id).with_for_update()
    )
    sent = session.scalar(select(SurenessRow).where(SurenessRow.form_id == form_id))
    if sent is not None and sent.org_id == actor.org_id:
        return sent.number
    before = in_force(session, actor.org_id)
    if before.number != instead_of:
        msg = "Somebody has changed the setting since you opened the page. Look at it, then choose."
        raise Conflict(msg)
    row = SurenessRow(
        org_id=actor.org_id,
        number=before.number + 1,
        flag_from=choice.flag_from,
        flag_at={aim.value: share for aim, share in choice.flag_at.items()},
        reason=reason,
        set_by=actor.user_id,
        set_at=now,
        form_id=form_id,
    )
    session.add(row)
    audit.append(
        session,
        "sureness.set",
        f"sureness:{row.number}",
        actor=actor,
        at=now,
        reason=reason,
        detail={"flag_from": row.flag_from, "flag_at": row.flag_at},
    )
    return row.number


def _setting(row: SurenessRow, name: str = "") -> Setting:
    at = {Aim(aim): share for aim, share in row.flag_at.items()}
    return Setting(row.number, Choice(row.flag_from, at), row.reason, name, row.set_at)
