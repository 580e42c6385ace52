"""A police pack with everything that a pack can hold, unpacked, and ways to tamper with it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from moderation import audit, checkpoints
from moderation.access import Role, system
from moderation.authorities import Authority
from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import seal_files
from moderation.evidence.stamps import Anchors, Query, check
from moderation.evidence.verify import Checked
from moderation.evidence.verify import check as check_pack
from moderation.tables import (
    AdditionKind,
    AuditCheckpointRow,
    EvidenceAdditionRow,
    EvidenceRow,
    ItemRow,
    PackKind,
    Stamped,
    TimeStampRow,
)
from tests.moderation.evidence.making import House
from tests.standins.stamp_authority import StampAuthority
from tests.world import NOW

MANIFEST: Final = "manifest-sha256.txt"
TAGS: Final = "tagmanifest-sha256.txt"
KEY: Final = "verify/signing-key.pub.pem"
SIGNATURE: Final = "verify/tagmanifest-sha256.txt.sig"
RECORD: Final = "data/items/0001/"
TEXT: Final = f"{RECORD}text.txt"
SEAL: Final = f"{RECORD}seal/{MANIFEST}"
GO_HERE: Final = 'cd -- "$(dirname -- "$0")" || exit 1\n'
POLICE: Final[dict[str, Any]] = {
    "kind": PackKind.POLICE,
    "consent": "given",
    "consent_note": "She agreed on the telephone this morning.",
    "details": {"maker": "Jo Smith", "occupation": "Communications officer"},
}


@dataclass
class Unpacked:
    """A genuine pack, unpacked in folder, its script also outside, and how to check it."""

    folder: Path
    zip: Path
    fingerprint: str
    key: SigningKey

    def names(self) -> list[str]:
        """Return the files as they stand, by name."""
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def shell(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run verify.sh in the folder; a tampered one proves nothing, so then a genuine copy."""
        inside, outside = self.folder / "verify.sh", self.folder.parent / "outside.sh"
        is_genuine = (
            inside.is_file()
            and inside.read_text(errors="replace").replace(GO_HERE, "") == outside.read_text()
        )
        return bash(inside if is_genuine else outside, self.folder, *arguments)

    def check(self, wanted: str | None = None, *authorities: str) -> Checked:
        """Zip the folder as it stands, links as links, and check that."""
        target = self.folder.parent / "again.zip"
        target.unlink(missing_ok=True)
        subprocess.run(
            ["zip", "-q", "-0", "-r", "-y", str(target), self.folder.name],
            cwd=self.folder.parent,
            check=True,
        )
        return check_pack(target, wanted, authorities)

    def rewrite(self, name: str, change: Callable[[bytes], bytes]) -> None:
        """Change one file."""
        path = self.folder / name
        path.write_bytes(change(path.read_bytes()))

    def mend_manifests(self) -> None:
        """Make both manifests fit the files again, as a forger without the key would."""
        self._list(MANIFEST, [name for name in self.names() if name.startswith("data/")])
        self._list(TAGS, [n for n in self.names() if "/" not in n and n != TAGS])

    def sign_again(self, key: SigningKey | None = None) -> None:
        """Mend the manifests and sign, with the organisation's own key where none is given."""
        self.mend_manifests()
        tags = (self.folder / TAGS).read_bytes()
        (self.folder / SIGNATURE).write_bytes((key or self.key).sign(tags))

    def _list(self, manifest: str, names: list[str]) -> None:
        lines = (f"{sha256((self.folder / n).read_bytes())}  {n}\n" for n in names)
        (self.folder / manifest).write_text("".join(lines))


