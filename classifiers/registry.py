"""The list of detectors: adding one takes its module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from classifiers.contract import Classifier
from moderation.errors import SettingsError


def _embedded() -> Classifier:
    made = import_module("classifiers.embedded").EmbeddedModel()
    # Now, so that missing or altered weights are an error and not a thousand unscored texts.
    made.load()
    model: Classifier = made
    return model


def _family(module: str, name: str) -> Callable[[], Classifier]:
    def made() -> Classifier:
        family: Classifier = getattr(import_module(f"classifiers.rules.{module}"), name)
        return family

    return made


# Modules are imported when a detector is asked for: commands that need no model start fast.
DETECTORS: dict[str, Callable[[], Classifier]] = {
    "embedded": _embedded,
    "rules.threats": _family("threats", "THREATS"),
    "rules.personal_details": _family("personal_details", "PERSONAL_DETAILS"),
    "rules.check_first": _family("check_first", "CHECK_FIRST"),
    "rules.abuse_words": _family("abuse_words", "ABUSE_WORDS"),
    "rules.not_abuse": _family("not_abuse", "NOT_ABUSE"),
}
DEFAULT = tuple(DETECTORS)


def load(names: Sequence[str] | None = None) -> list[Classifier]:
    """Return the named detectors, or all of them, in that order and ready to read.

    Raises SettingsError for an unknown name, and for weights that are missing or altered.
    """
    names = DEFAULT if names is None else names
    unknown = [name for name in names if name not in DETECTORS]
    if unknown:
        raise SettingsError(
            f"Unknown classifier {', '.join(unknown)}: choose from {', '.join(DETECTORS)}."
        )
    return [DETECTORS[name]() for name in names]
