"""Every code in British English, as people read it on pages."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from moderation.access import Role
from moderation.lifecycle import ActionState, AlertState, CaseState, ItemState
from moderation.model import ActionKind, ItemKind, Standing
from moderation.tables import (
    AccountStatus,
    DecisionOutcome,
    PatternKind,
    SupportStatus,
    VersionKind,
)
from moderation.taxonomy import (
    Abuse,
    CheckFirst,
    HouseRule,
    NotAbuse,
    PerpetratorType,
    Severity,
    TargetType,
)
from review_ui import evidence_words

SEVERITY: Final[dict[Severity, str]] = {
    Severity.S0: "Not abuse",
    Severity.S1: "Low",
    Severity.S2: "Moderate",
    Severity.S3: "High",
    Severity.S4: "Critical",
}

ABUSE: Final[dict[StrEnum, str]] = {
    Abuse.THREAT_SERIOUS: "Serious threat",
    Abuse.MENACE: "Menace or veiled threat",
    Abuse.HARASSMENT_COURSE: "Repeated harassment",
    Abuse.VIRTUAL_MOBBING: "Pile-on",
    Abuse.DISCRIMINATORY_ABUSE: "Discriminatory abuse",
    Abuse.SEXUAL_ABUSE: "Sexual abuse",
    Abuse.DOXING: "Private details published",
    Abuse.IMPERSONATION_ACCOUNT: "Impersonation",
    Abuse.PERSONAL_ABUSE: "Personal abuse",
    Abuse.HUMILIATION_MEDIA: "Humiliating picture or clip",
    Abuse.MALICIOUS_FALSEHOOD: "Harmful falsehood",
    Abuse.EXTREME_CONTENT: "Extreme content",
    Abuse.ABUSE_OF_SERVICE: "Abuse of the service",
}

NOT_ABUSE: Final[dict[StrEnum, str]] = {
    NotAbuse.CRITICISM: "Criticism",
    NotAbuse.COMPLAINT: "Complaint",
    NotAbuse.PROFANITY_UNTARGETED: "Swearing at nobody",
    NotAbuse.RECLAIMED_OR_SELF_REFERENCE: "Reclaimed or about themselves",
    NotAbuse.QUOTING_OR_REPORTING_ABUSE: "Quotes or reports abuse",
    NotAbuse.COUNTER_SPEECH: "Stands up for staff",
    NotAbuse.SATIRE_OR_HUMOUR: "Satire or humour",
    NotAbuse.POLITICAL_OR_PROTEST: "Politics or protest",
    NotAbuse.UNION_SPEECH: "Union speech",
    NotAbuse.EMPLOYEE_OPINION_OR_GRIEVANCE: "Employee’s view or grievance",
    NotAbuse.PROTECTED_DISCLOSURE_POSSIBLE: "Possible whistleblowing",
    NotAbuse.QUESTION: "Question",
    NotAbuse.THANKS: "Thanks",
    NotAbuse.NEUTRAL: "Neutral",
}

CHECK_FIRST: Final[dict[StrEnum, str]] = {
    CheckFirst.EMERGENCY_REPORT: "Possible emergency report",
    CheckFirst.WELFARE_CONCERN: "Somebody may be at risk",
    CheckFirst.SAFEGUARDING_ALLEGATION: "Safeguarding allegation",
    CheckFirst.CHILD_AUTHOR: "The author may be a child",
    CheckFirst.TERRORISM_SIGNAL: "Possible terrorism",
    CheckFirst.COMPLAINT: "Complaint to pass on",
    CheckFirst.MEDIA_ENQUIRY: "Media enquiry",
    CheckFirst.INFORMATION_REQUEST: "Request for information",
    CheckFirst.DATA_BREACH_SIGNAL: "Possible data breach",
}

HOUSE_RULE: Final[dict[StrEnum, str]] = {
    HouseRule.SPAM: "Spam",
    HouseRule.ADVERT: "Advert",
    HouseRule.OFF_TOPIC: "Off topic",
    HouseRule.REPEAT_POST: "Repeated post",
    HouseRule.PARTY_POLITICAL_IN_PRE_ELECTION: "Party politics before an election",
    HouseRule.COPYRIGHT: "Copyright",
    HouseRule.SCAM_LINK: "Scam link",
    HouseRule.PERSONAL_DATA_OF_SELF: "Their own private details",
    HouseRule.SWEARING: "Swearing",
}

TARGET: Final[dict[StrEnum, str]] = {
    TargetType.NAMED_STAFF: "A named member of staff",
    TargetType.IDENTIFIABLE_STAFF: "A member of staff who can be identified",
    TargetType.STAFF_GROUP: "A group of staff",
    TargetType.SERVICE: "The service",
    TargetType.OTHER_PUBLIC_FIGURE: "Another public figure",
    TargetType.MEMBER_OF_PUBLIC: "A member of the public",
    TargetType.GROUP_BY_CHARACTERISTIC: "A group of people by a characteristic",
    TargetType.NONE: "Nobody",
}

PERPETRATOR: Final[dict[StrEnum, str]] = {
    PerpetratorType.PUBLIC: "Member of the public",
    PerpetratorType.SERVICE_USER: "Service user",
    PerpetratorType.LINKED_PERSON: "Parent, carer, partner or family of a service user",
    PerpetratorType.CHILD: "Child",
    PerpetratorType.EMPLOYEE: "Employee",
    PerpetratorType.TEMP_VOLUNTEER_SECONDEE_EPW: "Temporary worker, volunteer or secondee",
    PerpetratorType.CONTRACTOR_STAFF: "Contractor’s staff",
    PerpetratorType.FORMER_EMPLOYEE: "Former employee",
    PerpetratorType.ELECTED_MEMBER: "Elected member",
    PerpetratorType.UNION_REP_IN_CAPACITY: "Union representative acting as one",
    PerpetratorType.MEDIA_OR_CAMPAIGN: "Media or campaign",
    PerpetratorType.ANONYMOUS: "Anonymous",
    PerpetratorType.COORDINATED_OR_BOT: "Coordinated accounts or a bot",
    PerpetratorType.UNKNOWN: "Not known",
}

ITEM_STATE: Final[dict[StrEnum, str]] = {
    ItemState.NEW: "Being read",
    ItemState.CLEAR: "Nothing to see to",
    ItemState.REVIEW: "Waiting",
    ItemState.IN_HAND: "In hand",
    ItemState.CLOSED: "Closed",
}

ACTION_STATE: Final[dict[StrEnum, str]] = {
    ActionState.PROPOSED: "Proposed: waits for a lead",
    ActionState.WITHDRAWN: "Withdrawn",
    ActionState.PLANNED: "Queued: not done yet",
    ActionState.SENT: "Sent: not checked yet",
    ActionState.VERIFIED: "Done and checked",
    ActionState.ACCEPTED: "Taken by the platform; it cannot be checked",
    ActionState.REFUSED: "Refused",
    ActionState.MOOT: "No longer needed: it was gone already",
    ActionState.NEEDS_PERSON: "Needs a person: do it on the platform",
    ActionState.DONE_BY_HAND: "Done by hand",
}

ALERT_STATE: Final[dict[StrEnum, str]] = {
    AlertState.WANTED: "Waiting to be sent",
    AlertState.SPOOLED: "Kept in the spool folder: mail is not configured",
    AlertState.ACCEPTED: "Sent",
    AlertState.FAILED: "Could not be sent",
    AlertState.ACKNOWLEDGED: "Seen",
}

CASE_STATE: Final[dict[StrEnum, str]] = {
    CaseState.REPORTED: "Reported",
    CaseState.TRIAGE: "In triage",
    CaseState.CASE_OR_NO_CASE: "Case or no case",
    CaseState.NO_CASE: "No case",
    CaseState.OPEN: "Open",
    CaseState.SUPPORT_IN_PLACE: "Support in place",
    CaseState.ACTION: "Action under way",
    CaseState.OUTCOME_RECORDED: "Outcome recorded",
    CaseState.AFTERCARE: "Aftercare",
    CaseState.REVIEW: "In review",
    CaseState.CLOSED: "Closed",
    CaseState.REOPENED: "Reopened",
}

ACTION: Final[dict[StrEnum, str]] = {
    ActionKind.HIDE: "Hide",
    ActionKind.UNHIDE: "Show again",
    ActionKind.DELETE: "Delete",
    ActionKind.REPORT: "Report to the platform",
    ActionKind.BLOCK: "Block the author",
    ActionKind.UNBLOCK: "Unblock the author",
}

KIND: Final[dict[StrEnum, str]] = {
    ItemKind.COMMENT: "Comment",
    ItemKind.REPLY: "Reply",
    ItemKind.MENTION: "Mention",
    ItemKind.QUOTE: "Quote",
    ItemKind.VISITOR_POST: "Post by a visitor",
    ItemKind.REVIEW: "Review",
    ItemKind.MESSAGE: "Message",
    ItemKind.PHONE_CALL: "Phone call",
    ItemKind.EMAIL: "E-mail",
    ItemKind.TEXT_MESSAGE: "Text message",
    ItemKind.LETTER: "Letter",
    ItemKind.IN_PERSON: "In person",
    ItemKind.PERSONAL_ACCOUNT: "Personal account",
    ItemKind.VIRTUAL_MEETING: "Online meeting",
}

STANDING: Final[dict[StrEnum, str]] = {
    Standing.VISIBLE: "Seen by everybody",
    Standing.HIDDEN: "Hidden on the platform",
    Standing.HELD: "Held back by the platform",
    Standing.UNKNOWN: "Not said by the platform",
}

DECISION: Final[dict[StrEnum, str]] = {
    DecisionOutcome.ABUSE: "Abuse",
    DecisionOutcome.NOT_ABUSE: "Not abuse",
    DecisionOutcome.HOUSE_RULE: "House-rule matter",
}

VERSION: Final[dict[StrEnum, str]] = {
    VersionKind.CREATED: "First seen",
    VersionKind.EDITED: "Edited",
    VersionKind.DELETED: "Removed",
    VersionKind.RESTORED: "Back again",
}

PATTERN: Final[dict[StrEnum, str]] = {
    PatternKind.COURSE_OF_CONDUCT: "Same author, same person, more than once",
    PatternKind.MOBBING: "Many authors, one person",
    PatternKind.GROUP_COURSE_POSSIBLE: "Same author, several members of staff",
}

SUPPORT: Final[dict[StrEnum, str]] = {
    SupportStatus.NOT_YET: "Not yet offered",
    SupportStatus.OFFERED: "Offered",
    SupportStatus.ACCEPTED: "Accepted",
    SupportStatus.DECLINED: "Declined",
    SupportStatus.DONE: "Done",
}

ACCOUNT_STATUS: Final[dict[StrEnum, str]] = {
    AccountStatus.OK: "Being read",
    AccountStatus.PAUSED: "Paused",
    AccountStatus.AUTH_LOST: "Access lost",
}

ROLE: Final[dict[StrEnum, str]] = {
    Role.COMMS_MODERATOR: "Comms moderator",
    Role.COMMS_LEAD: "Comms lead",
    Role.HR_ADVISER: "HR adviser",
    Role.HR_LEAD: "HR lead",
    Role.SAFEGUARDING_LEAD: "Safeguarding lead",
    Role.BOARD_MEMBER: "Standards-board member",
    Role.AUDITOR: "Auditor or data protection",
    Role.ADMINISTRATOR: "Administrator",
}

ALL: Final[tuple[dict[StrEnum, str], ...]] = (
    ABUSE,
    NOT_ABUSE,
    CHECK_FIRST,
    HOUSE_RULE,
    TARGET,
    PERPETRATOR,
    ITEM_STATE,
    ACTION_STATE,
    ALERT_STATE,
    CASE_STATE,
    ACTION,
    KIND,
    STANDING,
    DECISION,
    VERSION,
    PATTERN,
    SUPPORT,
    ACCOUNT_STATUS,
    ROLE,
    *evidence_words.ALL,
)

# Keyed by kind and code, because two lists may share a code (a complaint is both not abuse and
# something to pass on) and codes of one value compare equal.
_BY_KIND: Final = {(type(code), code.value): said for part in ALL for code, said in part.items()}


def words(code: StrEnum) -> str:
    """Return what people read for a code of any list."""
    return _BY_KIND[type(code), code.value]


def severity(level: int) -> str:
    """Return the severity in words: "Critical", "High", "Moderate", "Low", "Not abuse"."""
    return SEVERITY[Severity(level)]


def number(count: int, limit: int = 10_000) -> str:
    """Return a count in plain numbers, exact up to limit, then "10,000+"."""
    return f"{limit:,}+" if count > limit else f"{count:,}"
