"""Who belongs to a case from its first moment, so that somebody always looks after it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation.access import Actor, Role
from moderation.cases.members import possible_members, with_role
from moderation.errors import InvalidInput
from moderation.tables import UserRow


def founders(
    session: Session,
    actor: Actor,
    *,
    conflicted: frozenset[int],
    independent_id: int | None,
    safeguarding: bool,
) -> list[UserRow]:
    """Return who belongs to a new case: HR leads, its opener, and whom the matter calls for.

    Raises InvalidInput when nobody would be left to look after it.
    """
    people = {user.id: user for user in possible_members(session, actor.org_id)}
    if not conflicted <= people.keys():
        raise InvalidInput("A person you named as involved is not on the list. Choose again.")
    free = {user_id: user for user_id, user in people.items() if user_id not in conflicted}
    if independent_id is not None and independent_id not in free:
        raise InvalidInput(
            "The independent contact must be an active person on the list whom you have not named "
            "as involved. Choose another one."
        )
    if independent_id is None and not with_role(free, Role.HR_LEAD):
        raise InvalidInput(
            "No HR lead is left who could look after this case. Choose somebody else on the list "
            "as independent contact, so that the case has a person from the start."
        )
    wanted = {actor.user_id, independent_id, *with_role(free, Role.HR_LEAD)}
    if safeguarding:
        wanted |= with_role(free, Role.SAFEGUARDING_LEAD)
    return [user for user_id, user in free.items() if user_id in wanted]


def founders_without_opener(session: Session, org_id: str, *, safeguarding: bool) -> list[UserRow]:
    """Return who belongs to a case that no person opened; empty only when nobody could.

    HR leads; where there is none, HR advisers, else safeguarding leads, so that a threat never
    waits for an account to be made.
    """
    people = {user.id: user for user in possible_members(session, org_id)}
    order = (Role.HR_LEAD, Role.HR_ADVISER, Role.SAFEGUARDING_LEAD)
    wanted = next((found for role in order if (found := with_role(people, role))), set())
    if safeguarding:
        wanted |= with_role(people, Role.SAFEGUARDING_LEAD)
    return [user for user_id, user in people.items() if user_id in wanted]
