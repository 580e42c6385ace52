"""The family of what is looked at before abuse, most urgent first."""

from __future__ import annotations

from classifiers.rules.check_first_lives import EMERGENCY_REPORT, WELFARE_CONCERN
from classifiers.rules.check_first_people import (
    CHILD_AUTHOR,
    SAFEGUARDING_ALLEGATION,
    TERRORISM_SIGNAL,
)
from classifiers.rules.check_first_routes import (
    COMPLAINT,
    DATA_BREACH_SIGNAL,
    INFORMATION_REQUEST,
    MEDIA_ENQUIRY,
)
from classifiers.rules.engine import RuleFamily

CHECK_FIRST = RuleFamily(
    "rules.check_first",
    (
        EMERGENCY_REPORT,
        WELFARE_CONCERN,
        SAFEGUARDING_ALLEGATION,
        CHILD_AUTHOR,
        TERRORISM_SIGNAL,
        COMPLAINT,
        MEDIA_ENQUIRY,
        INFORMATION_REQUEST,
        DATA_BREACH_SIGNAL,
    ),
)
