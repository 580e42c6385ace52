"""Puts all figures of one measurement together, and says what could not be measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np

from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType
from worker.evaluating import breakdown, figures
from worker.evaluating.breakdown import Category, Check, Grave, Named, Part
from worker.evaluating.counting import Main, main_figures
from worker.evaluating.figures import Area, At, Bin, Counted, Point
from worker.evaluating.judging import Judged, Judgement
from worker.evaluating.labelling import Group

WORST: Final = 25


@dataclass(frozen=True, slots=True)
class Run:
    """What measured, and when: each detector's name and hash, the policy, how long it took."""

    detectors: tuple[tuple[str, str], ...]
    policy: str
    made_at: datetime
    seconds: float
    with_directory: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """How well the model's shares tell abuse from what is not, whatever the policy does with them.

    abuse and toxicity are the areas under the ROC curve; the rest goes by the share of abuse, or by
    toxicity where the model speaks no codes of the house.
    """

    count: int
    abuse: Area | None
    toxicity: Area | None
    curve: list[Point]
    thresholds: list[At]
    bins: list[Bin]
    calibration_error: float | None
    brier: float | None


@dataclass(frozen=True, slots=True)
class Worst:
    """The most confident errors; those about urgent matters are in the order of the file."""

    false_flags: list[Judged]
    misses: list[Judged]
    urgent: list[Judged]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was measured. Where the labels do not allow a part, it is empty."""

    run: Run
    identity: Mapping[str, Counted]
    judgement: Judgement = field(default_factory=Judgement)
    unscored: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    main: Mapping[Main, Counted] = field(default_factory=dict)
    shares: Shares | None = None
    categories: Mapping[Abuse, Category] = field(default_factory=dict)
    classes: Mapping[NotAbuse, Counted] = field(default_factory=dict)
    severities: Mapping[Severity, Grave] = field(default_factory=dict)
    checks: Mapping[CheckFirst, Check] = field(default_factory=dict)
    targets: Mapping[TargetType, Named] = field(default_factory=dict)
    groups: Mapping[Group, Mapping[str, Part]] = field(default_factory=dict)
    confusion: Mapping[tuple[str, str], int] = field(default_factory=dict)
    worst: Worst | None = None


def measured(judgement: Judgement, identity: Mapping[str, Counted], run: Run) -> Report:
    """Return all figures of what was judged."""
    judged = judgement.judged
    return Report(
        run=run,
        identity=identity,
        judgement=judgement,
        unscored=Counter(one.unscored for one in judged if one.unscored),
        left_out=tuple(_left_out(judged, run)),
        main=main_figures(judged, with_directory=run.with_directory),
        shares=_shares([one for one in judged if one.share is not None]),
        categories=breakdown.by_category(judged),
        classes=breakdown.by_class(judged),
        severities=breakdown.by_severity(judged),
        checks=breakdown.by_check_first(judged),
        targets=breakdown.by_target(judged),
        groups=breakdown.by_group(judged),
        confusion=breakdown.confusion(judged),
        worst=_worst(judged),
    )


def _shares(read: Sequence[Judged]) -> Shares | None:
    if not read:
        return None
    truth = np.array([one.example.abusive for one in read], dtype=np.bool_)
    share = np.array([one.share for one in read], dtype=np.float64)
    found = figures.bins(truth, share)
    return Shares(
        count=len(read),
        abuse=_area([(one.example.abusive, one.abuse) for one in read]),
        toxicity=_area([(one.example.abusive, one.toxicity) for one in read]),
        curve=figures.curve(truth, share),
        thresholds=figures.at_thresholds(truth, share),
        bins=found,
        calibration_error=figures.calibration_error(found),
        brier=figures.brier(truth, share),
    )


def _area(told: Sequence[tuple[bool, float | None]]) -> Area | None:
    given = [(truth, share) for truth, share in told if share is not None]
    return figures.area(
        np.array([truth for truth, _ in given], dtype=np.bool_),
        np.array([share for _, share in given], dtype=np.float64),
    )


def _worst(judged: Sequence[Judged]) -> Worst:
    """Return the worst errors. What was not scored is none: it goes to a person."""
    missed = [one for one in judged if one.example.wanted and not one.flagged and not one.unscored]
    misses = [one for one in missed if one.example.abusive]
    wrong = [one for one in judged if one.flagged and not one.example.wanted]
    return Worst(
        false_flags=sorted(wrong, key=lambda one: -(one.share or 0.0))[:WORST],
        misses=sorted(misses, key=lambda one: one.share or 0.0)[:WORST],
        urgent=[one for one in missed if not one.example.abusive][:WORST],
    )


def _left_out(judged: Sequence[Judged], run: Run) -> list[str]:
    """Return in sentences what could not be measured, and why."""
    examples = [one.example for one in judged]
    given = {
        "a category or a class of not-abuse": any(one.kind_told for one in examples),
        "a severity": any(one.severity is not None for one in examples),
        "at whom the comment is aimed": any(one.target is not None for one in examples),
        "what to check first": any(one.check_first is not None for one in examples),
        "a pair": any(one.pair for one in examples),
    } | {
        f"{_article(group)} {group}": any(group in one.groups for one in examples)
        for group in Group
    }
    said = [f"No line names {what}." for what, is_given in given.items() if not is_given]
    if not run.with_directory:
        said.append("No staff directory was given, so nobody could be resolved by name.")
    if judged and not any(one.abuse is not None for one in judged):
        said.append("The model gives no share of abuse; its toxicity stands in.")
    if len({one.abusive for one in examples}) == 1:
        all_are = "abuse" if examples[0].abusive else "not abuse"
        said.append(f"Every line is labelled as {all_are}, so the two cannot be told apart.")
    return said


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
