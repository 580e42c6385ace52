"""Where an action meets a fault or a limit, it is clear whether it may be asked for again."""

from __future__ import annotations

import pytest

from connectors.contract import NotDone, QuotaSpent, Throttled, Transient
from moderation.model import ActionKind, ItemRef
from tests.connectors.youtube.helping import Channel, moderated
from tests.standins.faults import Fault, FaultScript, patience

HIDE, UNHIDE = ActionKind.HIDE, ActionKind.UNHIDE


@pytest.mark.parametrize(
    ("fault", "is_done"),
    [
        (Fault.SERVER_ERROR, False),
        (Fault.APPLIED_BUT_500, True),
        (Fault.BAD_GATEWAY, False),
        (Fault.HTML_200, False),
        (Fault.CUT_BEFORE, False),
        (Fault.CUT_AFTER, True),
    ],
    ids=lambda one: str(one),
)
def test_an_outcome_that_is_unknown_is_read_back(
    channel: Channel, fault: Fault, is_done: bool
) -> None:
    ref = channel.ref(channel.write())
    channel.server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient) as told:
        channel.tube.act(ref, HIDE)
    assert not isinstance(told.value, NotDone)
    channel.server.faults = FaultScript()
    assert channel.tube.read_back(ref, HIDE) is is_done


@pytest.mark.parametrize("is_done", [False, True])
def test_an_answer_that_never_comes_is_an_unknown_outcome(channel: Channel, is_done: bool) -> None:
    ref = channel.ref(channel.write())
    fault = Fault.HANG_AFTER if is_done else Fault.HANG_BEFORE
    tube = channel.again(**patience(fault))
    tube.check()
    channel.server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient) as told:
        tube.act(ref, HIDE)
    assert not isinstance(told.value, NotDone)
    channel.server.faults = FaultScript()
    assert channel.tube.read_back(ref, HIDE) is is_done


@pytest.mark.parametrize("status", [403, 429])
def test_a_rate_limit_is_no_failure_and_nothing_was_done(channel: Channel, status: int) -> None:
    ref = channel.ref(channel.write())
    channel.server.limited_status = status
    channel.server.faults = FaultScript(1, {Fault.RATE_LIMITED: 1.0})
    with pytest.raises(Throttled):
        channel.tube.act(ref, HIDE)
    channel.server.faults = FaultScript()
    assert channel.tube.read_back(ref, HIDE) is False


def test_an_action_with_its_capture_and_read_back_may_use_the_reserve(channel: Channel) -> None:
    ref = channel.ref(channel.write())
    spent = channel.meter.spent = 900
    channel.meter.ceiling = spent + 52
    with pytest.raises(QuotaSpent):
        channel.tube.poll("comments", None)
    with pytest.raises(QuotaSpent):
        channel.tube.fetch(ItemRef(ref.native_id))
    channel.tube.fetch(ref)
    channel.tube.act(ref, HIDE)
    assert channel.tube.read_back(ref, HIDE) is True
    assert channel.meter.spent == spent + 52
    with pytest.raises(QuotaSpent):
        channel.tube.act(ref, UNHIDE)
    assert moderated(channel) == 1


def test_units_are_counted_for_what_was_sent_alone(channel: Channel) -> None:
    ref = channel.ref(channel.write())
    spent = channel.meter.spent
    channel.server.faults = FaultScript(1, {Fault.CUT_BEFORE: 1.0})
    with pytest.raises(Transient):
        channel.tube.act(ref, HIDE)
    assert channel.meter.spent == spent + 50
    dead = channel.again(base_url="http://127.0.0.1:9")
    channel.server.faults = FaultScript()
    with pytest.raises(NotDone):
        dead.act(ref, HIDE)
    assert channel.meter.spent == spent + 50


def test_a_spent_quota_stops_until_the_day_ends(channel: Channel) -> None:
    ref = channel.ref(channel.write())
    channel.server.units_a_day = 10
    with pytest.raises(QuotaSpent) as told:
        channel.tube.act(ref, HIDE)
    assert 1 <= told.value.retry_after <= 25 * 3600
    assert not channel.server.is_hidden(ref.native_id)
