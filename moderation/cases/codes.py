"""The code lists of casework: support, steps, questions that must be answered, and outcomes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from moderation.taxonomy import INTERNAL_AUTHORS, PerpetratorType


class Source(StrEnum):
    """How a case came about."""

    QUEUE = "queue"
    CONTACT = "contact"
    BY_HAND = "by_hand"
    AUTOMATIC = "automatic"


class Support(StrEnum):
    """One line of the support plan for the person affected."""

    IMMEDIATE_SAFETY = "immediate_safety"
    RISK_TO_SELF = "risk_to_self"
    WHAT_WOULD_HELP = "what_would_help"
    HOME_SAFETY = "home_safety"
    FAMILY_TOLD = "family_told"
    COUNSELLING = "counselling"
    OCCUPATIONAL_HEALTH = "occupational_health"
    WELFARE_OFFICER = "welfare_officer"
    MENTAL_HEALTH_FIRST_AIDER = "mental_health_first_aider"
    TRADE_UNION = "trade_union"
    CYBER_HELPLINE = "cyber_helpline"
    ICT_HELP = "ict_help"
    PLATFORM_REPORT_HELP = "platform_report_help"
    POLICE_SUPPORTER = "police_supporter"
    NAME_REMOVED = "name_removed"
    STRESS_RISK_ASSESSMENT = "stress_risk_assessment"
    ADJUSTMENTS = "adjustments"
    ABSENCE_CONTACT = "absence_contact"
    RETURN_TO_WORK = "return_to_work"
    MORE_CONTACT = "more_contact"
    PERSONAL_DEBRIEF = "personal_debrief"
    TEAM_DEBRIEF = "team_debrief"
    EXTERNAL_HELP = "external_help"


SUPPORT_GROUPS: Final[dict[str, tuple[Support, ...]]] = {
    "safety": (
        Support.IMMEDIATE_SAFETY,
        Support.RISK_TO_SELF,
        Support.WHAT_WOULD_HELP,
        Support.HOME_SAFETY,
        Support.FAMILY_TOLD,
    ),
    "care": (
        Support.COUNSELLING,
        Support.OCCUPATIONAL_HEALTH,
        Support.WELFARE_OFFICER,
        Support.MENTAL_HEALTH_FIRST_AIDER,
        Support.TRADE_UNION,
        Support.CYBER_HELPLINE,
    ),
    "reporting": (
        Support.ICT_HELP,
        Support.PLATFORM_REPORT_HELP,
        Support.POLICE_SUPPORTER,
        Support.NAME_REMOVED,
    ),
    "work": (
        Support.STRESS_RISK_ASSESSMENT,
        Support.ADJUSTMENTS,
        Support.ABSENCE_CONTACT,
        Support.RETURN_TO_WORK,
        Support.MORE_CONTACT,
        Support.PERSONAL_DEBRIEF,
        Support.TEAM_DEBRIEF,
    ),
    "external": (Support.EXTERNAL_HELP,),
}


class Step(StrEnum):
    """Something done about a case, as the person who records it names it."""

    CONTACT = "contact"
    POLICE_REPORT = "police_report"
    PLATFORM_REPORT = "platform_report"
    MEETING = "meeting"
    REMOVAL_REQUEST = "removal_request"
    ADJUSTMENT = "adjustment"
    REFERRAL = "referral"
    DEBRIEF = "debrief"
    OTHER = "other"


class Entry(StrEnum):
    """What a line of a case's record is, besides steps, answers and moves through the states."""

    OPENED = "opened"
    NOTE = "note"
    MEMBERS = "members"
    REVIEWED = "reviewed"
    TRIAGE = "triage"
    POLICE = "police"


class Question(StrEnum):
    """A question with its answer on the record; the latest answer counts."""

    WHISTLEBLOWING = "whistleblowing_check"
    POSSIBLE_CRIME = "possible_crime"
    DEBRIEF = "closing_debrief"
    UNRESOLVED = "closing_unresolved"
    ADJUSTMENTS = "closing_adjustments"
    RETENTION = "closing_retention"
    TOLD = "closing_told"


CLOSING: Final = (
    Question.DEBRIEF,
    Question.UNRESOLVED,
    Question.ADJUSTMENTS,
    Question.RETENTION,
    Question.TOLD,
)
# A matter that was found to be no case had no support plan and no adjustments to end.
CLOSING_NO_CASE: Final = (Question.RETENTION, Question.TOLD)


class Consent(StrEnum):
    """What the person affected says to a report to the police."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class InternalOutcome(StrEnum):
    """How a matter about somebody who works here ended; the decision is made in HR's procedure."""

    NO_CASE_TO_ANSWER = "no_case_to_answer"
    INFORMAL_COUNSELLING = "informal_counselling"
    TRAINING = "training"
    VERBAL_WARNING = "verbal_warning"
    FIRST_WRITTEN_WARNING = "first_written_warning"
    FINAL_WARNING = "final_warning"
    DISMISSAL = "dismissal"
    MEDIATION = "mediation"
    REFERRED_OTHER_POLICY = "referred_other_policy"
    RESIGNED_BEFORE_OUTCOME = "resigned_before_outcome"
    HOST_INFORMED = "host_informed"


class ExternalOutcome(StrEnum):
    """How a matter about somebody from outside ended."""

    REMOVED_BY_PLATFORM = "removed_by_platform"
    ACCOUNT_WARNED_OR_SUSPENDED = "account_warned_or_suspended"
    REMOVED_BY_AUTHOR = "removed_by_author"
    HIDDEN_BY_PAGE = "hidden_by_page"
    BLOCKED = "blocked"
    NO_BREACH_FOUND = "no_breach_found"
    POLICE_OUTCOME = "police_outcome"
    CONTRACTOR_ACTION = "contractor_action"
    MEETING_HELD = "meeting_held"
    COMPLAINT_UPHELD_IN_PART = "complaint_upheld_in_part"
    NO_AUTHOR_TRACED = "no_author_traced"


class ReportOutcome(StrEnum):
    """What was found about the report itself.

    Bad faith is not here: it has three tests and a second person of its own, and "not
    substantiated" never leads to it.
    """

    SUBSTANTIATED = "substantiated"
    PARTLY = "partly"
    NOT_SUBSTANTIATED_GOOD_FAITH = "not_substantiated_good_faith"
    WITHDRAWN = "withdrawn"


def outcomes_for(author: PerpetratorType) -> tuple[StrEnum, ...]:
    """Return the outcomes that a case about this sort of author may end with."""
    shared: tuple[StrEnum, ...] = (*ExternalOutcome, *ReportOutcome)
    return (*InternalOutcome, *shared) if author in INTERNAL_AUTHORS else shared
