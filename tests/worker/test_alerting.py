"""An alert becomes one letter with nothing in it, whatever the mail server does in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from moderation import audit
from moderation.access import Role
from moderation.lifecycle import AlertState
from moderation.reporting.alerts import promise_spooled, raise_alert
from moderation.reporting.folding import CAP, FOLDED
from moderation.reporting.mail_state import mail_state
from moderation.reporting.recipients import ROLES
from moderation.tables import AlertRow, JobRow, JobState, Lane
from tests.servers import Fault, MailServer
from tests.worker.mail_tools import settings_for
from tests.world import ORG, World
from worker.letters import SAYS
from worker.runner import Runner, attend_dead
from worker.workshop import Workshop

LEAD = "lead@northmoor.example"
Tell = Callable[..., None]


@pytest.fixture
def shop(world: World, tmp_path: Path, smtp_server: MailServer) -> Workshop:
    """The worker's parts, with mail set up."""
    return Workshop(settings_for(tmp_path, smtp_server), world.store)


@pytest.fixture
def spooling(world: World, tmp_path: Path) -> Workshop:
    """The worker's parts, with mail not set up."""
    return Workshop(settings_for(tmp_path), world.store)


def tell(shop: Workshop, rule: str = "AL1", about: str = "item:12", **more: Any) -> None:
    given: dict[str, Any] = {
        "ref": about.replace("item:", "I-"),
        "link_path": f"/items/{about.partition(':')[2]}",
        "recipients": [LEAD],
        "org_id": ORG,
        "now": shop.now(),
    }
    with shop.store.transaction() as session:
        raise_alert(session, rule, about, **(given | more))


def run_all(shop: Workshop, lane: Lane = Lane.ALERT) -> None:
    """Run what is due until nothing is."""
    runner = Runner(shop, "test")
    while runner.run_next(lane):
        pass


def make_due(shop: Workshop) -> None:
    """Let the pause of every waiting job be over."""
    with shop.store.transaction() as session:
        session.execute(update(JobRow).values(run_after=shop.now() - timedelta(seconds=1)))


def alerts(shop: Workshop) -> list[AlertRow]:
    with shop.store.reading() as session:
        return list(session.scalars(select(AlertRow).order_by(AlertRow.id)))


def job_states(shop: Workshop) -> list[JobState]:
    with shop.store.reading() as session:
        return list(session.scalars(select(JobRow.state).order_by(JobRow.id)))


def test_every_rule_has_its_sentence() -> None:
    assert set(SAYS) == set(ROLES)


def test_a_letter_holds_a_reference_and_a_link_and_nothing_else(
    shop: Workshop, smtp_server: MailServer
) -> None:
    tell(shop)
    run_all(shop)
    [taken] = smtp_server.letters
    message = taken.message
    assert message["Subject"] == "Watchroom: a critical item needs a person (I-12)"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] is not None
    assert message.get_content().splitlines() == [
        "A critical item needs a person.",
        "",
        "Reference: I-12",
        "Open: https://watchroom.northmoor.example/items/12",
        "",
        "Sign in to see it. This letter was sent by Watchroom; answers are not read.",
    ]


def test_a_letter_about_a_real_item_gives_away_no_word_and_no_name(
    world: World, shop: Workshop, smtp_server: MailServer
) -> None:
    with world.store.transaction() as session:
        item = world.item(session, "Dana Price, I know where you park", now=shop.now())
    tell(shop, about=f"item:{item.id}")
    run_all(shop)
    for taken in smtp_server.letters:
        said = taken.message.as_string().casefold()
        assert not any(word in said for word in ("dana", "price", "park", "abuse", "threat"))


def test_a_sent_alert_is_accepted_and_its_job_done_in_the_chain_too(
    shop: Workshop, smtp_server: MailServer
) -> None:
    tell(shop)
    run_all(shop)
    [alert] = alerts(shop)
    assert alert.state is AlertState.ACCEPTED
    assert alert.accepted_at is not None
    assert job_states(shop) == [JobState.DONE]
    with shop.store.reading() as session:
        assert audit.verify(session).broken_at == 0


def test_a_greylisted_alert_waits_and_arrives_once_with_its_first_message_id(
    shop: Workshop, smtp_server: MailServer
) -> None:
    tell(shop)
    smtp_server.fault = Fault.GREYLIST
    run_all(shop)
    assert (alerts(shop)[0].state, smtp_server.letters) == (AlertState.WANTED, [])
    smtp_server.fault = None
    make_due(shop)
    run_all(shop)
    [taken] = smtp_server.letters
    assert taken.message["Message-ID"] == alerts(shop)[0].message_id
    assert alerts(shop)[0].state is AlertState.ACCEPTED


def test_a_crash_after_the_server_took_the_letter_sends_the_same_letter_again(
    shop: Workshop, smtp_server: MailServer
) -> None:
    tell(shop)
    smtp_server.fault = Fault.HANG_UP_AFTER_DATA
    run_all(shop)
    smtp_server.fault = None
    make_due(shop)
    run_all(shop)
    assert len({taken.message["Message-ID"] for taken in smtp_server.letters}) == 1
    assert len({taken.message["Date"] for taken in smtp_server.letters}) == 1


