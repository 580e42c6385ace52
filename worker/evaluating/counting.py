"""Counts the main figures over all comments: what was flagged, named, resolved and told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Final

from moderation.taxonomy import URGENT_CHECK_FIRST, CheckFirst, Severity
from worker.evaluating.figures import Counted
from worker.evaluating.judging import Judged

_SERIOUS: Final = frozenset({Severity.S3, Severity.S4})


class Main(StrEnum):
    """The main figures, by the names that --require knows."""

    RECALL = "recall"
    FALSE_FLAGS = "false_flags"
    FALSE_ABUSE = "false_abuse"
    SERIOUS = "serious"
    URGENT = "urgent"
    RIGHT_PERSON = "right_person"
    WRONG_PERSON = "wrong_person"
    PAIRS = "pairs"


def counted(judged: Iterable[Judged], is_hit: Callable[[Judged], bool]) -> Counted:
    """Return how many of some are hits."""
    hits = [is_hit(one) for one in judged]
    return Counted(sum(hits), len(hits))


def main_figures(judged: Sequence[Judged], *, with_directory: bool) -> dict[Main, Counted]:
    """Return the main figures; one that the labels do not allow counts none of none."""
    named = [one for one in judged if one.example.staff_id and with_directory]
    said = [one for one in judged if one.proposal.target.staff_id and one.example.target]
    return {
        Main.RECALL: counted(filter(is_abusive, judged), is_flagged),
        Main.FALSE_FLAGS: counted((one for one in judged if not one.example.wanted), is_flagged),
        Main.FALSE_ABUSE: counted((one for one in judged if not is_abusive(one)), _called_abuse),
        Main.SERIOUS: counted(
            (one for one in judged if one.example.severity in _SERIOUS), is_moderate
        ),
        Main.URGENT: counted(filter(_urgent, judged), _urgent_found),
        Main.RIGHT_PERSON: counted(named, _right_person),
        Main.WRONG_PERSON: counted(said, lambda one: not _right_person(one)),
        Main.PAIRS: _pairs(judged),
    }


def _pairs(judged: Sequence[Judged]) -> Counted:
    """Return how many pairs were told apart: all the abuse flagged and nothing else."""
    pairs: dict[str, list[Judged]] = {}
    for one in judged:
        if one.example.pair:
            pairs.setdefault(one.example.pair, []).append(one)
    mixed = [part for part in pairs.values() if len({one.example.wanted for one in part}) > 1]
    apart = [all(one.flagged is one.example.wanted for one in part) for part in mixed]
    return Counted(sum(apart), len(apart))


def is_abusive(one: Judged) -> bool:
    """Return whether it is labelled as abuse."""
    return one.example.abusive


def is_flagged(one: Judged) -> bool:
    """Return whether it was put before people."""
    return one.flagged


def _called_abuse(one: Judged) -> bool:
    return one.proposal.category is not None


def is_moderate(one: Judged) -> bool:
    """Return whether it was proposed as moderate or graver."""
    return one.proposal.severity >= Severity.S2


def _right_person(one: Judged) -> bool:
    return (one.proposal.target.staff_id or "") == one.example.staff_id


def _urgent(one: Judged) -> frozenset[CheckFirst]:
    return URGENT_CHECK_FIRST & (one.example.check_first or frozenset())


def _urgent_found(one: Judged) -> bool:
    return not _urgent(one).isdisjoint(one.proposal.check_first)
