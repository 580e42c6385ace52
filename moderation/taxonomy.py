"""The code lists: what abuse, not-abuse, check-first codes, severities and targets are called."""

from __future__ import annotations

from enum import IntEnum, StrEnum

# Detoxify's label names, used everywhere whatever a model calls its own outputs.
LABELS = (
    "toxicity",
    "severe_toxicity",
    "obscene",
    "threat",
    "insult",
    "identity_attack",
    "sexual_explicit",
)


class Abuse(StrEnum):
    """Categories of abuse (what a decision of abuse may name)."""

    THREAT_SERIOUS = "threat_serious"
    MENACE = "menace"
    HARASSMENT_COURSE = "harassment_course"
    VIRTUAL_MOBBING = "virtual_mobbing"
    DISCRIMINATORY_ABUSE = "discriminatory_abuse"
    SEXUAL_ABUSE = "sexual_abuse"
    DOXING = "doxing"
    IMPERSONATION_ACCOUNT = "impersonation_account"
    PERSONAL_ABUSE = "personal_abuse"
    HUMILIATION_MEDIA = "humiliation_media"
    MALICIOUS_FALSEHOOD = "malicious_falsehood"
    EXTREME_CONTENT = "extreme_content"
    ABUSE_OF_SERVICE = "abuse_of_service"


class NotAbuse(StrEnum):
    """Classes of what is not abuse; none of them can be hidden as abuse."""

    CRITICISM = "criticism"
    COMPLAINT = "complaint"
    PROFANITY_UNTARGETED = "profanity_untargeted"
    RECLAIMED_OR_SELF_REFERENCE = "reclaimed_or_self_reference"
    QUOTING_OR_REPORTING_ABUSE = "quoting_or_reporting_abuse"
    COUNTER_SPEECH = "counter_speech"
    SATIRE_OR_HUMOUR = "satire_or_humour"
    POLITICAL_OR_PROTEST = "political_or_protest"
    UNION_SPEECH = "union_speech"
    EMPLOYEE_OPINION_OR_GRIEVANCE = "employee_opinion_or_grievance"
    PROTECTED_DISCLOSURE_POSSIBLE = "protected_disclosure_possible"
    QUESTION = "question"
    THANKS = "thanks"
    NEUTRAL = "neutral"


class CheckFirst(StrEnum):
    """What is more urgent than abuse and is routed before it."""

    EMERGENCY_REPORT = "emergency_report"
    WELFARE_CONCERN = "welfare_concern"
    SAFEGUARDING_ALLEGATION = "safeguarding_allegation"
    CHILD_AUTHOR = "child_author"
    TERRORISM_SIGNAL = "terrorism_signal"
    COMPLAINT = "complaint"
    MEDIA_ENQUIRY = "media_enquiry"
    INFORMATION_REQUEST = "information_request"
    DATA_BREACH_SIGNAL = "data_breach_signal"


class HouseRule(StrEnum):
    """House-rule matters, kept apart so that they never inflate the figures for abuse."""

    SPAM = "spam"
    ADVERT = "advert"
    OFF_TOPIC = "off_topic"
    REPEAT_POST = "repeat_post"
    PARTY_POLITICAL_IN_PRE_ELECTION = "party_political_in_pre_election"
    COPYRIGHT = "copyright"
    SCAM_LINK = "scam_link"
    PERSONAL_DATA_OF_SELF = "personal_data_of_self"
    SWEARING = "swearing"


class Severity(IntEnum):
    """S0 (not abuse) to S4 (critical)."""

    S0 = 0
    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4


class TargetType(StrEnum):
    """At whom or what an item is aimed."""

    NAMED_STAFF = "named_staff"
    IDENTIFIABLE_STAFF = "identifiable_staff"
    STAFF_GROUP = "staff_group"
    SERVICE = "service"
    OTHER_PUBLIC_FIGURE = "other_public_figure"
    MEMBER_OF_PUBLIC = "member_of_public"
    GROUP_BY_CHARACTERISTIC = "group_by_characteristic"
    NONE = "none"


class PerpetratorType(StrEnum):
    """Who the author is, as a person sets it."""

    PUBLIC = "public"
    SERVICE_USER = "service_user"
    LINKED_PERSON = "linked_person"
    CHILD = "child"
    EMPLOYEE = "employee"
    TEMP_VOLUNTEER_SECONDEE_EPW = "temp_volunteer_secondee_epw"
    CONTRACTOR_STAFF = "contractor_staff"
    FORMER_EMPLOYEE = "former_employee"
    ELECTED_MEMBER = "elected_member"
    UNION_REP_IN_CAPACITY = "union_rep_in_capacity"
    MEDIA_OR_CAMPAIGN = "media_or_campaign"
    ANONYMOUS = "anonymous"
    COORDINATED_OR_BOT = "coordinated_or_bot"
    UNKNOWN = "unknown"


# People who work here, so that a matter about them follows the employer's own procedure.
INTERNAL_AUTHORS = frozenset(
    {
        PerpetratorType.EMPLOYEE,
        PerpetratorType.TEMP_VOLUNTEER_SECONDEE_EPW,
        PerpetratorType.FORMER_EMPLOYEE,
        PerpetratorType.UNION_REP_IN_CAPACITY,
    }
)

# Aimed at a person who can be pointed at: only an individual can be harassed in law
# (Protection from Harassment Act 1997 s.7(5)), so only these count towards a course of conduct.
PERSON_TARGETS = frozenset({TargetType.NAMED_STAFF, TargetType.IDENTIFIABLE_STAFF})
STAFF_TARGETS = PERSON_TARGETS | {TargetType.STAFF_GROUP}

# These need the safeguarding lead, control or on-call at once, and stand first in every queue.
URGENT_CHECK_FIRST = frozenset(
    {
        CheckFirst.EMERGENCY_REPORT,
        CheckFirst.WELFARE_CONCERN,
        CheckFirst.SAFEGUARDING_ALLEGATION,
        CheckFirst.TERRORISM_SIGNAL,
    }
)
