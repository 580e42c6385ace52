"""The list of detectors: adding one takes its module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from classifiers.contract import Classifier
from classifiers.optional.model_settings import ModelSettings
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
# The kinds of model that an organisation may add, and the module that loads each in its process.
KINDS: dict[str, str] = {
    "detoxify": "classifiers.detoxify_model",
    "transformers": "classifiers.transformers_model",
}


def load(
    names: Sequence[str] | None = None, added: Sequence[ModelSettings] = ()
) -> list[Classifier]:
    """Return the named detectors, or all of them, in that order and ready to read.

    added are the organisation's own models, each under its name; their processes are started later.
    Raises SettingsError for an unknown name, and for weights that are missing or altered.
    """
    known = DETECTORS | {one.name: _optional(one) for one in added}
    names = tuple(known) if names is None else names
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SettingsError(
            f"Unknown classifier {', '.join(unknown)}: choose from {', '.join(known)}."
        )
    return [known[name]() for name in names]


def _optional(chosen: ModelSettings) -> Callable[[], Classifier]:
    def made() -> Classifier:
        model: Classifier = import_module("classifiers.optional.optional_model").OptionalModel(
            chosen
        )
        return model

    return made
