"""Evidence is wanted once, captured once, and wanted again only after it failed."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from moderation import audit, jobs
from moderation.access import system
from moderation.errors import EvidenceMissing, IllegalTransition, NotFound
from moderation.evidence import capture
from moderation.evidence.seal import verify
from moderation.evidence.sealing import MANIFEST, Sealed, listing, read_manifest, seal_files
from moderation.evidence.wanting import want_many
from moderation.lifecycle import EvidenceState
from moderation.tables import AuditBodyRow, EvidenceRow, ItemRow, JobRow, JobState, Lane
from tests.moderation.evidence.making import House
from tests.world import CLEAR, NOW, ORG, World, hours

SEALED = Sealed(manifest_sha256="a" * 64, size=10, path="aa/" + "a" * 64)


def _clear_item(world: World) -> ItemRow:
    with world.store.transaction() as session:
        return world.item(session, made=CLEAR)


def _want(world: World, item: ItemRow, by: str = "user:1") -> EvidenceRow:
    with world.store.transaction() as session:
        return capture.want(session, item.id, item.version, by, NOW)


def _capture_job(world: World, row: EvidenceRow) -> JobRow:
    with world.store.reading() as session:
        return session.scalars(select(JobRow).where(JobRow.dedupe == f"capture:{row.id}")).one()


def _let_it_die(world: World, row: EvidenceRow) -> None:
    job = _capture_job(world, row)
    with world.store.transaction() as session:
        held = jobs.claim(session, job.id, owner="test", now=NOW)
        assert held is not None
        jobs.bury(session, held, error="test")
        capture.failed(session, row.id, "The disk is full.", NOW)


def test_wanting_makes_a_record_with_a_reference_and_its_job(world: World) -> None:
    row = _want(world, _clear_item(world))
    assert row.state is EvidenceState.WANTED
    assert row.ref == f"EV-2026-{row.id:06d}"
    job = _capture_job(world, row)
    assert (job.kind, job.ref, job.lane) == ("capture", str(row.id), Lane.CAPTURE)


def test_wanting_twice_is_one_record_and_one_job(world: World) -> None:
    item = _clear_item(world)
    first, second = _want(world, item), _want(world, item, "user:2")
    assert (first.id, second.requested_by) == (second.id, "user:1")
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(EvidenceRow)) == 1
        assert (
            session.scalar(select(func.count()).select_from(JobRow).where(JobRow.kind == "capture"))
            == 1
        )


def test_many_wanted_at_once_are_one_record_and_job_each(world: World) -> None:
    items = [_clear_item(world) for _ in range(3)]
    earlier = _want(world, items[1], "user:2")
    for _ in range(2):
        with world.store.transaction() as session:
            versions = [(item.id, 1) for item in items]
            want_many(session, versions, requested_by="system:triage", now=NOW)
    with world.store.reading() as session:
        rows = session.scalars(select(EvidenceRow).order_by(EvidenceRow.item_id)).all()
        assert [row.ref for row in rows] == [capture.reference(row.id, NOW) for row in rows]
        assert rows[1].id == earlier.id
        wanted_by = [row.requested_by for row in rows]
        promised = select(JobRow.ref).where(JobRow.kind == "capture")
        assert sorted(session.scalars(promised)) == sorted(str(row.id) for row in rows)
    assert wanted_by == ["system:triage", "user:2", "system:triage"]


def test_two_people_who_want_it_at_once_get_the_same_record(world: World) -> None:
    item = _clear_item(world)
    both = threading.Barrier(2)
    got: list[int] = []

    def press() -> None:
        both.wait()
        got.append(_want(world, item).id)

    people = [threading.Thread(target=press) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert got[0] == got[1]


def test_a_rollback_leaves_neither_record_nor_job(world: World) -> None:
    item = _clear_item(world)
    with world.store.transaction() as session:
        capture.want(session, item.id, item.version, "user:1", NOW)
        session.rollback()
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(EvidenceRow)) == 0


def test_a_captured_record_says_when_and_its_hash_joins_the_chain(world: World) -> None:
    row = _want(world, _clear_item(world))
    with world.store.transaction() as session:
        capture.captured(session, row.id, SEALED, NOW + hours(1), system("capture", ORG), "A note")
    with world.store.reading() as session:
        kept = session.get_one(EvidenceRow, row.id)
        assert (kept.state, kept.sha256, kept.size) == (EvidenceState.CAPTURED, "a" * 64, 10)
        assert (kept.captured_at, kept.note) == (NOW + hours(1), "A note")
        bodies = session.scalars(
            select(AuditBodyRow.body).where(AuditBodyRow.object == f"evidence_record:{row.id}")
        ).all()
        assert any("a" * 64 in (body or "") for body in bodies)
        assert audit.verify(session).broken_at == 0


def test_what_is_captured_is_never_captured_over(world: World) -> None:
    row = _want(world, _clear_item(world))
    other = Sealed("b" * 64, 11, "bb/" + "b" * 64)
    with world.store.transaction() as session:
        capture.captured(session, row.id, SEALED, NOW, system("capture", ORG))
    with pytest.raises(IllegalTransition), world.store.transaction() as session:
        capture.captured(session, row.id, other, NOW, system("capture", ORG))
    with world.store.reading() as session:
        assert session.get_one(EvidenceRow, row.id).sha256 == "a" * 64


def test_wanting_what_is_captured_promises_nothing(world: World) -> None:
    item = _clear_item(world)
    row = _want(world, item)
    with world.store.transaction() as session:
        capture.captured(session, row.id, SEALED, NOW, system("capture", ORG))
    assert _want(world, item).state is EvidenceState.CAPTURED


def test_a_failed_capture_is_tried_again_when_somebody_wants_it(world: World) -> None:
    item = _clear_item(world)
    row = _want(world, item)
    _let_it_die(world, row)
    with world.store.reading() as session:
        assert session.get_one(EvidenceRow, row.id).state is EvidenceState.FAILED
    again = _want(world, item, "user:2")
    assert (again.id, again.state) == (row.id, EvidenceState.WANTED)
    job = _capture_job(world, row)
    assert (job.state, job.attempts) == (JobState.READY, 0)
    with world.store.reading() as session:
        actors = session.scalars(
            select(AuditBodyRow.actor).where(AuditBodyRow.verb == "evidence_record.want")
        ).all()
    assert actors == ["user:2"]


def test_a_failure_that_comes_late_leaves_captured_evidence_alone(world: World) -> None:
    row = _want(world, _clear_item(world))
    with world.store.transaction() as session:
        capture.captured(session, row.id, SEALED, NOW, system("capture", ORG))
        capture.failed(session, row.id, "Too late.", NOW)
    with world.store.reading() as session:
        assert session.get_one(EvidenceRow, row.id).state is EvidenceState.CAPTURED


def test_evidence_that_does_not_exist_is_not_found(world: World) -> None:
    with pytest.raises(NotFound), world.store.transaction() as session:
        capture.captured(session, 99, SEALED, NOW, system("capture", ORG))


def test_a_seal_names_every_file_and_openly_carries_its_signature_and_key(
    sqlite_house: House,
) -> None:
    house = sqlite_house
    sealed = seal_files({"b.txt": b"two", "a.txt": b"one"}, house.vault, house.key)
    found = listing(house.vault, sealed.path, sealed.manifest_sha256)
    manifest = house.vault.get(found.seal[MANIFEST])
    assert list(read_manifest(manifest)) == ["a.txt", "b.txt"]
    assert house.vault.get(found.files["b.txt"]) == b"two"
    signature = house.vault.get(found.seal["manifest-sha256.txt.sig"])
    assert verify(house.vault.get(found.seal["signing-key.pub.pem"]), manifest, signature)
    assert sealed.size == 6


def test_the_same_files_sealed_twice_are_the_same_seal(sqlite_house: House) -> None:
    house = sqlite_house
    first = seal_files({"a": b"one"}, house.vault, house.key)
    assert seal_files({"a": b"one"}, house.vault, house.key) == first


def test_a_seal_of_other_files_is_refused(sqlite_house: House) -> None:
    house = sqlite_house
    first = seal_files({"a": b"one"}, house.vault, house.key)
    second = seal_files({"a": b"two"}, house.vault, house.key)
    with pytest.raises(EvidenceMissing, match="same backup"):
        listing(house.vault, first.path, second.manifest_sha256)


@pytest.mark.parametrize(
    "line",
    [
        b"0" * 64 + b"  ../up\n",
        b"0" * 64 + b"  /abs\n",
        b"0" * 64 + b"  a/../b\n",
        b"0" * 64 + b"  .hidden\n",
        b"0" * 63 + b"  a\n",
        b"0" * 64 + b"  a",
        b"0" * 64 + b"  a\n" + b"1" * 64 + b"  a\n",
        b"0" * 64 + b"  \xc3\xa9\n",
        b"0" * 64 + b" *a\n",
    ],
)
def test_a_manifest_line_that_we_would_not_write_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_manifest(line)