def unpacked(house: House, path: Path, out: Path) -> Unpacked:
    """Unpack a pack, with a copy of its script beside the folder."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(out)
        folder = out / archive.namelist()[0].partition("/")[0]
    script = (folder / "verify.sh").read_text()
    assert GO_HERE in script
    (out / "outside.sh").write_text(script.replace(GO_HERE, ""))
    return Unpacked(folder, path, house.key.fingerprint, house.key)


def copied(genuine: Unpacked, out: Path) -> Unpacked:
    """Return a copy of a pack, to be tampered with."""
    shutil.copytree(genuine.folder.parent, out)
    return Unpacked(out / genuine.folder.name, genuine.zip, genuine.fingerprint, genuine.key)


def bash(script: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script with nothing of ours in its environment."""
    return subprocess.run(
        ["bash", str(script), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env={"PATH": os.environ["PATH"]},
    )


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def flip(data: bytes) -> bytes:
    """Change the first byte."""
    return bytes([data[0] ^ 1]) + data[1:]


def refused(pack: Unpacked, name: str, *others: str, zips: bool = True) -> list[str]:
    """Return what is wrong with how the two checkers refuse a tampered pack: nothing, at best.

    Where others were harmed too, verify.sh may name one of these: it ends at the first.
    """
    done, faults = pack.shell(), pack.check().faults if zips else (name,)
    wrong = []
    lines = done.stdout.splitlines()
    if done.returncode != 1 or lines[-1] != "THIS PACK IS NOT AS IT WAS MADE.":
        wrong.append(f"{name}: verify.sh says {done.returncode}: {done.stdout[-300:]}")
    elif any(line.startswith("ALL CHECKS PASSED") for line in lines):
        wrong.append(f"{name}: verify.sh praises it too: {done.stdout[-300:]}")
    elif not any(Path(one).name in done.stdout for one in (name, *others)):
        wrong.append(f"{name}: verify.sh does not name it: {done.stdout[-300:]}")
    if not any(name in fault for fault in faults):
        wrong.append(f"{name}: watchroom verify does not name it: {faults}")
    return wrong


def add_file(house: House, item: ItemRow, data: bytes = b"A picture of the screen") -> int:
    """Seal a file that a person brought and keep it with the item's evidence."""
    sealed = seal_files({"original.png": data, "addition.json": b"{}\n"}, house.vault, house.key)
    with house.world.store.transaction() as session:
        row = EvidenceAdditionRow(
            ref=f"EV-2026-{item.id:06d}/1",
            item_id=item.id,
            kind=AdditionKind.SCREENSHOT,
            name="screen.png",
            media_type="image/png",
            file_sha256=sha256(data),
            obtained_how="From her telephone",
            sha256=sealed.manifest_sha256,
            size=sealed.size,
            path=sealed.path,
            added_by="user:1",
            added_at=NOW,
            form_id=f"addition-{item.id}",
        )
        session.add(row)
        session.flush()
        about, actor = f"evidence_addition:{row.id}", system("test", item.org_id)
        audit.append(session, "evidence_addition.add", about, actor=actor, at=NOW)
    return row.id


def stamp(house: House, authority: StampAuthority, subject: Stamped, one: int) -> None:
    """Have a seal or a checkpoint stamped by an authority, as the stamp job does."""
    with house.world.store.transaction() as session:
        message = _message(house, session, subject, one)
        query = Query.over(message)
        answer = authority.reply(query.der)
        token = check(answer, message, Anchors.of(authority.authority()), query.nonce)
        session.add(
            TimeStampRow(
                subject=subject,
                subject_id=one,
                authority=authority.name,
                sha256=sha256(message),
                wanted_at=NOW,
                token_sha256=house.vault.put(answer),
                stamped_at=token.stamped_at,
                serial=token.serial,
            )
        )


def _message(house: House, session: Session, subject: Stamped, one: int) -> bytes:
    if subject is Stamped.CHECKPOINT:
        return session.get_one(AuditCheckpointRow, one).note.encode()
    if subject is Stamped.ADDITION:
        return house.vault.get(session.get_one(EvidenceAdditionRow, one).sha256)
    return house.vault.get(session.get_one(EvidenceRow, one).sha256 or "")


def with_authority(house: House, *authorities: Authority) -> House:
    """Return the house with these authorities in its settings."""
    return House(house.world, replace(house.settings, authorities=authorities))


def checkpoint(house: House, now: datetime = NOW + timedelta(hours=2)) -> int:
    """Sign where the chain ends."""
    with house.world.store.transaction() as session:
        one = checkpoints.take(session, house.key, "northmoor", is_mailed=False, now=now)
    assert one is not None
    return one


def rich(house: House, authority: StampAuthority, target: Path) -> None:
    """Make a police pack of a case with stamps, checkpoints, an addition and an edited item."""
    before = house.item("Something else, before any of this")
    house.evidence(before)
    checkpoint(house)
    first = house.item("Words of the first", native_id="c1")
    row = house.evidence(first)
    second = house.item("Words of the second")
    other = house.evidence(second)
    addition = add_file(house, first)
    stamp(house, authority, Stamped.EVIDENCE, row.id)
    stamp(house, authority, Stamped.EVIDENCE, other.id)
    stamp(house, authority, Stamped.ADDITION, addition)
    point = checkpoint(house, NOW + timedelta(hours=4))
    stamp(house, authority, Stamped.CHECKPOINT, point)
    house.item("Something else, after all of this")
    member = house.world.actor(Role.HR_LEAD)
    ref = house.case(first, second, members=(member,), police_consent="yes")
    house.pack(ref, target, member, **POLICE)
