"""Has each labelled comment read as the worker would, and keeps what the figures need of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from moderation.hearing import hear
from moderation.policy import Policy
from moderation.proposing import Outcome, Proposal
from worker.classify_lines import BATCH, LineReader
from worker.detection import Finding
from worker.evaluating.labelling import Example
from worker.evaluating.reading import Fault
from worker.lines import Line

MOST_FAULTS_KEPT: Final = 1000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """One example with what was proposed for it.

    abuse and toxicity are the model's shares, None where it gave none; unscored says why no model
    could read it. Words and reasons are kept for errors alone: only those are shown.
    """

    example: Example
    proposal: Proposal
    abuse: float | None
    toxicity: float | None
    unscored: str

    @property
    def flagged(self) -> bool:
        """Return whether it would be put before people, as possible abuse or as urgent."""
        return self.proposal.outcome is Outcome.FLAG

    @property
    def share(self) -> float | None:
        """Return how likely the model holds it to be abuse: by its code, else by its toxicity."""
        return self.toxicity if self.abuse is None else self.abuse


@dataclass(slots=True)
class Judgement:
    """What became of a file: every comment that was read, and the lines at fault."""

    judged: list[Judged] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    at_fault: int = 0

    @property
    def lines(self) -> int:
        """Return how many lines there were."""
        return len(self.judged) + self.at_fault


def judge(
    read: Iterable[Example | Fault], reader: LineReader, progress: Progress = lambda _: None
) -> Judgement:
    """Return what is proposed for each example, in order, read batch by batch."""
    whole = Judgement()
    examples = _examples(read, whole)
    while batch := list(islice(examples, BATCH)):
        found = reader.read([example.line for example in batch])
        whole.judged += [
            _judged(example, one, reader.policy) for example, one in zip(batch, found, strict=True)
        ]
        progress(len(whole.judged))
    return whole


def _examples(read: Iterable[Example | Fault], whole: Judgement) -> Iterator[Example]:
    for one in read:
        if isinstance(one, Example):
            yield one
            continue
        whole.at_fault += 1
        if len(whole.faults) < MOST_FAULTS_KEPT:
            whole.faults.append(one)


def _judged(example: Example, found: Finding, policy: Policy) -> Judged:
    heard = hear(found.signals, policy.combine)
    judged = Judged(
        example,
        found.proposal,
        heard.codes.get("abuse"),
        None if heard.scores is None else heard.scores.get("toxicity"),
        heard.unscored if heard.scores is None else "",
    )
    return judged if judged.flagged is not example.wanted else _slim(judged)


def _slim(judged: Judged) -> Judged:
    """Return it without words: a hundred thousand comments fit into memory so."""
    example, proposal = judged.example, judged.proposal
    return replace(
        judged,
        example=replace(example, line=Line(example.line.id)),
        proposal=replace(proposal, reasons=(), target=replace(proposal.target, why="", words=())),
    )
