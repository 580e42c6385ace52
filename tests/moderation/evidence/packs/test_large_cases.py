"""A case of many items is told in several documents, and no item is left out of them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from moderation.access import Role, system
from moderation.evidence import capture
from moderation.evidence.packs.statement import IN_FULL
from moderation.evidence.packs.telling import IN_ONE
from moderation.evidence.sealing import seal_files
from moderation.evidence.verify import check
from moderation.tables import ItemRow, PackKind
from tests.moderation.evidence.making import House, names
from tests.moderation.evidence.packs.reading import attached, words
from tests.moderation.evidence.packs.rich import POLICE
from tests.world import NOW, comment, proposal

MANY = IN_ONE + 3


def _many(house: House) -> str:
    """A case of many items, with evidence of one small file each."""
    records = [comment(f"m-{number}", f"Word{number:03d}") for number in range(MANY)]
    with house.world.store.transaction() as session:
        house.world.ingest(session, *records)
        house.world.triage(session, proposal())
        items = list(session.scalars(select(ItemRow).order_by(ItemRow.id)))
        for item in items:
            sealed = seal_files({"text.txt": item.native_id.encode()}, house.vault, house.key)
            row = capture.want(session, item.id, item.version, "user:1", NOW)
            capture.captured(session, row.id, sealed, NOW, system("capture", item.org_id))
    lead = house.world.actor(Role.HR_LEAD)
    return house.case(*items, members=(lead,), police_consent="yes")


def test_the_police_get_every_occasion_and_every_exhibit(
    sqlite_house: House, tmp_path: Path
) -> None:
    ref, lead = _many(sqlite_house), sqlite_house.world.actor(Role.HR_LEAD)
    made = sqlite_house.pack(ref, tmp_path / "p.zip", lead, **POLICE)
    assert check(made.path, made.fingerprint).faults == ()
    timeline = "".join(words(made.path, f"data/{n}.pdf") for n in ("summary", "timeline-02"))
    exhibits = "".join(words(made.path, f"data/{n}.pdf") for n in ("statement", "exhibits-02"))
    for number in range(MANY):
        assert f"Word{number:03d}" in timeline
        assert f"JS/{number + 1} " in exhibits
    assert f"Items {IN_ONE + 1} to {MANY} of {MANY}" in timeline
    assert f"There are {MANY - IN_FULL} more items" in exhibits
    assert "timeline.json" in attached(made.path, "data/statement.pdf")
    assert not attached(made.path, "data/summary.pdf")


def test_the_other_kinds_tell_every_item_too(sqlite_house: House, tmp_path: Path) -> None:
    ref, lead = _many(sqlite_house), sqlite_house.world.actor(Role.HR_LEAD)
    for kind, first, second in (
        (PackKind.HR, "case", "occasions-02"),
        (PackKind.PERSON_AFFECTED, "kit", "items-02"),
        (PackKind.PLATFORM, "report", "report-02"),
    ):
        made = sqlite_house.pack(ref, tmp_path / "p.zip", lead, kind)
        assert f"data/{second}.pdf" in names(made.path)
        said = "".join(words(made.path, f"data/{name}.pdf") for name in (first, second))
        assert not [number for number in range(MANY) if f"Word{number:03d}" not in said]
