"""A pack holds what it is of and nothing else, and the same evidence is the same pack."""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from moderation import audit
from moderation.access import Role
from moderation.errors import EvidenceMissing, InvalidInput, NotFound
from moderation.evidence.contents import operator
from moderation.evidence.packs.preparing import prepare
from moderation.evidence.packs.writing import write
from moderation.evidence.sight import Sight
from moderation.tables import AuditBodyRow, ItemRow
from tests.moderation.evidence.making import House, names, read
from tests.world import NOW, ORG, Author, comment, hours, proposal
from worker.packing import installation


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(path, "data/exhibits.csv").decode())))


def _everything(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def _lines(house: House, verb: str) -> list[AuditBodyRow]:
    with house.world.store.reading() as session:
        return list(session.scalars(select(AuditBodyRow).where(AuditBodyRow.verb == verb)))


def test_a_pack_of_an_item_has_the_layout_of_a_bag(house: House, tmp_path: Path) -> None:
    item = house.item(native_id="c1")
    house.evidence(item, Sight(comment("c1", item.native_id)))
    house.pack(f"item:{item.id}", tmp_path / "p.zip")
    record = "data/items/0001/"
    assert {name for name in names(tmp_path / "p.zip") if "bodies/" not in name} == {
        "README.txt",
        "VERIFY.txt",
        "bag-info.txt",
        "bagit.txt",
        "data/audit/bodies.sums",
        "data/audit/chain.txt",
        "data/audit/check-audit.sh",
        "data/audit/head.txt",
        "data/audit/start.txt",
        "data/exhibits.csv",
        f"{record}card.png",
        f"{record}card.txt",
        f"{record}raw-at-capture.body",
        f"{record}raw-at-ingest.body",
        f"{record}handling.json",
        f"{record}record.json",
        f"{record}seal/manifest-sha256.txt",
        f"{record}seal/manifest-sha256.txt.sig",
        f"{record}seal/signing-key.pub.pem",
        f"{record}text-at-capture.txt",
        f"{record}text.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "verify.ps1",
        "verify.sh",
        "verify/signing-key.pub.pem",
        "verify/tagmanifest-sha256.txt.sig",
    }


def test_a_pack_made_twice_is_the_same_file(house: House, tmp_path: Path) -> None:
    item = house.item()
    house.evidence(item)
    asked = house.ask(f"item:{item.id}", operator(ORG))
    house.make()
    made = house.settings.packs_dir / f"{asked.ref}.zip"
    first = made.read_bytes()
    house.item("Somebody else's matter, recorded in between")
    later = NOW + hours(1)
    with house.world.store.transaction() as session:
        house.world.ingest(session, comment(item.native_id, "Edited since"), now=later)
        house.world.triage(session, proposal(), now=later)
        item = session.get_one(ItemRow, item.id)
        comms = house.world.actor(Role.COMMS_LEAD)
        audit.append(session, "item.claim", f"item:{item.id}", actor=comms, at=later)
    house.evidence(item, now=later)
    with house.world.store.reading() as session, (tmp_path / "chain").open("w+b") as chain:
        draft = prepare(session, house.asked(asked.ref), installation(house.shop), chain)
        with (tmp_path / "again.zip").open("w+b") as again:
            write(draft, house.vault, house.key, again)
    assert (tmp_path / "again.zip").read_bytes() == first


def test_names_are_sorted_and_times_and_rights_fixed(house: House, tmp_path: Path) -> None:
    item = house.item()
    house.evidence(item)
    house.pack(str(item.id), tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        entries = archive.infolist()
    assert [e.filename for e in entries] == sorted(e.filename for e in entries)
    assert {e.date_time for e in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {e.filename.partition("/")[0] for e in entries} == {"D-2026-0001"}
    assert all(e.filename.isascii() for e in entries)
    assert {oct(e.external_attr >> 16) for e in entries} == {"0o100644", "0o100755"}


def test_every_pack_is_an_audit_line_with_its_hash(house: House, tmp_path: Path) -> None:
    item = house.item()
    house.evidence(item)
    packed = house.pack(str(item.id), tmp_path / "p.zip")
    comms = house.world.actor(Role.COMMS_MODERATOR)
    house.pack(str(item.id), tmp_path / "q.zip", comms)
    lines = _lines(house, "pack.made")
    assert [line.actor for line in lines] == ["system:command-line", f"user:{comms.user_id}"]
    assert {line.object for line in lines} == {f"item:{item.id}"}
    assert json.loads(lines[0].body or "")["detail"]["sha256"] == packed.sha256
    with house.world.store.reading() as session:
        assert audit.verify(session).broken_at == 0


def test_a_pack_is_its_owners_alone_and_leaves_no_draft(house: House, tmp_path: Path) -> None:
    item = house.item()
    house.evidence(item)
    (tmp_path / "out").mkdir()
    house.pack(str(item.id), tmp_path / "out" / "p.zip")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["p.zip"]
    assert stat.S_IMODE((tmp_path / "out" / "p.zip").stat().st_mode) == 0o600


def test_a_pack_of_one_evidence_record_holds_that_version_alone(
    house: House, tmp_path: Path
) -> None:
    item = house.item("First words", native_id="c1")
    first = house.evidence(item)
    with house.world.store.transaction() as session:
        house.world.ingest(session, comment("c1", "Second words"), now=NOW + hours(1))
        house.world.triage(session, proposal(), now=NOW + hours(1))
        item = session.get_one(ItemRow, item.id)
    second = house.evidence(item)
    assert house.pack(first.ref.lower(), tmp_path / "1.zip").records == 1
    assert read(tmp_path / "1.zip", "data/items/0001/text.txt") == b"First words"
    assert b"Second words" not in _everything(tmp_path / "1.zip")
    assert house.pack(str(item.id), tmp_path / "2.zip").records == 2
    assert [row["evidence"] for row in _rows(tmp_path / "2.zip")] == [first.ref, second.ref]


def test_a_pack_of_a_case_holds_its_own_items_and_no_word_of_hr(
    house: House, tmp_path: Path
) -> None:
    ours, also, theirs = house.item("Our words"), house.item("Also ours"), house.item("Not ours")
    for item in (ours, also, theirs):
        house.evidence(item)
    ref = house.case(ours, also)
    with house.world.store.transaction() as session:
        actor = house.world.actor(Role.HR_LEAD)
        audit.append(session, "case.note", "case:1", actor=actor, at=NOW, reason="HR says why")
    packed = house.pack(ref, tmp_path / "p.zip")
    content = _everything(tmp_path / "p.zip")
    assert (packed.records, packed.missing) == (2, 0)
    assert b"Our words" in content
    assert b"Also ours" in content
    assert b"Not ours" not in content
    assert b"HR s" not in content
    assert f'"item:{theirs.id}"'.encode() not in content


def test_the_chain_is_whole_but_only_this_packs_bodies_are_shown(
    house: House, tmp_path: Path
) -> None:
    house.evidence(house.item("Somebody else's matter"))
    item = house.item()
    row = house.evidence(item)
    with house.world.store.transaction() as session:
        actor = house.world.actor(Role.AUDITOR)
        audit.append(session, "item.view", f"item:{item.id}", actor=actor, at=NOW, reason="secret")
    house.pack(str(item.id), tmp_path / "p.zip")
    shown = [
        json.loads(read(tmp_path / "p.zip", n)) for n in names(tmp_path / "p.zip") if "bodies/" in n
    ]
    assert {body["object"] for body in shown} <= {f"item:{item.id}", f"evidence_record:{row.id}"}
    assert {"evidence_record.capture", "evidence.seal"} <= {body["verb"] for body in shown}
    assert "secret" not in json.dumps(shown)
    chain = read(tmp_path / "p.zip", "data/audit/chain.txt").decode().splitlines()
    with house.world.store.reading() as session:
        last = session.scalar(
            select(func.max(AuditBodyRow.seq)).where(
                AuditBodyRow.object == f"evidence_record:{row.id}"
            )
        )
    assert [int(line.split()[0]) for line in chain] == list(range(1, (last or 0) + 1))


def test_what_is_not_captured_is_listed_and_counted(house: House, tmp_path: Path) -> None:
    captured, wanted = house.item("Captured"), house.item("Only wanted")
    house.evidence(captured)
    packed = house.pack(house.case(captured, wanted), tmp_path / "p.zip")
    assert (packed.records, packed.missing) == (1, 1)
    assert [(row["state"], row["folder"]) for row in _rows(tmp_path / "p.zip")] == [
        ("captured", "items/0001"),
        ("not captured when this pack was asked for", ""),
    ]
    assert b"Only wanted" not in _everything(tmp_path / "p.zip")
    told = " ".join(read(tmp_path / "p.zip", "README.txt").decode().split())
    assert "Not captured, and so not here: 1" in told


def test_a_pack_of_nothing_captured_is_refused_and_writes_no_file(
    house: House, tmp_path: Path
) -> None:
    item = house.item()
    with pytest.raises(EvidenceMissing, match="Capture the evidence first"):
        house.pack(str(item.id), tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()
    assert not _lines(house, "pack.made")


def test_evidence_that_was_altered_in_the_vault_is_not_packed(house: House, tmp_path: Path) -> None:
    item = house.item("Sealed words")
    house.evidence(item)
    for path in house.settings.vault_dir.rglob("*"):
        if path.is_file() and path.read_bytes() == b"Sealed words":
            path.chmod(0o600)
            path.write_bytes(b"Other words!")
    (tmp_path / "out.zip").write_bytes(b"the pack of yesterday")
    with pytest.raises(EvidenceMissing, match="altered"):
        house.pack(str(item.id), tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_bytes() == b"the pack of yesterday"
    assert not _lines(house, "pack.made")


@pytest.mark.parametrize("what", ["", "C-", "item:", "EV-1", "item:-1", "1 or 1=1", "9" * 30, "ß"])
def test_what_names_nothing_is_refused_with_how_to_name_it(
    sqlite_house: House, tmp_path: Path, what: str
) -> None:
    with pytest.raises(InvalidInput, match="C-7KQ2M9D4"):
        sqlite_house.pack(what, tmp_path / "p.zip")


@pytest.mark.parametrize("what", ["item:999999", "C-00000000", "EV-2026-999999"])
def test_what_is_not_there_is_not_found(sqlite_house: House, tmp_path: Path, what: str) -> None:
    with pytest.raises(NotFound):
        sqlite_house.pack(what, tmp_path / "p.zip")


def test_a_place_that_cannot_be_written_is_named(sqlite_house: House, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be written"):
        sqlite_house.pack("1", tmp_path / "no" / "such" / "folder.zip")


def test_a_hostile_name_reaches_the_list_of_exhibits_disarmed(house: House, tmp_path: Path) -> None:
    hostile = '=HYPERLINK("https://evil.example","x")'
    item = house.item(author=Author("a1", "@x", hostile), url="+1")
    house.evidence(item)
    house.pack(str(item.id), tmp_path / "p.zip")
    row = _rows(tmp_path / "p.zip")[0]
    assert (row["author_as_shown"], row["address"]) == (f"'{hostile}", "'+1")


HOSTILE_NAMES: list[dict[str, Any]] = [
    {"native_id": "../../etc/passwd"},
    {"native_id": "a/b\\c:d|e"},
    {"native_id": "con", "url": "https://x.example/\u202e%0a"},
]


@pytest.mark.parametrize("more", HOSTILE_NAMES, ids=lambda more: ascii(more["native_id"]))
def test_a_platforms_names_never_name_a_file(
    sqlite_house: House, tmp_path: Path, more: dict[str, Any]
) -> None:
    item = sqlite_house.item(**more)
    sqlite_house.evidence(item)
    sqlite_house.pack(str(item.id), tmp_path / "p.zip")
    assert more["native_id"] not in "\n".join(names(tmp_path / "p.zip"))
