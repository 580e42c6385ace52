"""The family of what is looked at before abuse, most urgent first."""

from __future__ import annotations

from classifiers.rules.check_first_complaints import COMPLAINT
from classifiers.rules.check_first_emergency import EMERGENCY_REPORT
from classifiers.rules.check_first_leaks import DATA_BREACH_SIGNAL
from classifiers.rules.check_first_people import CHILD_AUTHOR, TERRORISM_SIGNAL
from classifiers.rules.check_first_requests import INFORMATION_REQUEST, MEDIA_ENQUIRY
from classifiers.rules.check_first_safeguarding import SAFEGUARDING_ALLEGATION
from classifiers.rules.check_first_welfare import WELFARE_CONCERN
from classifiers.rules.engine import RuleFamily

CHECK_FIRST = RuleFamily(
    "rules.check_first",
    (
        *EMERGENCY_REPORT,
        *WELFARE_CONCERN,
        *SAFEGUARDING_ALLEGATION,
        *CHILD_AUTHOR,
        *TERRORISM_SIGNAL,
        COMPLAINT,
        MEDIA_ENQUIRY,
        INFORMATION_REQUEST,
        *DATA_BREACH_SIGNAL,
    ),
)
