"""A checkpoint finds what the chain alone cannot: a tail that was cut off, a chain made anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moderation import audit, checkpoints
from moderation.access import system
from moderation.checkpoints import Checked, Outside
from moderation.evidence import stamps
from moderation.evidence.seal import SigningKey, verify
from moderation.store import Store
from moderation.tables import (
    AuditCheckpointRow,
    AuditHeadRow,
    JobRow,
    Stamped,
)
from tests.moderation.deeds import at_once, cut_off
from tests.moderation.locks import unlocked
from tests.moderation.rewriting import LINES, cut_the_tail, leave_one_out, swap_two, write_anew
from tests.world import NOW, ORG

ORIGIN = "watchroom.northmoor.example/audit"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return SigningKey.of(tmp_path / "keys")


def add(store: Store, count: int = 1) -> None:
    for n in range(count):
        with store.transaction() as session:
            audit.append(session, "item.view", f"item:{n}", actor=system("test", ORG), at=NOW)


def take(
    store: Store, key: SigningKey, now: datetime = NOW, *, is_mailed: bool = False
) -> int | None:
    with store.transaction() as session:
        return checkpoints.take(session, key, ORIGIN, is_mailed=is_mailed, now=now)


def rows(store: Store) -> list[AuditCheckpointRow]:
    with store.reading() as session:
        found = session.scalars(select(AuditCheckpointRow).order_by(AuditCheckpointRow.id))
        return list(found)


def dedupes(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(JobRow.dedupe).order_by(JobRow.id)))


def checked(store: Store, key: SigningKey, *outside: Outside) -> Checked:
    with store.reading() as session:
        keys = {key.fingerprint: key.public_pem}
        return checkpoints.check(session, audit.verify(session), keys, outside)


def kept(row: AuditCheckpointRow) -> Outside:
    return Outside("mailed.txt", row.note, row.signature)


def test_a_checkpoint_is_three_lines_and_a_signature_over_them(
    store: Store, key: SigningKey
) -> None:
    add(store, LINES)
    assert take(store, key) is not None
    [row] = rows(store)
    with store.reading() as session:
        head = session.get_one(AuditHeadRow, 1)
    assert row.note == f"{ORIGIN}\n{LINES}\n{head.line_hash}\n"
    assert (row.seq, row.line_hash, row.fingerprint) == (LINES, head.line_hash, key.fingerprint)
    assert verify(key.public_pem, row.note.encode(), row.signature)
    assert checked(store, key, kept(row)).is_whole


def test_an_empty_chain_has_no_checkpoint(store: Store, key: SigningKey) -> None:
    assert take(store, key) is None


def test_a_checkpoint_is_taken_each_hour_in_which_the_chain_grew_and_each_day(
    store: Store, key: SigningKey
) -> None:
    evening = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    add(store)
    assert take(store, key, evening)
    assert take(store, key, evening + HOUR) is None
    add(store)
    assert take(store, key, evening + 29 * MINUTE) is None
    assert take(store, key, evening + 31 * MINUTE)
    add(store)
    assert take(store, key, evening + 90 * MINUTE) is None
    assert take(store, key, evening + 91 * MINUTE)
    assert [row.seq for row in rows(store)] == [1, 2, 3]


def test_two_clocks_at_the_same_moment_take_one(store: Store, key: SigningKey) -> None:
    add(store, LINES)
    found = at_once([partial(take, store, key)] * 4)
    assert sorted(one is None for one in found) == [False, True, True, True]
    assert len(rows(store)) == 1


def test_a_checkpoint_promises_its_file_its_stamps_and_one_letter_a_day(
    store: Store, key: SigningKey
) -> None:
    store.authorities = ("first",)
    add(store)
    first = take(store, key, is_mailed=True)
    add(store)
    second = take(store, key, NOW + HOUR, is_mailed=True)
    assert sorted(dedupes(store)) == [
        f"checkpoint_file:{first}:signed",
        f"checkpoint_file:{second}:signed",
        "checkpoint_mail:2026-11-20",
        "stamp:1",
        "stamp:2",
    ]
    with store.reading() as session:
        assert first is not None
        [stamp] = stamps.of(session, Stamped.CHECKPOINT, first)
        wanted = stamps.wanted(session, 1)
    assert (stamp.authority, stamp.state) == ("first", "wanted")
    assert wanted is not None
    assert wanted.note.decode() == rows(store)[0].note


def test_without_a_mailbox_no_letter_is_promised(store: Store, key: SigningKey) -> None:
    add(store)
    take(store, key)
    assert [one for one in dedupes(store) if "mail" in one] == []


def test_a_checkpoint_that_is_rolled_back_promises_nothing(store: Store, key: SigningKey) -> None:
    add(store)
    with cut_off(store) as session:
        checkpoints.take(session, key, ORIGIN, is_mailed=True, now=NOW)
    assert (rows(store), dedupes(store)) == ([], [])


HARMS = [
    (cut_the_tail, f"was taken at line {LINES}, which the chain no longer has"),
    (write_anew, f"was taken of another chain: line {LINES} was another one then"),
    (swap_two, f"was taken of another chain: line {LINES} was another one then"),
    (leave_one_out, f"was taken at line {LINES}, which the chain no longer has"),
]


@pytest.mark.parametrize(("harm", "says"), HARMS)
def test_what_the_chain_itself_does_not_show_is_found(
    store: Store, key: SigningKey, harm: Callable[[Session], None], says: str
) -> None:
    add(store, LINES)
    take(store, key)
    [row] = rows(store)
    with unlocked(store) as session:
        harm(session)
    found = checked(store, key)
    assert found.verdict.broken_at == 0
    assert found.faults == (f"checkpoint {row.id} {says}",)
    # Whoever removes the rows of the checkpoints too is found by one that was kept outside.
    with unlocked(store) as session:
        session.execute(delete(AuditCheckpointRow))
    assert checked(store, key).is_whole
    assert checked(store, key, kept(row)).faults == (f"mailed.txt {says}",)


def test_two_installations_that_go_on_from_one_copy_are_a_fork(
    store: Store, key: SigningKey
) -> None:
    add(store, 3)
    with store.reading() as session:
        last = session.get_one(AuditHeadRow, 1).line_hash
    here = checkpoints.note(ORIGIN, 3, last)
    there = checkpoints.note(ORIGIN, 4, "f" * 64)
    add(store)
    both = [Outside("a", one, key.sign(one.encode())) for one in (here, there)]
    found = checked(store, key, both[0], replace(both[1], name="b"))
    assert found.faults == ("b was taken of another chain: line 4 was another one then",)


def test_a_chain_that_goes_on_agrees_with_its_earlier_checkpoints(
    store: Store, key: SigningKey
) -> None:
    add(store, 3)
    take(store, key)
    add(store, 3)
    with store.transaction() as session:
        audit.erase(session, 2, actor=system("retention", ORG), reason="due", now=NOW)
    assert checked(store, key, kept(rows(store)[0])) == Checked(audit.Verdict(7), 2, ())


def test_a_checkpoint_that_nobody_signed_or_somebody_else_is_no_checkpoint(
    store: Store, key: SigningKey, tmp_path: Path
) -> None:
    add(store, LINES)
    take(store, key)
    good = kept(rows(store)[0])
    other = SigningKey.of(tmp_path / "other")
    forged = good.note.replace(f"\n{LINES}\n", "\n2\n")
    for told, says in (
        (replace(good, signature=None), "has no signature beside it"),
        (replace(good, signature=b""), "is not signed by a key in the keys folder"),
        (replace(good, signature=other.sign(good.note.encode())), "is not signed by a key"),
        (replace(good, note=forged), "is not signed by a key"),
        (Outside("x", "hello\n", key.sign(b"hello\n")), "is not the three lines of a checkpoint"),
    ):
        assert any(says in fault for fault in checked(store, key, told).faults), says


def test_a_row_that_says_something_else_than_was_signed_is_found(
    store: Store, key: SigningKey, tmp_path: Path
) -> None:
    add(store, LINES)
    take(store, key)
    [row] = rows(store)
    with unlocked(store) as session:
        session.execute(update(AuditCheckpointRow).values(seq=LINES - 1))
    assert checked(store, key).faults == (f"checkpoint {row.id} says something else than its row",)
    with unlocked(store) as session:
        session.execute(update(AuditCheckpointRow).values(signature=b"0" * 64))
    assert "is not signed by a key" in checked(store, key).faults[0]
    stranger = SigningKey.of(tmp_path / "other")
    assert "is not signed by a key" in checked(store, stranger).faults[0]


def test_checkpoints_of_an_earlier_key_are_checked_while_its_public_half_is_kept(
    store: Store, key: SigningKey, tmp_path: Path
) -> None:
    add(store)
    take(store, key)
    keys = tmp_path / "keys"
    (keys / "evidence-signing.key.pem").unlink()
    (keys / "evidence-signing.pub.pem").rename(keys / "until-2026.pub.pem")
    (keys / "broken.pub.pem").write_text("no key")
    second = SigningKey.of(keys)
    assert set(checkpoints.public_keys(keys)) == {key.fingerprint, second.fingerprint}
    with store.reading() as session:
        found = checkpoints.check(session, audit.verify(session), checkpoints.public_keys(keys))
    assert found.is_whole


@pytest.mark.parametrize(
    "harm", ["UPDATE audit_checkpoint SET seq = 9", "DELETE FROM audit_checkpoint"]
)
def test_the_database_itself_keeps_checkpoints_as_they_are(
    store: Store, key: SigningKey, harm: str
) -> None:
    add(store)
    take(store, key)
    with cut_off(store) as session, pytest.raises(DBAPIError, match="a checkpoint is never"):
        session.execute(text(harm))
