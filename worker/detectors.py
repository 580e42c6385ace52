"""Puts together the detectors that the settings name, and starts those that run by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from classifiers import registry
from classifiers.contract import Classifier, OwnProcess
from moderation.combining import model_name
from moderation.errors import SettingsError
from moderation.policy import Policy
from moderation.settings import Settings
from worker import models_file


def load(chosen: Settings, policy: Policy) -> list[Classifier]:
    """Return the detectors in the order of the settings, without starting any process.

    Raises SettingsError for what the settings or the policy name and nobody knows.
    """
    added = models_file.read(chosen.models_path)
    detectors = registry.load(chosen.detectors or None, added)
    known = {model_name(one.model) for one in detectors} | {one.name for one in added}
    strangers = sorted(policy.combine.weights.keys() - known - set(registry.DETECTORS))
    if strangers:
        raise SettingsError(
            f"The policy weighs models that there are not: {', '.join(strangers)}. Take them out "
            "of [combine.weights], or name their file in WATCHROOM_MODELS."
        )
    return detectors


def start(detectors: Sequence[Classifier]) -> None:
    """Start what runs in a process of its own. Raises SettingsError with every fault."""
    faults = []
    for one in detectors:
        if isinstance(one, OwnProcess):
            try:
                one.start()
            except SettingsError as err:
                faults.append(str(err))
    if faults:
        close(detectors)
        raise SettingsError("\n".join(faults))


def close(detectors: Sequence[Classifier]) -> None:
    """End the processes that were started."""
    for one in detectors:
        if isinstance(one, OwnProcess):
            one.close()


@contextmanager
def started(detectors: Sequence[Classifier]) -> Iterator[Sequence[Classifier]]:
    """Give detectors that are ready, and end their processes afterwards."""
    start(detectors)
    try:
        yield detectors
    finally:
        close(detectors)
