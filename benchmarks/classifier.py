"""How fast two cores read: each detector alone, target and proposal, and all of it together."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from benchmarks.material import comments, on_two_cores
from classifiers.registry import DETECTORS
from moderation import directory
from moderation.policy import Policy
from moderation.proposing import Subject, propose
from moderation.targets import Directory, find_target
from worker.demo.material import HERE, ORG
from worker.detection import Detection

ITEMS: Final = 5_000
BATCH: Final = 500


def main() -> None:
    """Print items a second for each part, and its share of the whole."""
    on_two_cores()
    texts = [comment["text"] for comment in comments(ITEMS)]
    subjects = [Subject(text=text, org=ORG) for text in texts]
    detectors = {name: make() for name, make in DETECTORS.items()}
    staff = Directory(directory.load(HERE / "staff.csv"))
    policy = Policy.load()
    whole = Detection(list(detectors.values()), policy, lambda _org: staff)
    targets = [find_target(text, directory=staff) for text in texts]
    signals = [whole.read([subject])[0].signals for subject in subjects[:BATCH]]
    seconds = {name: _time(_in_batches(one.score, texts)) for name, one in detectors.items()}
    seconds["target"] = _time(lambda: [find_target(text, directory=staff) for text in texts])
    seconds["proposal"] = (ITEMS / BATCH) * _time(
        lambda: [
            propose(subject, heard, target, policy)
            for subject, heard, target in zip(subjects, signals, targets, strict=False)
        ]
    )
    together = _time(_in_batches(whole.read, subjects))
    print(f"{'part':26}{'items/s':>10}{'share of all':>14}")
    for name, taken in seconds.items():
        print(f"{name:26}{ITEMS / taken:>10,.0f}{taken / together:>14.0%}")
    print(f"{'all together':26}{ITEMS / together:>10,.0f}{1:>14.0%}")


def _in_batches(read: Callable[[list[Any]], object], items: list[Any]) -> Callable[[], None]:
    def run() -> None:
        for start in range(0, len(items), BATCH):
            read(items[start : start + BATCH])

    return run


def _time(work: Callable[[], object]) -> float:
    """Return the seconds of the second run; the first one warms up."""
    work()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
