"""The words of casework as people read them: buttons, questions, support, steps and outcomes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from moderation.cases.codes import (
    Consent,
    Entry,
    ExternalOutcome,
    InternalOutcome,
    Question,
    ReportOutcome,
    Source,
    Step,
    Support,
)
from moderation.contacts import Wish
from moderation.lifecycle import CaseEvent
from review_ui import verbs, words

SOURCE: Final[dict[StrEnum, str]] = {
    Source.QUEUE: "From a comment in the queue",
    Source.CONTACT: "From a contact that was logged",
    Source.BY_HAND: "Opened by hand",
    Source.AUTOMATIC: "Opened by rule: nobody has confirmed it yet",
}

SUPPORT: Final[dict[StrEnum, str]] = {
    Support.IMMEDIATE_SAFETY: "Are they safe now?",
    Support.RISK_TO_SELF: "Risk to themselves, asked by a trained person",
    Support.WHAT_WOULD_HELP: "“What would help you?”",
    Support.HOME_SAFETY: "Advice on safety at home",
    Support.FAMILY_TOLD: "Telling family (their choice)",
    Support.COUNSELLING: "Employee assistance or counselling",
    Support.OCCUPATIONAL_HEALTH: "Occupational health",
    Support.WELFARE_OFFICER: "Welfare officer",
    Support.MENTAL_HEALTH_FIRST_AIDER: "Mental health first aider",
    Support.TRADE_UNION: "Trade union (only if they agree)",
    Support.CYBER_HELPLINE: "The Cyber Helpline (thecyberhelpline.com)",
    Support.ICT_HELP: "ICT help: privacy settings, accounts, mail block, new number",
    Support.PLATFORM_REPORT_HELP: "Help with a report to the platform",
    Support.POLICE_SUPPORTER: "A named person beside them with the police",
    Support.NAME_REMOVED: "Name or photo taken off posts, rota or web pages",
    Support.STRESS_RISK_ASSESSMENT: "Stress risk assessment with their manager",
    Support.ADJUSTMENTS: "Another place of work or other duties, with an end date",
    Support.ABSENCE_CONTACT: "How to keep in touch during absence",
    Support.RETURN_TO_WORK: "Return-to-work meeting",
    Support.MORE_CONTACT: "More regular contact with their manager",
    Support.PERSONAL_DEBRIEF: "Personal de-brief",
    Support.TEAM_DEBRIEF: "Team de-brief",
    Support.EXTERNAL_HELP: "Help from outside the organisation",
}

SUPPORT_GROUP: Final[dict[str, str]] = {
    "safety": "Safety and wishes",
    "care": "Care",
    "reporting": "Technical help and reporting",
    "work": "At work",
    "external": "Outside help",
}

STEP: Final[dict[StrEnum, str]] = {
    Step.CONTACT: "Contact with the person affected",
    Step.POLICE_REPORT: "Report to the police",
    Step.PLATFORM_REPORT: "Report to the platform",
    Step.MEETING: "Meeting with the author",
    Step.REMOVAL_REQUEST: "Request to the author to remove it",
    Step.ADJUSTMENT: "Adjustment at work",
    Step.REFERRAL: "Referral",
    Step.DEBRIEF: "De-brief",
    Step.OTHER: "Something else",
}

ENTRY: Final[dict[StrEnum, str]] = {
    Entry.OPENED: "Why the case was opened",
    Entry.NOTE: "Note",
    Entry.MEMBERS: "Who sees the case",
    Entry.REVIEWED: "Review",
    Entry.TRIAGE: "Triage",
    Entry.POLICE: "Police",
}

QUESTION: Final[dict[StrEnum, str]] = {
    Question.WHISTLEBLOWING: "Whistleblowing check",
    Question.POSSIBLE_CRIME: "Could any of it be a crime?",
    Question.DEBRIEF: "Was a de-brief offered, to whom and when?",
    Question.UNRESOLVED: "What is still unresolved?",
    Question.ADJUSTMENTS: "Have adjustments ended, or who looks after them from now on?",
    Question.RETENTION: "How long is this case kept?",
    Question.TOLD: "What were the person who reported it and the person affected told?",
}

CONSENT: Final[dict[StrEnum, str]] = {
    Consent.NOT_ASKED: "Not asked yet",
    Consent.YES: "Yes",
    Consent.NO: "No",
    Consent.UNDECIDED: "Not decided yet",
}

OUTCOME: Final[dict[StrEnum, str]] = {
    InternalOutcome.NO_CASE_TO_ANSWER: "No case to answer",
    InternalOutcome.INFORMAL_COUNSELLING: "Informal counselling",
    InternalOutcome.TRAINING: "Social media or electronic communications training",
    InternalOutcome.VERBAL_WARNING: "Verbal warning",
    InternalOutcome.FIRST_WRITTEN_WARNING: "First written warning",
    InternalOutcome.FINAL_WARNING: "Final warning",
    InternalOutcome.DISMISSAL: "Dismissal",
    InternalOutcome.MEDIATION: "Mediation",
    InternalOutcome.REFERRED_OTHER_POLICY: "Passed on under another policy",
    InternalOutcome.RESIGNED_BEFORE_OUTCOME: "Resigned before an outcome",
    InternalOutcome.HOST_INFORMED: "Their own employer or agency was told",
    ExternalOutcome.REMOVED_BY_PLATFORM: "Removed by the platform",
    ExternalOutcome.ACCOUNT_WARNED_OR_SUSPENDED: "Account warned or suspended by the platform",
    ExternalOutcome.REMOVED_BY_AUTHOR: "Removed by the author",
    ExternalOutcome.HIDDEN_BY_PAGE: "Hidden by us",
    ExternalOutcome.BLOCKED: "Author blocked",
    ExternalOutcome.NO_BREACH_FOUND: "The platform found no breach",
    ExternalOutcome.POLICE_OUTCOME: "Outcome from the police (in their words)",
    ExternalOutcome.CONTRACTOR_ACTION: "Action by the contractor",
    ExternalOutcome.MEETING_HELD: "Meeting held",
    ExternalOutcome.COMPLAINT_UPHELD_IN_PART: "Complaint upheld in part",
    ExternalOutcome.NO_AUTHOR_TRACED: "The author could not be found",
    ReportOutcome.SUBSTANTIATED: "Report borne out",
    ReportOutcome.PARTLY: "Report borne out in part",
    ReportOutcome.NOT_SUBSTANTIATED_GOOD_FAITH: "Report not borne out, made in good faith",
    ReportOutcome.WITHDRAWN: "Report withdrawn",
}

EVENT: Final[dict[StrEnum, str]] = {
    CaseEvent.START_TRIAGE: "Start triage",
    CaseEvent.FINISH_TRIAGE: "Finish triage",
    CaseEvent.FIND_NO_CASE: "Decide: no case",
    CaseEvent.FIND_CASE: "Decide: there is a case",
    CaseEvent.PUT_SUPPORT_IN_PLACE: "Support is in place",
    CaseEvent.TAKE_ACTION: "Go to action",
    CaseEvent.RECORD_OUTCOME: "Record the outcome",
    CaseEvent.START_AFTERCARE: "Start aftercare",
    CaseEvent.START_REVIEW: "Start the last review",
    CaseEvent.CLOSE: "Close the case",
    CaseEvent.REOPEN: "Open the case again",
}

# A move as the record names it once it is made.
MOVE: Final[dict[StrEnum, str]] = {
    **EVENT,
    CaseEvent.FIND_NO_CASE: "No case",
    CaseEvent.FIND_CASE: "There is a case",
    CaseEvent.RECORD_OUTCOME: "Outcome",
    CaseEvent.CLOSE: "Closed",
    CaseEvent.REOPEN: "Opened again",
}

# What may be answered to whether any of it could be a crime.
CRIME: Final = {"yes": "Yes", "no": "No", "unsure": "Not sure"}

WISH: Final[dict[StrEnum, str]] = {
    Wish.SUPPORT: "Support for the person affected",
    Wish.CASE: "That HR looks into it",
    Wish.RECORD_ONLY: "Only that it is on record",
}

VERB: Final[dict[str, str]] = {
    "case.item": "put an item into the case",
    "case.step": "recorded a step",
    "case.triage": "recorded what triage found",
    "case.police": "recorded a decision about the police",
    "case.review": "reviewed the case",
    "case.closing_answers": "answered questions about closing",
    "alert.raise": "told the members",
    "hr_case.start_triage": "started triage",
    "hr_case.finish_triage": "finished triage",
    "hr_case.find_no_case": "decided that there is no case",
    "hr_case.find_case": "decided that there is a case",
    "hr_case.put_support_in_place": "recorded that support is in place",
    "hr_case.take_action": "went to action",
    "hr_case.record_outcome": "recorded the outcome",
    "hr_case.start_aftercare": "started aftercare",
    "hr_case.start_review": "started the last review",
    "hr_case.close": "closed the case",
    "hr_case.reopen": "opened the case again",
}

_ALL: Final = (SOURCE, SUPPORT, STEP, ENTRY, QUESTION, CONSENT, OUTCOME, EVENT, WISH)
_BY_KIND: Final = {(type(code), code.value): said for part in _ALL for code, said in part.items()}
_OUTCOMES: Final = {code.value: said for code, said in OUTCOME.items()}
_LINES: Final = {
    code.value: said for part in (ENTRY, STEP, QUESTION, MOVE) for code, said in part.items()
}


def say(code: StrEnum) -> str:
    """Return what people read for a code of casework, or of any other list."""
    return _BY_KIND.get((type(code), code.value)) or words.words(code)


def outcome(code: str) -> str:
    """Return an outcome in words."""
    return _OUTCOMES[code]


def answer(code: str) -> str:
    """Return the answer to whether any of it could be a crime, in words."""
    return CRIME[code]


def consent(code: str) -> str:
    """Return what the person affected says to a police report, in words."""
    return CONSENT[Consent(code)]


def source(code: str) -> str:
    """Return how a case came about, in words."""
    return SOURCE[Source(code)]


def line(kind: str) -> str:
    """Return what sort of line of the record this is."""
    return _LINES[kind]


def verb(code: str) -> str:
    """Return what somebody did, as the history says it."""
    return VERB.get(code) or verbs.said(code)
