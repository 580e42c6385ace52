"""Who belongs to a case, who is kept out of it, and what each member may do there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import RIGHTS, Actor, Right, Role
from moderation.cases.codes import Entry
from moderation.cases.record import said, write, written_before
from moderation.errors import InvalidInput, NotAllowed
from moderation.reporting.alerts import raise_alert
from moderation.scope import see_case
from moderation.tables import CaseMemberRow, CaseRow, UserRow

WORKING_ROLES: Final = tuple(role for role, rights in RIGHTS.items() if Right.WORK_CASE in rights)

# Whoever stands first in this order among a case's members is in charge of it. Normally that is
# an HR lead; where every HR lead is kept out, the independent contact must be able to finish it.
_IN_CHARGE_ORDER: Final = (
    Role.HR_LEAD,
    Role.HR_ADVISER,
    Role.SAFEGUARDING_LEAD,
    Role.BOARD_MEMBER,
)


class Power(StrEnum):
    """What a member may do in one case."""

    WORK = "work"
    JUDGE = "judge"
    CLOSE = "close"
    MANAGE_MEMBERS = "manage_members"


class Standing(StrEnum):
    """How a person stands to a case."""

    MEMBER = "member"
    REMOVED = "removed"
    BARRED = "barred"


_POWERS: Final[dict[Role, frozenset[Power]]] = {
    Role.HR_ADVISER: frozenset({Power.WORK, Power.JUDGE}),
    Role.SAFEGUARDING_LEAD: frozenset({Power.WORK}),
}

_REFUSALS: Final[dict[Power, str]] = {
    Power.WORK: "You can read this case but not change it. Ask the HR lead of the case.",
    Power.JUDGE: "Only HR decides whether there is a case and how it ends. Ask the HR lead.",
    Power.CLOSE: "Only the HR lead of a case closes it or opens it again.",
    Power.MANAGE_MEMBERS: "Only the HR lead of a case says who may see it.",
}


def possible_members(session: Session, org_id: str) -> Sequence[UserRow]:
    """Return the people of an organisation who could work a case, by name."""
    return session.scalars(
        select(UserRow)
        .where(UserRow.org_id == org_id, UserRow.active.is_(True), UserRow.role.in_(WORKING_ROLES))
        .order_by(UserRow.name, UserRow.id)
    ).all()


def with_role(people: dict[int, UserRow], role: Role) -> set[int]:
    """Return the ids of the people in one role."""
    return {user_id for user_id, user in people.items() if user.role is role}


def members_of(session: Session, case_id: int) -> Sequence[UserRow]:
    """Return the people who can see a case: members, not barred, active, in a role that may."""
    return session.scalars(
        select(UserRow)
        .join(CaseMemberRow, CaseMemberRow.user_id == UserRow.id)
        .where(
            CaseMemberRow.case_id == case_id,
            CaseMemberRow.barred.is_(False),
            UserRow.active.is_(True),
            UserRow.role.in_(WORKING_ROLES),
        )
        .order_by(UserRow.name, UserRow.id)
    ).all()


def kept_out(actor: Actor) -> ColumnElement[bool]:
    """Return the clause for cases that the actor is kept out of, and must not even learn of."""
    return exists().where(
        CaseMemberRow.case_id == CaseRow.id,
        CaseMemberRow.user_id == actor.user_id,
        CaseMemberRow.barred.is_(True),
    )


def powers(session: Session, case: CaseRow, actor: Actor) -> frozenset[Power]:
    """Return what the actor may do in a case that the actor can see."""
    present = {member.role for member in members_of(session, case.id)}
    if actor.role is None:
        return frozenset()
    if actor.role is next((role for role in _IN_CHARGE_ORDER if role in present), None):
        return frozenset(Power)
    return _POWERS.get(actor.role, frozenset())


def require(session: Session, case: CaseRow, actor: Actor, power: Power) -> None:
    """Raise NotAllowed, with whom to ask, unless the actor has the power in this case."""
    if power not in powers(session, case, actor):
        raise NotAllowed(_REFUSALS[power])


def enrol(
    session: Session,
    case: CaseRow,
    users: Iterable[UserRow],
    barred: Iterable[int],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write who may see a new case and who is kept out, and tell those who may."""
    users = list(users)
    standing = {**{user.id: False for user in users}, **dict.fromkeys(barred, True)}
    session.add_all(
        CaseMemberRow(
            case_id=case.id, user_id=user_id, barred=out, added_by=actor.ref, added_at=now
        )
        for user_id, out in standing.items()
    )
    tell(session, case, users, now=now)


