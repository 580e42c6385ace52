"""A picture that retention took is named in a pack and missing there, and the pack still checks."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from moderation.evidence.media import Medium, as_rows
from moderation.evidence.packs.withholding import WITHHELD
from moderation.evidence.pictures.sniffing import PNG
from moderation.evidence.sight import Sight
from moderation.evidence.verify import check
from moderation.tables import PackKind
from tests.moderation.evidence.making import House, names, read
from tests.moderation.evidence.packs.test_outside import Outsider
from tests.world import NOW, comment

PICTURE = b"\x89PNG\r\n\x1a\n of an engine"
FILE = "data/items/0001/media/001-original.png"


def test_a_pack_goes_without_the_pictures_that_are_erased(
    sqlite_house: House, tmp_path: Path
) -> None:
    medium = Medium("https://cdn.example/1.png", data=PICTURE, kind=PNG, fetched_at=NOW)
    item = sqlite_house.item(native_id="c1")
    row = sqlite_house.evidence(item, Sight(comment("c1"), media=(medium,)))
    with sqlite_house.world.store.transaction() as session:
        [kept] = as_rows(row.id, [medium])
        session.add(kept)
    whole = sqlite_house.pack(f"item:{item.id}", tmp_path / "whole.zip", kind=PackKind.EVIDENCE)
    assert read(whole.path, FILE) == PICTURE

    sha256 = hashlib.sha256(PICTURE).hexdigest()
    sqlite_house.vault.remove(sha256, older_than=timedelta())
    with sqlite_house.world.store.transaction() as session:
        session.merge(kept).erased_at = NOW
    packed = sqlite_house.pack(f"item:{item.id}", tmp_path / "p.zip", kind=PackKind.EVIDENCE)
    assert FILE not in names(packed.path)
    assert (
        f"{sha256}  media/001-original.png"
        in read(packed.path, f"data/items/0001/{WITHHELD}").decode()
    )
    assert check(packed.path, packed.fingerprint).faults == ()
    home = tmp_path / "elsewhere"
    home.mkdir()
    done = Outsider(packed.path, home).checks(packed.fingerprint)
    assert (done.returncode, done.stderr) == (0, "")
