"""What cannot wait is found where a model is sure that something cannot, if not what it is."""

from __future__ import annotations

import pytest

from moderation.model import Hit, Signal
from moderation.policy import Policy
from moderation.proposing import Outcome, Proposal, Subject, propose
from moderation.targets import Target
from moderation.taxonomy import LABELS, CheckFirst, Severity, TargetType

POLICY = Policy.load()
SURE = POLICY.sureness.urgent_from
UNSURE = SURE - 0.01
EMERGENCY, WELFARE = "check.emergency_report", "check.welfare_concern"
SAFEGUARDING, COMPLAINT = "check.safeguarding_allegation", "check.complaint"


def read(codes: dict[str, float], *hits: Hit) -> Proposal:
    quiet = dict.fromkeys(LABELS, 0.02)
    signal = Signal("model@1", quiet, hits=hits, codes={"abuse": 0.0, **codes})
    return propose(Subject("She is on the bridge"), [signal], Target(TargetType.NONE), POLICY)


def test_the_likeliest_holds_where_only_that_it_cannot_wait_is_sure() -> None:
    found = read({"urgent": SURE, WELFARE: 0.30, EMERGENCY: 0.05})
    assert (found.outcome, found.severity) == (Outcome.FLAG, Severity.S4)
    assert found.check_first == (CheckFirst.WELFARE_CONCERN,)
    assert found.reasons[0] == "The model reads that somebody may harm themselves"


def test_what_is_nearly_as_likely_holds_beside_it() -> None:
    found = read({"urgent": SURE, WELFARE: 0.30, EMERGENCY: 0.29, SAFEGUARDING: 0.01})
    assert set(found.check_first) == {CheckFirst.EMERGENCY_REPORT, CheckFirst.WELFARE_CONCERN}


@pytest.mark.parametrize("codes", [{WELFARE: 0.30}, {"urgent": UNSURE, WELFARE: 0.30}], ids=str)
def test_below_that_nothing_is_found_and_the_text_is_clear(codes: dict[str, float]) -> None:
    found = read(codes)
    assert (found.outcome, found.check_first) == (Outcome.CLEAR, ())


def test_a_code_that_is_sure_by_itself_needs_no_other_and_brings_none() -> None:
    found = read({"urgent": 0.99, WELFARE: 0.95, EMERGENCY: 0.30})
    assert found.check_first == (CheckFirst.WELFARE_CONCERN,)


def test_what_is_nearly_as_likely_holds_beside_a_code_that_is_sure_by_itself() -> None:
    found = read({WELFARE: 0.60, EMERGENCY: 0.39, SAFEGUARDING: 0.10})
    assert set(found.check_first) == {CheckFirst.EMERGENCY_REPORT, CheckFirst.WELFARE_CONCERN}


def test_what_can_wait_is_not_brought_in_by_what_cannot() -> None:
    found = read({"urgent": SURE, WELFARE: 0.10, COMPLAINT: 0.60})
    assert found.check_first == (CheckFirst.WELFARE_CONCERN,)


def test_a_rule_keeps_its_own_sentence() -> None:
    fired = Hit(EMERGENCY, "It says that somebody is trapped", 0, 3)
    found = read({"urgent": SURE, EMERGENCY: 0.30}, fired)
    assert found.reasons[0] == "It says that somebody is trapped"