def test_a_refused_alert_is_failed_and_administrators_are_told_once(
    world: World, shop: Workshop, smtp_server: MailServer
) -> None:
    tell(shop)
    smtp_server.fault = Fault.REFUSE
    Runner(shop, "test").run_next(Lane.ALERT)
    attend_dead(shop)
    first = alerts(shop)[0]
    assert first.state is AlertState.FAILED
    assert "550" in first.last_error
    smtp_server.fault = None
    run_all(shop)
    [taken] = smtp_server.letters
    assert taken.recipients == (world.users[ORG, Role.ADMINISTRATOR].email,)
    assert "technical" in taken.message["Subject"]


def test_a_letter_to_administrators_that_fails_raises_no_further_one(
    shop: Workshop, smtp_server: MailServer
) -> None:
    tell(shop)
    smtp_server.fault = Fault.REFUSE
    for _ in range(4):
        run_all(shop)
        attend_dead(shop)
    assert [alert.rule for alert in alerts(shop)] == ["AL1", "AL10"]
    assert {alert.state for alert in alerts(shop)} == {AlertState.FAILED}


def test_without_mail_the_letter_is_spooled_and_the_pages_can_say_so(
    spooling: Workshop,
) -> None:
    tell(spooling)
    run_all(spooling)
    assert alerts(spooling)[0].state is AlertState.SPOOLED
    assert len(list(spooling.settings.spool_dir.iterdir())) == 1
    with spooling.store.reading() as session:
        state = mail_state(spooling.settings, session, ORG)
    assert state.says == "Mail is not configured: 1 letter waits in the spool folder."


def test_spooled_letters_are_sent_once_mail_is_set_up(
    spooling: Workshop, shop: Workshop, smtp_server: MailServer
) -> None:
    tell(spooling)
    run_all(spooling)
    with shop.store.transaction() as session:
        promise_spooled(session, shop.now())
    run_all(shop)
    assert len(smtp_server.letters) == 1
    assert alerts(shop)[0].state is AlertState.ACCEPTED
    assert list(shop.settings.spool_dir.iterdir()) == []
    with shop.store.reading() as session:
        assert mail_state(shop.settings, session, ORG).says == ""


def test_a_second_run_of_a_sent_alert_sends_nothing(
    shop: Workshop, smtp_server: MailServer
) -> None:
    tell(shop)
    run_all(shop)
    with shop.store.transaction() as session:
        session.execute(update(JobRow).values(state=JobState.READY, attempts=0))
    run_all(shop)
    assert len(smtp_server.letters) == 1
    assert job_states(shop) == [JobState.DONE]


def test_a_storm_ends_in_one_letter_for_the_rest_and_loses_none(
    shop: Workshop, smtp_server: MailServer
) -> None:
    for n in range(CAP + 30):
        tell(shop, about=f"item:{n}")
    run_all(shop)
    assert len(smtp_server.letters) == CAP + 1
    last = smtp_server.letters[-1].message
    assert last["Subject"] == "Watchroom: 30 more alerts are waiting"
    assert "https://watchroom.northmoor.example/queue" in last.get_content()
    rows = alerts(shop)
    assert {row.state for row in rows} == {AlertState.ACCEPTED}
    assert sum(row.last_error == FOLDED for row in rows) == 30
    assert set(job_states(shop)) == {JobState.DONE}


def test_the_next_folded_letter_waits_and_its_waiting_costs_no_tries(
    shop: Workshop, smtp_server: MailServer
) -> None:
    for n in range(CAP + 1):
        tell(shop, about=f"item:{n}")
    run_all(shop)
    tell(shop, about="item:900")
    run_all(shop)
    assert len(smtp_server.letters) == CAP + 1
    with shop.store.reading() as session:
        job = session.scalars(select(JobRow).order_by(JobRow.id.desc())).first()
    assert job is not None
    assert (job.state, job.attempts) == (JobState.READY, 0)
    assert job.run_after > shop.now() + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("rule", "recipient"),
    [("AL6", LEAD), ("CASE", LEAD), ("AL1", "other@northmoor.example")],
    ids=["safety is never folded", "cases are never folded", "another person is not in this storm"],
)
def test_a_storm_does_not_hold_back(
    shop: Workshop, smtp_server: MailServer, rule: str, recipient: str
) -> None:
    for n in range(CAP + 1):
        tell(shop, "AL1", about=f"item:{n}")
    run_all(shop)
    tell(shop, rule, about="item:901", recipients=[recipient])
    run_all(shop)
    assert smtp_server.letters[-1].message["Subject"].endswith("(I-901)")


def test_a_critical_item_is_not_held_back_by_a_storm_of_lesser_ones(
    shop: Workshop, smtp_server: MailServer
) -> None:
    for n in range(CAP + 5):
        tell(shop, "AL2", about=f"item:{n}")
    run_all(shop)
    tell(shop, "AL1", about="item:902")
    run_all(shop)
    assert smtp_server.letters[-1].message["Subject"].startswith("Watchroom: a critical item")


def test_without_mail_a_storm_fills_the_spool_folder_no_further_than_the_cap(
    spooling: Workshop,
) -> None:
    for n in range(CAP + 30):
        tell(spooling, about=f"item:{n}")
    run_all(spooling)
    assert len(list(spooling.settings.spool_dir.iterdir())) == CAP + 1
    assert {row.state for row in alerts(spooling)} == {AlertState.SPOOLED}
