"""A poll takes in what is new, page by page, and an account that fails harms no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.contract import COMMENTS
from moderation import accounts, ingest
from moderation.access import Role
from moderation.evidence.vault import Vault
from moderation.tables import AccountRow, AccountStatus, IngestPageRow, JobState, Lane
from tests.moderation.deeds import at_once
from tests.replayed import Calm, Replayed
from tests.world import World
from worker import polling


@pytest.fixture
def replayed(world: World, tmp_path: Path) -> Replayed:
    made = Replayed(world, tmp_path)
    made.shop.detectors = [Calm()]
    return made


def say(replayed: Replayed, *numbers: int) -> None:
    for number in numbers:
        replayed.say(f"c-{number}")


def poll_once(replayed: Replayed) -> None:
    replayed.promise_poll()
    replayed.work(Lane.INGEST)
    replayed.later()


def account(replayed: Replayed) -> AccountRow:
    with replayed.store.reading() as session:
        return session.get_one(AccountRow, replayed.account_id)


def cursor(replayed: Replayed) -> str | None:
    with replayed.store.reading() as session:
        return ingest.cursor_of(session, replayed.account_id, COMMENTS.name)


def promise_due(replayed: Replayed) -> int:
    with replayed.store.transaction() as session:
        return polling.promise_due(session, replayed.shop)


def test_a_poll_reads_to_the_end_and_the_next_one_goes_on_there(replayed: Replayed) -> None:
    replayed.connect(page_size=2)
    say(replayed, *range(5))
    poll_once(replayed)
    assert len(replayed.items()) == 5
    say(replayed, 5)
    poll_once(replayed)
    with replayed.store.reading() as session:
        pages = session.scalars(select(IngestPageRow.n_records).order_by(IngestPageRow.page_no))
        assert pages.all() == [2, 2, 1, 1]
    replayed.require_whole()


def test_every_page_is_in_the_vault_as_it_came(replayed: Replayed) -> None:
    replayed.connect(page_size=2)
    say(replayed, *range(5))
    poll_once(replayed)
    vault = Vault(replayed.settings.vault_dir)
    with replayed.store.reading() as session:
        names = session.scalars(select(IngestPageRow.raw_sha256).order_by(IngestPageRow.page_no))
        assert b"".join(map(vault.get, names)) == replayed.feed.read_bytes()


def test_a_poll_that_finds_nothing_new_stores_no_page(replayed: Replayed) -> None:
    say(replayed, 1)
    poll_once(replayed)
    before = cursor(replayed)
    poll_once(replayed)
    with replayed.store.reading() as session:
        assert len(session.scalars(select(IngestPageRow.id)).all()) == 1
    assert cursor(replayed) == before
    assert account(replayed).polled_at == replayed.job("poll").done_at


def test_a_long_backlog_is_read_in_several_jobs_without_a_gap(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PAGES_PER_JOB", 2)
    replayed.connect(page_size=1)
    say(replayed, *range(5))
    poll_once(replayed)
    assert len(replayed.items()) == 5
    assert len(replayed.jobs("poll")) == 3
    replayed.require_whole()


def test_a_poll_that_breaks_off_keeps_its_pages_and_goes_on_behind_them(
    replayed: Replayed,
) -> None:
    replayed.connect(page_size=2, faults=[{"call": "poll", "skip": 1, "retry_after": 5}])
    say(replayed, *range(5))
    replayed.promise_poll()
    replayed.work(Lane.INGEST)
    assert len(replayed.items()) == 2
    job = replayed.job("poll")
    # An outage uses up no try, however long it lasts.
    assert (job.state, job.attempts) == (JobState.READY, 0)
    assert account(replayed).failures == 1
    assert account(replayed).status_reason
    replayed.later(60)
    replayed.work(Lane.INGEST)
    assert len(replayed.items()) == 5
    assert account(replayed).failures == 0
    assert account(replayed).status_reason == ""
    replayed.require_whole()


def test_an_account_whose_access_ended_is_read_no_more_until_a_person_resumes_it(
    replayed: Replayed,
) -> None:
    replayed.connect(faults=[{"call": "poll", "error": "auth_lost"}])
    say(replayed, 1)
    poll_once(replayed)
    assert account(replayed).status is AccountStatus.AUTH_LOST
    assert replayed.job("poll").state is JobState.DONE
    replayed.later(3600)
    promise_due(replayed)
    assert [job.ref for job in replayed.jobs("poll")].count(f"{replayed.account_id}:comments") == 1
    admin = replayed.world.actor(Role.ADMINISTRATOR)
    with replayed.store.transaction() as session:
        accounts.resume(session, "page", actor=admin, now=replayed.shop.at)
    poll_once(replayed)
    assert len(replayed.items()) == 1


def test_a_paused_account_is_not_read_even_by_a_poll_promised_before(replayed: Replayed) -> None:
    say(replayed, 1)
    replayed.promise_poll()
    admin = replayed.world.actor(Role.ADMINISTRATOR)
    with replayed.store.transaction() as session:
        accounts.pause(session, "page", reason="A quiet week", actor=admin, now=replayed.shop.at)
    replayed.work(Lane.INGEST)
    assert replayed.items() == []
    assert replayed.job("poll").state is JobState.DONE


def test_a_platform_that_refuses_for_good_is_told_of_and_the_account_says_why(
    replayed: Replayed,
) -> None:
    replayed.connect(faults=[{"call": "poll", "error": "permanent"}])
    poll_once(replayed)
    assert replayed.job("poll").state is JobState.DEAD
    assert replayed.job("poll").told_at is not None
    assert account(replayed).failures == 1


def test_a_due_account_gets_one_poll_however_many_clocks_there_are(replayed: Replayed) -> None:
    at_once([lambda: promise_due(replayed) for _ in range(4)])
    refs = [job.ref for job in replayed.jobs("poll")]
    assert sorted(refs) == sorted(
        {f"{row.id}:comments" for row in replayed.world.accounts.values()}
    )


def test_an_account_gets_no_second_poll_before_its_first_is_over_or_its_time_has_come(
    replayed: Replayed,
) -> None:
    promise_due(replayed)
    replayed.later(600)
    assert promise_due(replayed) == 0
    replayed.work(Lane.INGEST)
    replayed.later(30)
    assert promise_due(replayed) == 0
    replayed.later(31)
    assert promise_due(replayed) == len(replayed.world.accounts)
