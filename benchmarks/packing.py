"""How long a pack takes, how large it is, and whether a large case needs more memory."""

from __future__ import annotations

import multiprocessing
import random
import resource
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from sqlalchemy import select

from benchmarks.material import comments
from moderation.access import Role, system
from moderation.evidence import capture
from moderation.evidence.record import RECORD
from moderation.evidence.sealing import seal_files
from moderation.evidence.verify import check
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import ItemRow, PackKind
from tests.conftest import migrate
from tests.moderation.evidence.making import House
from tests.moderation.evidence.packs.rich import POLICE, bash, unpacked
from tests.world import NOW, World, comment, fill, proposal

ITEMS: Final = 500
SIZES: Final = (1, 50, ITEMS)
KINDS: Final = (PackKind.EVIDENCE, PackKind.POLICE)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one pack took."""

    seconds: float
    size: int
    peak_mib: float


def main() -> None:
    """Pack items in cases of several sizes, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "data", f"sqlite:///{folder}/watchroom.db")
        _fill(settings)
        print(f"{'kind':10}{'records':>8}{'seconds':>9}{'kB':>9}{'peak MiB':>10}")
        for kind in KINDS:
            for size in SIZES:
                found = _in_a_process(settings, kind, size)
                print(
                    f"{kind.value:10}{size:8}{found.seconds:9.2f}{found.size / 1000:9.0f}"
                    f"{found.peak_mib:10.0f}",
                    flush=True,
                )
        _check(settings)


def _fill(settings: Settings) -> None:
    """Make the items and seal their evidence: one in full, the others of the same files and sizes.

    Drawing five hundred cards would take longer than all packs together, and is measured elsewhere.
    """
    migrate(settings.database_url)
    house = House(fill(Store.open(settings.database_url)), settings)
    records = [comment(one["id"], one["text"]) for one in comments(ITEMS)]
    with house.world.store.transaction() as session:
        house.world.ingest(session, *records)
        house.world.triage(session, proposal())
        items = session.scalars(select(ItemRow).order_by(ItemRow.id)).all()
    like = house.sealed(house.evidence(items[0]))
    chance = random.Random(7)
    for item in items[1:]:
        files = {
            name: data if name == RECORD else chance.randbytes(len(data))
            for name, data in like.items()
        }
        sealed = seal_files(files, house.vault, house.key)
        with house.world.store.transaction() as session:
            row = capture.want(session, item.id, item.version, "user:1", NOW)
            capture.captured(session, row.id, sealed, NOW, system("capture", item.org_id))
    member = house.world.actor(Role.HR_LEAD)
    for size in SIZES:
        house.case(*items[:size], members=(member,), ref=_ref(size), police_consent="yes")


def _ref(size: int) -> str:
    return f"C-{size:08d}"


def _in_a_process(settings: Settings, kind: PackKind, size: int) -> Figures:
    """Pack in a fresh process, whose peak of memory is this pack's alone."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_pack, args=(settings, kind, size, there))
    process.start()
    found: Figures = here.recv()
    process.join()
    return found


def _pack(settings: Settings, kind: PackKind, size: int, answer: Connection) -> None:
    house = House(World(Store.open(settings.database_url)), settings)
    # Fonts and libraries are loaded once in a worker's life, so they are loaded before the clock.
    house.pack(_ref(1), _target(settings, kind, 0), None, PackKind.EVIDENCE)
    more = POLICE if kind is PackKind.POLICE else {"kind": kind}
    started = time.perf_counter()
    packed = house.pack(_ref(size), _target(settings, kind, size), None, **more)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.send(Figures(seconds, packed.size, peak))


def _target(settings: Settings, kind: PackKind, size: int) -> Path:
    return settings.data_dir / f"{kind.value}-{size}.zip"


def _check(settings: Settings) -> None:
    path = _target(settings, PackKind.POLICE, ITEMS)
    started = time.perf_counter()
    found = check(path)
    print(f"watchroom verify of {found.records} records: {time.perf_counter() - started:.1f} s")
    house = House(World(Store.open(settings.database_url)), settings)
    pack = unpacked(house, path, settings.data_dir / "out")
    started = time.perf_counter()
    done = bash(pack.folder / "verify.sh", pack.folder, found.fingerprint)
    print(f"verify.sh of the same: {time.perf_counter() - started:.1f} s, exit {done.returncode}")


if __name__ == "__main__":
    main()
