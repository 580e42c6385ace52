"""Runs the detectors over texts and proposes: the one path for the worker and the command line."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from classifiers.contract import Classifier
from moderation.hearing import is_valid
from moderation.model import Failure, Signal
from moderation.policy import Policy
from moderation.proposing import Outcome, Proposal, Subject, propose, unscored
from moderation.targets import Directory, Target, find_target
from worker import detectors as detectors_of

FAILED = "A detector failed on this text, so it could not be scored"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one subject: every detector's signal, the target, the proposal."""

    signals: tuple[Signal, ...]
    target: Target
    proposal: Proposal


class Detection:
    """The detectors, the policy and the staff directories, put together once a process.

    directory_for returns the index over an organisation's staff, policy_for the policy as its leads
    have set it; both are asked for every batch, so they may bring a new one at any time. Without
    policy_for the policy holds for all.
    """

    def __init__(
        self,
        detectors: Sequence[Classifier],
        policy: Policy,
        directory_for: Callable[[str], Directory],
        policy_for: Callable[[str], Policy] | None = None,
    ) -> None:
        self._detectors = tuple(detectors)
        self._directory_for = directory_for
        self._policy_for = policy_for or (lambda _: policy)
        self.models = tuple(one.model for one in self._detectors)
        self.sha256 = _hash_of(self._detectors)

    def start(self) -> None:
        """Start the models that run in processes of their own; raises SettingsError."""
        detectors_of.start(self._detectors)

    def close(self) -> None:
        """End those processes; reading again starts them again."""
        detectors_of.close(self._detectors)

    def read(self, subjects: Sequence[Subject]) -> list[Finding]:
        """Return one finding per subject, in order.

        Nothing that a detector does wrong reaches the caller: a text on which one fails is tried
        again alone, and if that fails too it is unscored unless another detector flagged it.
        """
        if not subjects:
            return []
        texts = [subject.text for subject in subjects]
        columns = [_signals(detector, texts) for detector in self._detectors]
        orgs = {one.org for one in subjects}
        own = {org: (self._directory_for(org), self._policy_for(org)) for org in orgs}
        return [
            _finding(subject, tuple(signals), *own[subject.org])
            for subject, signals in zip(
                subjects, zip(*columns, strict=True) if columns else [()] * len(texts), strict=True
            )
        ]


def _finding(
    subject: Subject, signals: tuple[Signal, ...], directory: Directory, policy: Policy
) -> Finding:
    target = find_target(
        subject.text, directory=directory, post=subject.post, is_reply=subject.is_reply
    )
    proposal = propose(subject, signals, target, policy)
    why = next((one.unscored for one in signals if one.failure is not None), "")
    if why and proposal.outcome is Outcome.CLEAR:
        proposal = replace(unscored(why, policy), target=target, check_first=proposal.check_first)
    return Finding(signals, proposal.target, proposal)


def _hash_of(detectors: Sequence[Classifier]) -> str:
    """Return one hash for all detectors as loaded, so that a past proposal can be traced."""
    lines = (f"{detector.model} {detector.sha256}\n" for detector in detectors)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _signals(detector: Classifier, texts: Sequence[str]) -> list[Signal]:
    """Return a detector's signal per text; where the batch fails, each text is tried alone."""
    answers = _answers(detector, texts)
    if isinstance(answers, Failure) or not all(_is_sound(one) for one in answers):
        return [_alone(detector, text) for text in texts]
    return answers


def _alone(detector: Classifier, text: str) -> Signal:
    answers = _answers(detector, [text])
    if isinstance(answers, Failure):
        return Signal(detector.model, unscored=FAILED, failure=answers)
    if not _is_sound(answers[0]):
        return Signal(detector.model, unscored=FAILED, failure=Failure.BAD_ANSWER)
    return answers[0]


def _answers(detector: Classifier, texts: Sequence[str]) -> list[Signal] | Failure:
    """Return what the detector says, or how it failed: it raised, or answered for too few."""
    try:
        answers = list(detector.score(texts))
    except Exception as err:  # noqa: BLE001  a plug-in may raise anything, and must harm no other
        _log.warning(
            "detector_failed", extra={"detector": detector.model, "error": type(err).__name__}
        )
        return Failure.OUT_OF_MEMORY if isinstance(err, MemoryError) else Failure.BROKE
    if len(answers) != len(texts):
        _log.warning("detector_answered_short", extra={"detector": detector.model})
        return Failure.BAD_ANSWER
    return answers


def _is_sound(answer: object) -> bool:
    return isinstance(answer, Signal) and (answer.scores is None or is_valid(answer.scores))
