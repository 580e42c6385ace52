"""Captures of one item as the worker makes them, in parts, with and without a picture.

A capture reads the record, looks at the platform's stand-in, fetches the pictures, draws the card,
seals it all in the vault with every sync, and commits. What the platform takes is timed apart.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final

from sqlalchemy import select

from moderation import jobs, migrations
from moderation.evidence import capture, record
from moderation.evidence.printing import card
from moderation.jobs import Claim
from moderation.store import Store
from moderation.tables import EvidenceRow, ItemRow, JobRow
from tests.connected import Connected
from tests.standins.mastodon import MastodonStandIn
from tests.world import fill
from worker import capturing, seeing

CAPTURES: Final = 40
WARM_UP: Final = 3
GOAL_MS: Final = 250
LOOK, MEDIA, FILES, SEAL, CARD = "look again", "pictures", "record and card", "seal", "card alone"
PARTS: Final = {
    LOOK: (capturing, "_look"),
    MEDIA: (seeing, "media_of"),
    FILES: (record, "files"),
    CARD: (card, "png"),
    SEAL: (capturing, "seal_files"),
}
FETCHED: Final = frozenset({LOOK, MEDIA})


def main(captures: int = CAPTURES) -> None:
    """Print a table for items without a picture, and one for items with one each."""
    for title, pictures in (("without a picture", 0), ("with one picture", 1)):
        with tempfile.TemporaryDirectory() as folder, MastodonStandIn() as server:
            connected = _opened(Path(folder), server)
            ids = _written(connected, server, captures + WARM_UP, pictures)
            with _timed() as spent:
                for number, native_id in enumerate(ids):
                    if number == WARM_UP:
                        spent.clear()
                    held = _wanted(connected, native_id)
                    with _clock(spent["whole"]):
                        capturing.capture(connected.shop, held)
            _print(title, spent, _size(connected))
            connected.store.close()


def _opened(folder: Path, server: MastodonStandIn) -> Connected:
    store = Store.open(f"sqlite:///{folder}/record.db")
    migrations.upgrade(store)
    return Connected(fill(store), folder, "mastodon", server)


def _written(connected: Connected, server: MastodonStandIn, count: int, pictures: int) -> list[str]:
    post = server.post()
    shown = ((server.show(), ""),) * pictures
    ids = [
        server.comment(post, f"You are useless, number {number} 🔥", pictures=shown)
        for number in range(count)
    ]
    connected.poll_feeds()
    return ids


def _wanted(connected: Connected, native_id: str) -> Claim:
    now = connected.shop.now()
    with connected.store.transaction() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.native_id == native_id)).one()
        row = capture.want(session, item.id, item.version, "user:1", now)
    with connected.store.transaction() as session:
        promised = select(JobRow.id).where(JobRow.dedupe == capture.dedupe(row.id))
        held = jobs.claim(session, session.scalars(promised).one(), owner="benchmark", now=now)
    if held is None:
        raise RuntimeError("The capture was not there to be claimed.")
    return held


@contextmanager
def _timed() -> Iterator[defaultdict[str, list[float]]]:
    """Time each part wherever the capture calls it, as long as the block lasts."""
    spent: defaultdict[str, list[float]] = defaultdict(list)
    before = {name: getattr(module, made) for name, (module, made) in PARTS.items()}
    for name, (module, made) in PARTS.items():
        setattr(module, made, _clocked(before[name], name, spent))
    try:
        yield spent
    finally:
        for name, (module, made) in PARTS.items():
            setattr(module, made, before[name])


def _clocked(
    call: Callable[..., Any], name: str, spent: defaultdict[str, list[float]]
) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        with _clock(spent[name]):
            return call(*args, **kwargs)

    return timed


@contextmanager
def _clock(into: list[float]) -> Iterator[None]:
    began = perf_counter()
    yield
    into.append((perf_counter() - began) * 1000)


def _size(connected: Connected) -> float:
    with connected.store.reading() as session:
        return median(row or 0 for row in session.scalars(select(EvidenceRow.size))) / 1000


def _print(title: str, spent: defaultdict[str, list[float]], size_kb: float) -> None:
    apart = [
        whole - sum(spent[name][number] for name in FETCHED)
        for number, whole in enumerate(spent["whole"])
    ]
    print(f"\n{title}: {len(apart)} captures, {size_kb:.0f} kB each")
    print(f"{'':24}{'median':>10}{'p95':>10}   ms")
    rows = {"whole": spent["whole"], **{name: spent[name] for name in PARTS}}
    for name, times in {**rows, "fetch apart": apart}.items():
        print(f"{name:24}{median(times):10.1f}{quantiles(times, n=20)[-1]:10.1f}")
    is_met = quantiles(apart, n=20)[-1] < GOAL_MS
    print(f"Goal: under {GOAL_MS} ms, fetch apart: {'met' if is_met else 'MISSED'}")


if __name__ == "__main__":
    main()
