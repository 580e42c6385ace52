"""Whatever somebody wrote, there is a pack of it: it passes its check and holds the raw bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from moderation.access import Role
from moderation.evidence.verify import check
from moderation.tables import ItemRow
from tests.moderation.evidence.hostile_texts import hostile_texts
from tests.moderation.evidence.making import House, read
from tests.moderation.evidence.packs.rich import POLICE
from tests.world import Author, comment

# Every trick by itself, and one in sixty of the scripts and mixtures.
TEXTS = [*hostile_texts(45), *hostile_texts()[45::60]]
AT_ONCE = 13


def _taken_in(house: House, texts: list[str]) -> list[ItemRow]:
    """Take texts in as delivered, under names as hostile; return the items with evidence."""
    with house.world.store.transaction() as session:
        for number, text in enumerate(texts):
            author = Author(f"a-{number}", f"@{number}", text[:200])
            house.world.ingest(session, comment(f"h-{number}", text, author=author))
    with house.world.store.reading() as session:
        items = list(session.scalars(select(ItemRow).order_by(ItemRow.id)))
    for item in items:
        house.evidence(item)
    return items


@pytest.mark.parametrize("start", range(0, len(TEXTS), AT_ONCE))
def test_every_hostile_text_is_in_a_pack_for_the_police(
    sqlite_house: House, tmp_path: Path, start: int
) -> None:
    texts = TEXTS[start : start + AT_ONCE]
    raws = {comment(f"h-{number}", text).raw for number, text in enumerate(texts)}
    items = _taken_in(sqlite_house, texts)
    member = sqlite_house.world.actor(Role.HR_LEAD)
    ref = sqlite_house.case(*items, members=(member,), police_consent="yes")
    packed = sqlite_house.pack(ref, tmp_path / "p.zip", member, **POLICE)
    assert check(packed.path, packed.fingerprint).faults == ()
    packs = {
        read(packed.path, f"data/items/{number:04d}/raw-at-ingest.body")
        for number in range(1, packed.records + 1)
    }
    assert packs == raws
    assert packed.records == len(items) == len(texts)
