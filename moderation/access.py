"""Who may do what: roles and rights, denied unless a row here grants them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from moderation.errors import NotAllowed


class Role(StrEnum):
    """One role a person has; the organisation gives it."""

    COMMS_MODERATOR = "comms_moderator"
    COMMS_LEAD = "comms_lead"
    HR_ADVISER = "hr_adviser"
    HR_LEAD = "hr_lead"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    BOARD_MEMBER = "board_member"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """One thing that a role may do. What it may do it to is a matter of scope, not of rights."""

    SEE_ITEMS = "see_items"
    SEE_ITEMS_WITH_REASON = "see_items_with_reason"
    DECIDE = "decide"
    CAPTURE = "capture"
    HIDE = "hide"
    DELETE = "delete"
    REPORT = "report"
    PROPOSE_BLOCK = "propose_block"
    APPROVE_BLOCK = "approve_block"
    SEE_QUARANTINE = "see_quarantine"
    LOG_CONTACT = "log_contact"
    PROPOSE_CASE = "propose_case"
    OPEN_CASE = "open_case"
    WORK_CASE = "work_case"
    CLOSE_CASE = "close_case"
    MANAGE_CASE_MEMBERS = "manage_case_members"
    SEE_SUMMARY = "see_summary"
    SEE_WIDE_SUMMARY = "see_wide_summary"
    SEE_AUDIT = "see_audit"
    SEE_ACCOUNTS = "see_accounts"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_STAFF = "manage_staff"
    MANAGE_USERS = "manage_users"
    SEE_HEALTH = "see_health"
    SEE_TUNING = "see_tuning"
    BEGIN_HOLD = "begin_hold"
    END_HOLD = "end_hold"
    SEE_RETENTION = "see_retention"
    APPROVE_ERASURE = "approve_erasure"
    TUNE = "tune"
    PACK_FOR_POLICE = "pack_for_police"
    OVERRIDE_CONSENT = "override_consent"
    PACK_FOR_BOARD = "pack_for_board"
    ANSWER_SUBJECT_ACCESS = "answer_subject_access"


_COMMS = frozenset(
    {
        Right.SEE_ITEMS,
        Right.DECIDE,
        Right.CAPTURE,
        Right.HIDE,
        Right.REPORT,
        Right.PROPOSE_BLOCK,
        Right.SEE_QUARANTINE,
        Right.LOG_CONTACT,
        Right.PROPOSE_CASE,
        Right.SEE_SUMMARY,
        Right.SEE_WIDE_SUMMARY,
        Right.SEE_ACCOUNTS,
        Right.SEE_HEALTH,
        Right.SEE_TUNING,
    }
)
_HR = frozenset(
    {
        Right.SEE_ITEMS,
        Right.DECIDE,
        Right.CAPTURE,
        Right.LOG_CONTACT,
        Right.PROPOSE_CASE,
        Right.OPEN_CASE,
        Right.WORK_CASE,
        Right.SEE_SUMMARY,
        Right.SEE_WIDE_SUMMARY,
        Right.BEGIN_HOLD,
    }
)

RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.COMMS_MODERATOR: _COMMS,
    Role.COMMS_LEAD: _COMMS
    | {Right.DELETE, Right.APPROVE_BLOCK, Right.MANAGE_ACCOUNTS, Right.TUNE},
    Role.HR_ADVISER: _HR | {Right.PACK_FOR_POLICE},
    Role.HR_LEAD: _HR
    | {
        Right.PACK_FOR_POLICE,
        Right.OVERRIDE_CONSENT,
        Right.PACK_FOR_BOARD,
        Right.CLOSE_CASE,
        Right.MANAGE_CASE_MEMBERS,
        Right.MANAGE_STAFF,
        Right.SEE_TUNING,
        Right.END_HOLD,
        Right.SEE_RETENTION,
        Right.APPROVE_ERASURE,
    },
    Role.SAFEGUARDING_LEAD: frozenset(
        {
            Right.SEE_ITEMS,
            Right.DECIDE,
            Right.CAPTURE,
            Right.LOG_CONTACT,
            Right.PROPOSE_CASE,
            Right.WORK_CASE,
            Right.SEE_WIDE_SUMMARY,
            Right.BEGIN_HOLD,
            Right.PACK_FOR_POLICE,
            Right.OVERRIDE_CONSENT,
        }
    ),
    Role.BOARD_MEMBER: frozenset({Right.SEE_WIDE_SUMMARY, Right.WORK_CASE}),
    Role.AUDITOR: frozenset(
        {
            Right.SEE_ITEMS_WITH_REASON,
            Right.SEE_AUDIT,
            Right.SEE_SUMMARY,
            Right.SEE_WIDE_SUMMARY,
            Right.SEE_HEALTH,
            Right.SEE_TUNING,
            Right.BEGIN_HOLD,
            Right.END_HOLD,
            Right.SEE_RETENTION,
            Right.APPROVE_ERASURE,
            Right.ANSWER_SUBJECT_ACCESS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.SEE_ACCOUNTS,
            Right.MANAGE_ACCOUNTS,
            Right.MANAGE_STAFF,
            Right.MANAGE_USERS,
            Right.SEE_HEALTH,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a signed-in person, or a part of the system.

    user_id is None for the system, whose name says which part. look_reason is what an auditor
    gave as the reason for reading items; without one an auditor sees none.
    """

    name: str
    org_id: str
    role: Role | None = None
    user_id: int | None = None
    look_reason: str = ""

    @property
    def ref(self) -> str:
        """Return the id that stands in the audit chain; never a person's name."""
        return f"user:{self.user_id}" if self.user_id is not None else f"system:{self.name}"

    def may(self, right: Right) -> bool:
        """Say whether the role carries the right."""
        return self.role is not None and right in RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Raise NotAllowed unless the role carries the right."""
        if not self.may(right):
            msg = "Your role does not allow this. Ask the person who runs Watchroom for you."
            raise NotAllowed(msg)


def system(part: str, org_id: str) -> Actor:
    """Return the actor for a part of the system, such as "triage"; it holds no right."""
    return Actor(name=part, org_id=org_id)
