"""Every platform through the whole worker: taken in once, re-read, checked, lost and found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation.accounts import secret_store
from moderation.tables import AccountStatus, AlertRow, AuditBodyRow, IngestPageRow, JobState
from tests.connected import STAND_INS, Connected
from tests.world import World


@pytest.fixture(params=sorted(STAND_INS))
def connected(request: pytest.FixtureRequest, world: World, tmp_path: Path) -> Iterator[Connected]:
    with STAND_INS[request.param]() as server:
        yield Connected(world, tmp_path, request.param, server)


def write(connected: Connected, count: int = 5) -> list[str]:
    post = connected.server.post()
    return [connected.server.comment(post, f"Comment {number}") for number in range(count)]


def pages(connected: Connected) -> int:
    with connected.store.reading() as session:
        return len(session.scalars(select(IngestPageRow.id)).all())


def test_polls_take_every_comment_in_once_and_a_quiet_poll_stores_nothing(
    connected: Connected,
) -> None:
    ids = write(connected)
    connected.poll_feeds()
    assert set(connected.texts()) == set(ids)
    before = pages(connected)
    connected.later(60)
    connected.poll_feeds()
    assert pages(connected) == before
    assert connected.account().polled_at is not None
    connected.require_whole()


def test_an_idle_poll_costs_one_request(connected: Connected) -> None:
    write(connected)
    connected.poll_feeds()
    connected.later(60)
    connected.run("poll", f"{connected.account_id}:comments")
    before = len(connected.server.journal)
    connected.later(60)
    connected.run("poll", f"{connected.account_id}:comments")
    assert len(connected.server.journal) - before == 1


def test_a_round_of_rereading_finds_an_edit_and_a_deletion(connected: Connected) -> None:
    ids = write(connected)
    connected.poll_feeds()
    connected.sweep()
    assert connected.texts()[ids[1]] == "Comment 1"
    connected.server.remove(ids[2])
    edits = connected.server.platform not in {"instagram"}
    if edits:
        connected.server.edit(ids[1], "Comment 1, in other words")
    connected.later(60)
    connected.sweep()
    assert connected.texts()[ids[2]] is None
    if edits:
        assert connected.texts()[ids[1]] in {"Comment 1, in other words", "Comment 1"}
    assert {connected.texts()[native_id] for native_id in ids[3:]} == {"Comment 3", "Comment 4"}
    connected.require_whole()


def test_a_comment_that_polling_never_saw_is_found_by_rereading(connected: Connected) -> None:
    write(connected)
    connected.poll_feeds()
    post = connected.server.post("An older post.")
    late = connected.server.comment(post, "Found later")
    connected.sweep()
    assert late in connected.texts()


def test_a_check_keeps_who_we_are_there(connected: Connected) -> None:
    connected.check()
    account = connected.account()
    assert account.native_name
    assert (account.status, account.missing) == (AccountStatus.OK, [])
    assert connected.job("check").state is JobState.DONE


def test_a_dead_access_stops_the_reading_is_told_of_and_is_read_on_from_its_cursor(
    connected: Connected,
) -> None:
    ids = write(connected)
    connected.poll_feeds()
    good = connected.server.secrets()
    connected.server.lose_access()
    connected.later(60)
    connected.run("poll", f"{connected.account_id}:comments")
    account = connected.account()
    assert account.status is AccountStatus.AUTH_LOST
    assert account.status_reason.endswith(".")
    with connected.store.reading() as session:
        assert "AL10" in session.scalars(select(AlertRow.rule)).all()
    requests = len(connected.server.journal)
    connected.later(60)
    connected.run("poll", f"{connected.account_id}:comments")
    assert len(connected.server.journal) == requests, "an account without access is left alone"
    _renew(connected)
    ids += write(connected, 3)
    connected.check()
    assert connected.account().status is AccountStatus.OK
    connected.poll_feeds()
    assert set(connected.texts()) == set(ids)
    assert good


def _renew(connected: Connected) -> None:
    """Give the account the access that the stand-in takes now, as a person would."""
    server = connected.server
    server.renew_access()
    with connected.store.transaction() as session:
        now = connected.shop.now()
        for name, value in server.secrets().items():
            keys = connected.shop.sealing_keys
            secret_store.put(session, keys, connected.account_id, name, value, now=now)


def test_no_secret_reaches_the_record_in_the_open_or_the_audit_chain(connected: Connected) -> None:
    write(connected)
    connected.poll_feeds()
    connected.server.lose_access()
    connected.later(60)
    connected.run("poll", f"{connected.account_id}:comments")
    secrets = [value for value in connected.server.secrets().values() if len(value) > 6]
    account = connected.account()
    with connected.store.reading() as session:
        said = [
            account.status_reason,
            str(account.settings),
            *(str(body) for body in session.scalars(select(AuditBodyRow.body))),
        ]
    said += [str(job.last_error) for job in connected.jobs("poll")]
    assert not [secret for secret in secrets for text in said if secret in text]