def tell(session: Session, case: CaseRow, users: Iterable[UserRow], *, now: datetime) -> None:
    """Send each person the reference and the link of a case, once, and nothing else.

    Only to people: a shared mailbox may be read by somebody who is kept out of the case.
    """
    raise_alert(
        session,
        "CASE",
        f"case:{case.id}",
        ref=case.ref,
        link_path=f"/cases/{case.ref}",
        recipients=[user.email for user in users],
        org_id=case.org_id,
        now=now,
    )


def add_safeguarding(session: Session, case: CaseRow, *, actor: Actor, now: datetime) -> None:
    """Let the safeguarding leads into a case, save those who are kept out of it."""
    known = set(
        session.scalars(select(CaseMemberRow.user_id).where(CaseMemberRow.case_id == case.id))
    )
    people = {user.id: user for user in possible_members(session, case.org_id)}
    new = sorted(with_role(people, Role.SAFEGUARDING_LEAD) - known)
    if not new:
        return
    enrol(session, case, [people[user_id] for user_id in new], (), actor=actor, now=now)
    session.flush()
    audit.append(
        session,
        "case.members",
        f"case:{case.id}",
        actor=actor,
        at=now,
        detail={"added": new, "why": "safeguarding"},
    )


def change_standing(
    session: Session,
    ref: str,
    user_id: int,
    standing: Standing,
    *,
    reason: str,
    form_id: str,
    actor: Actor,
    now: datetime,
) -> CaseRow:
    """Let a person into a case, take them out, or keep them out whatever their role.

    The reason goes on the case's record, where only its members read it. Raises InvalidInput when
    nobody would be left who can see the case.
    """
    case = see_case(session, actor, ref, lock=True)
    require(session, case, actor, Power.MANAGE_MEMBERS)
    if written_before(session, form_id, actor):
        return case
    user = _named(session, case, user_id)
    why = said(reason, "The reason", minimum=10)
    _stand(session, case, user, standing, actor=actor, now=now)
    if not members_of(session, case.id):
        raise InvalidInput(
            "Nobody would be left who can see this case. Add another person first, then try again."
        )
    body = f"{user.name}: {_DONE[standing]}. {why}"
    line = write(session, case, Entry.MEMBERS, body, form_id=form_id, actor=actor, now=now)
    case.revision += 1
    audit.append(
        session,
        "case.members",
        f"case:{case.id}",
        actor=actor,
        at=now,
        detail={"user": user.id, "standing": standing.value, "note": line.id},
    )
    return case


_DONE: Final[dict[Standing, str]] = {
    Standing.MEMBER: "added to the case",
    Standing.REMOVED: "taken off the case",
    Standing.BARRED: "kept out of the case",
}


def _named(session: Session, case: CaseRow, user_id: int) -> UserRow:
    """Return a person of the case's organisation who could work it or stands on its list."""
    on_list = select(CaseMemberRow.user_id).where(CaseMemberRow.case_id == case.id)
    user = session.scalar(
        select(UserRow).where(
            UserRow.id == user_id,
            UserRow.org_id == case.org_id,
            UserRow.role.in_(WORKING_ROLES) | UserRow.id.in_(on_list),
        )
    )
    if user is None:
        raise InvalidInput("Choose a person from the list.")
    return user


def _stand(
    session: Session,
    case: CaseRow,
    user: UserRow,
    standing: Standing,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    row = session.scalar(
        select(CaseMemberRow).where(
            CaseMemberRow.case_id == case.id, CaseMemberRow.user_id == user.id
        )
    )
    if standing is Standing.REMOVED:
        if row is not None and row.barred:
            raise InvalidInput(f"{user.name} is kept out of this case already.")
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(
            CaseMemberRow(
                case_id=case.id,
                user_id=user.id,
                barred=standing is Standing.BARRED,
                added_by=actor.ref,
                added_at=now,
            )
        )
    else:
        row.barred = standing is Standing.BARRED
    if standing is Standing.MEMBER:
        _only_active(user)
        tell(session, case, [user], now=now)
    session.flush()


def _only_active(user: UserRow) -> None:
    if not user.active or user.role not in WORKING_ROLES:
        raise InvalidInput(f"{user.name} cannot work cases. Choose somebody who can.")
