"""Who is told by which alert rule, and who is told when a rule finds nobody."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.access import Role
from moderation.tables import CaseMemberRow, CaseRow, UserRow

LOG = logging.getLogger(__name__)

CASE: Final = "CASE"
WEEK: Final = "WEEK"
WEEK_WIDE: Final = "WEEK-WIDE"

# The rules of the domain design that this version knows, by the roles that each one tells.
# CASE tells the members of the case instead. AL6 tells control as well in an emergency: the
# caller adds the role.
ROLES: Final[dict[str, tuple[Role, ...]]] = {
    "AL1": (Role.COMMS_LEAD, Role.HR_LEAD),
    "AL2": (Role.HR_LEAD, Role.HR_ADVISER),
    "AL4": (Role.HR_LEAD, Role.COMMS_LEAD),
    "AL6": (Role.SAFEGUARDING_LEAD,),
    "AL10": (Role.ADMINISTRATOR,),
    CASE: (),
    WEEK: (Role.COMMS_LEAD, Role.HR_LEAD),
    WEEK_WIDE: (Role.BOARD_MEMBER,),
}
# A weekly letter that nobody is there to read need not reach a stranger; an alert must.
QUIET: Final = frozenset({WEEK, WEEK_WIDE})
FALLBACK: Final = (Role.ADMINISTRATOR, Role.COMMS_LEAD)


def recipients_for(
    session: Session,
    org_id: str,
    rule: str,
    *,
    about: str = "",
    extra: Sequence[str] = (),
    also: Sequence[Role] = (),
) -> list[str]:
    """Return the addresses that a rule tells, each once, in a fixed order.

    about names the matter and is needed for the rule CASE ("case:7"). extra holds further
    addresses, such as the HR mailbox of the settings; also holds further roles, such as comms
    leads for an emergency. Only active accounts count. Where nobody is found, administrators are
    told instead, then comms leads, and the log says so; a person barred from the case is told by
    no path. An empty list means that the organisation has nobody at all to tell.
    """
    found = [address for address in extra if address.strip()]
    found += _members(session, org_id, about) if rule == CASE else []
    found += _in_roles(session, org_id, (*ROLES[rule], *also), about)
    if found or rule in QUIET:
        return _once(found)
    for role in FALLBACK:
        found = _in_roles(session, org_id, (role,), about)
        if found:
            LOG.warning("alert_fallback rule=%s about=%s role=%s", rule, about, role.value)
            return _once(found)
    LOG.error("alert_has_nobody_to_tell rule=%s about=%s", rule, about)
    return []


def case_id(about: str) -> int | None:
    """Return the case's id of "case:7" (or "hr_case:7"), or None where it is not about a case."""
    kind, _, number = about.partition(":")
    return int(number) if kind in {"case", "hr_case"} and number.isdecimal() else None


def _members(session: Session, org_id: str, about: str) -> list[str]:
    return list(
        session.scalars(
            select(UserRow.email)
            .join(CaseMemberRow, CaseMemberRow.user_id == UserRow.id)
            .join(CaseRow, CaseRow.id == CaseMemberRow.case_id)
            .where(
                CaseRow.id == case_id(about),
                CaseRow.org_id == org_id,
                CaseMemberRow.barred.is_(False),
                UserRow.active.is_(True),
            )
            .order_by(UserRow.id)
        )
    )


def _in_roles(session: Session, org_id: str, roles: Sequence[Role], about: str) -> list[str]:
    if not roles:
        return []
    query = select(UserRow.email).where(
        UserRow.org_id == org_id, UserRow.role.in_(roles), UserRow.active.is_(True)
    )
    case = case_id(about)
    if case is not None:
        query = query.where(
            ~exists().where(
                CaseMemberRow.case_id == case,
                CaseMemberRow.user_id == UserRow.id,
                CaseMemberRow.barred.is_(True),
            )
        )
    return list(session.scalars(query.order_by(UserRow.id)))


def _once(addresses: Sequence[str]) -> list[str]:
    kept: dict[str, str] = {}
    for address in addresses:
        kept.setdefault(address.strip().casefold(), address.strip())
    return list(kept.values())
