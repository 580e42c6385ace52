"""What is due goes by itself, what is needed stays, and a worker that dies is no loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import audit, holds, review
from moderation.access import Role
from moderation.errors import Conflict
from moderation.evidence.care.checking import Care, Check, go_on
from moderation.tables import (
    AuditBodyRow,
    DeliveryRow,
    EvidenceMediaRow,
    HoldReason,
    IngestPageRow,
    QuarantineRow,
)
from moderation.taxonomy import Severity
from tests.dying import DyingStore, in_a_child
from tests.moderation.deeds import ABUSE, NOT_ABUSE, form
from tests.replayed import SteppedShop, give_lease_back
from tests.worker.erasing_tools import Ageing
from tests.world import World
from worker.runner import Runner


@pytest.fixture
def ageing(world: World, tmp_path: Path) -> Ageing:
    return Ageing(world, tmp_path)


@pytest.fixture
def small(sqlite_world: World, tmp_path: Path) -> Ageing:
    return Ageing(sqlite_world, tmp_path)


def check(ageing: Ageing) -> Check:
    care = Care(ageing.store, ageing.shop.vault, ageing.shop.vault_index)
    done = go_on(care, ageing.shop.at, seconds=60)
    assert done is not None
    return done


def test_what_waits_for_a_person_never_goes(ageing: Ageing) -> None:
    ageing.insult("waits")
    ageing.insult("in hand")
    ageing.decide("in hand")
    ageing.age(4_000)
    ageing.run_day()
    assert not ageing.is_erased("waits")
    assert not ageing.is_erased("in hand")
    assert ageing.erasures() == []


def test_a_hold_stops_the_clock_until_a_person_ends_it(ageing: Ageing) -> None:
    ageing.insult("held")
    ageing.settle("held", NOT_ABUSE)
    item_id, lead = ageing.item("held").id, ageing.world.actor(Role.HR_LEAD)
    with ageing.store.transaction() as session:
        row = holds.begin(
            session,
            item_id,
            HoldReason.CLAIM,
            note="A solicitor has written to us.",
            form_id=form(),
            actor=lead,
            now=ageing.shop.at,
        )
    ageing.age(400)
    ageing.run_day()
    assert not ageing.is_erased("held")
    with ageing.store.transaction() as session:
        assert holds.held_items(session, [item_id])
        holds.end(session, row.id, reason="The claim was dropped.", actor=lead, now=ageing.shop.at)
    ageing.later()
    ageing.run_day()
    assert ageing.is_erased("held")
    ageing.require_whole()


def test_the_clock_of_abuse_starts_with_the_last_occasion(small: Ageing) -> None:
    author = {"id": "a-again", "handle": "@again"}
    small.say("first", "Dana Price, you useless clown", author=author)
    small.poll()
    small.settle("first")
    small.age(80)
    small.say("second", "Dana Price is a clown again", author=author)
    small.poll()
    small.settle("second")
    small.age(300)
    small.run_day()
    assert not small.is_erased("first"), "380 days old, and 300 since the author's last occasion"
    small.age(66)
    small.run_day()
    assert small.is_erased("first")
    assert small.is_erased("second")


def test_a_file_that_another_record_needs_stays(ageing: Ageing) -> None:
    for native_id in ("goes", "stays"):
        ageing.insult(native_id)
    ageing.settle("goes", NOT_ABUSE)
    ageing.age(31)
    ageing.run_day()
    assert ageing.is_erased("goes")
    kept = ageing.evidence("stays")
    seal = ageing.shop.vault.get(str(kept.sha256)).decode()
    names = [line.split("  ")[0] for line in seal.splitlines()]
    assert all(ageing.shop.vault.get(name) for name in names)
    assert check(ageing).is_well


def test_a_page_as_received_stays_as_long_as_the_last_item_on_it(ageing: Ageing) -> None:
    ageing.say("kind", "Nice engine")
    ageing.say("rude", "Dana Price, you useless clown")
    ageing.poll()
    with ageing.store.reading() as session:
        page = session.scalars(select(IngestPageRow.raw_sha256)).one()
    ageing.age(40)
    ageing.run_day()
    assert ageing.is_erased("kind")
    assert ageing.shop.vault.has(page), "the flagged item on it waits"
    ageing.settle("rude", NOT_ABUSE)
    ageing.age(31)
    ageing.run_day()
    assert not ageing.shop.vault.has(page)
    assert check(ageing).is_well
    ageing.require_whole()


def test_media_of_what_is_no_abuse_goes_first(small: Ageing) -> None:
    small.insult("rude")
    small.settle("rude", NOT_ABUSE)
    name = small.shop.vault.put(b"a picture")
    with small.store.transaction() as session:
        session.add(
            EvidenceMediaRow(
                evidence_id=small.evidence("rude").id,
                n=1,
                url="https://pictures.example/1.png",
                sha256=name,
                fetched_at=small.shop.at,
            )
        )
    small.age(8)
    small.run_day()
    assert not small.shop.vault.has(name)
    assert not small.is_erased("rude")
    assert [(row.klass, row.about) for row in small.erasures()] == [("G1", "media")]
    small.age(1)
    small.run_day()
    assert len(small.erasures()) == 1, "it is erased once"
    assert check(small).is_well


def test_a_record_in_quarantine_goes_after_a_person_set_it_aside(ageing: Ageing) -> None:
    ageing.say("bad\0", "a")
    ageing.poll()
    ageing.age(100)
    ageing.run_day()
    with ageing.store.transaction() as session:
        row = session.scalars(select(QuarantineRow)).one()
        assert row.raw
        row.resolved_at, row.resolution = ageing.shop.at, "Nothing in it."
        page = session.get_one(IngestPageRow, row.page_id).raw_sha256
    ageing.age(31)
    ageing.run_day()
    with ageing.store.reading() as session:
        row = session.scalars(select(QuarantineRow)).one()
        assert (row.raw, row.erased_at) == (b"", ageing.shop.at)
    assert not ageing.shop.vault.has(page)
    ageing.require_whole()


def test_what_a_platform_pushed_goes_once_it_is_read(small: Ageing) -> None:
    with small.store.transaction() as session:
        for number, read in enumerate((small.shop.at, None)):
            session.add(
                DeliveryRow(
                    account_id=small.account_id,
                    sha256=str(number) * 64,
                    raw=b"{}",
                    received_at=small.shop.at,
                    read_at=read,
                )
            )
    small.age(8)
    small.run_day()
    with small.store.reading() as session:
        assert sorted(session.scalars(select(DeliveryRow.raw))) == [b"", b"{}"]


def test_an_author_is_forgotten_once_no_pattern_counts_them(ageing: Ageing) -> None:
    ageing.say("kind", "Nice engine")
    ageing.poll()
    ageing.age(31)
    ageing.run_day()
    assert ageing.item("kind").author_ref == "a-kind"
    ageing.age(60)
    ageing.run_day()
    assert ageing.item("kind").author_ref is None


def test_old_lines_of_the_chain_say_nothing_any_more_and_the_chain_is_whole(small: Ageing) -> None:
    small.insult("rude")
    small.settle("rude", replace(ABUSE, severity=Severity.S4))
    small.age(2_200)
    small.run_day()
    with small.store.reading() as session:
        assert not audit.verify(session).broken_at
        left = session.execute(
            select(AuditBodyRow.object, AuditBodyRow.body).where(
                AuditBodyRow.at < small.shop.at - timedelta(days=2_192)
            )
        ).all()
    said = {row.object for row in left if row.body}
    assert said, "what is held stays whole"
    assert {name.partition(":")[0] for name in said} <= {"item", "evidence_record"}
    assert any(row.body is None for row in left)
    small.require_whole()


def test_what_was_erased_cannot_be_taken_up_again(small: Ageing) -> None:
    small.insult("rude")
    small.settle("rude", NOT_ABUSE)
    small.age(31)
    small.run_day()
    item, actor = small.item("rude"), small.world.actor(Role.COMMS_LEAD)
    with small.store.transaction() as session, pytest.raises(Conflict, match="erased"):
        review.reopen(
            session,
            item.id,
            reason="I should like to look at it again.",
            revision=item.revision,
            actor=actor,
            now=small.shop.at,
        )
    with small.store.transaction() as session, pytest.raises(Conflict, match="erased"):
        review.want_capture(session, item.id, actor=actor, now=small.shop.at)


def test_the_same_words_seen_again_are_no_news_and_an_edit_is(small: Ageing) -> None:
    small.say("kind", "Nice engine")
    small.poll()
    small.age(31)
    small.run_day()
    small.say("kind", "Nice engine")
    small.later()
    small.poll()
    assert small.words("kind") == [None]
    small.say("kind", "Dana Price, you useless clown")
    small.later()
    small.poll()
    assert small.words("kind") == [None, "Dana Price, you useless clown"]
    assert small.item("kind").queue_rank is not None
    small.require_whole()


class DyingShop(SteppedShop):
    """A worker's parts in the process that is to die."""


@pytest.mark.parametrize("commit", range(1, 8))
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_worker_that_dies_at_any_commit_leaves_nothing_that_the_next_does_not_finish(
    small: Ageing, commit: int, before: bool
) -> None:
    for native_id in ("one", "two"):
        small.insult(native_id, "zanzibarquartz")
        small.settle(native_id, NOT_ABUSE)
    small.age(31)
    small.promise_day()

    def work() -> None:
        shop = DyingShop(small.settings, DyingStore.open(small.settings.database_url))
        shop.at = small.shop.at
        store: DyingStore = shop.store  # type: ignore[assignment]
        store.die_at(commit, before=before)
        Runner(shop, "dying").run_next(small.job("erase").lane)

    died = in_a_child(work)
    give_lease_back(small)
    small.require_whole()
    small.later(60)
    small.work()
    assert died or commit > 5
    assert small.is_erased("one")
    assert small.is_erased("two")
    check(small)
    assert small.traces("zanzibarquartz") == []
    small.require_whole()
