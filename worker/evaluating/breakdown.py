"""Counts the same figures by category, severity, target, urgent matter, tag and writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType
from worker.evaluating.counting import counted, is_abusive, is_flagged, is_moderate
from worker.evaluating.figures import Counted
from worker.evaluating.judging import Judged
from worker.evaluating.labelling import Group

# What a comment was taken for where no category of abuse was proposed.
NOT_ABUSE: Final = "not_abuse"
NOT_SCORED: Final = "not_scored"

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Named:
    """A code: how often it was found where it is, and how often it was right where it was said."""

    found: Counted
    right: Counted


@dataclass(frozen=True, slots=True)
class Category:
    """A category of abuse: how much of it was flagged at all, and how well it was named."""

    flagged: Counted
    named: Named


@dataclass(frozen=True, slots=True)
class Check:
    """A check-first code: found where it is, and found where it is not."""

    found: Counted
    wrongly: Counted


@dataclass(frozen=True, slots=True)
class Grave:
    """A severity: how much of it was flagged, and how much was proposed as moderate or graver."""

    flagged: Counted
    raised: Counted


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the comments: abuse flagged in it, and what should not be flagged."""

    recall: Counted
    false_flags: Counted

    @property
    def size(self) -> int:
        """Return how many comments were counted."""
        return self.recall.of + self.false_flags.of


def by_category(judged: Sequence[Judged]) -> dict[Abuse, Category]:
    """Return each category that is in the labels or was proposed."""
    told = [one for one in judged if one.example.kind_told]
    truth = _sorted_into(Abuse, told, lambda one: one.example.categories)
    named = _named(Abuse, told, lambda e: e.example.categories, lambda e: e.proposal.categories)
    return {
        code: Category(counted(truth.get(code, ()), is_flagged), found)
        for code, found in named.items()
    }


def by_target(judged: Sequence[Judged]) -> dict[TargetType, Named]:
    """Return how well each kind of target is told."""
    told = [one for one in judged if one.example.target]
    return _named(
        TargetType,
        told,
        lambda one: (one.example.target,) if one.example.target else (),
        lambda one: (one.proposal.target.type,),
    )


def by_class(judged: Sequence[Judged]) -> dict[NotAbuse, Counted]:
    """Return false flags by class of not-abuse, without what a person should see as urgent."""
    fine = [one for one in judged if one.example.not_abuse and not one.example.wanted]
    parts = _sorted_into(
        NotAbuse, fine, lambda one: (one.example.not_abuse,) if one.example.not_abuse else ()
    )
    return {kind: counted(part, is_flagged) for kind, part in parts.items()}


def by_severity(judged: Sequence[Judged]) -> dict[Severity, Grave]:
    """Return each severity that the labels name, gravest first."""
    parts = _sorted_into(
        reversed(Severity),
        judged,
        lambda one: () if one.example.severity is None else (one.example.severity,),
    )
    return {
        level: Grave(counted(part, is_flagged), counted(part, is_moderate))
        for level, part in parts.items()
    }


def by_check_first(judged: Sequence[Judged]) -> dict[CheckFirst, Check]:
    """Return each check-first code that is in the labels or was said."""
    told = [one for one in judged if one.example.check_first is not None]
    found = {}
    for code in CheckFirst:
        here = [one for one in told if code in (one.example.check_first or ())]
        elsewhere = [one for one in told if code not in (one.example.check_first or ())]
        check = Check(*(counted(part, _says(code)) for part in (here, elsewhere)))
        if check.found.of or check.wrongly.hits:
            found[code] = check
    return found


def by_group(judged: Sequence[Judged]) -> dict[Group, dict[str, Part]]:
    """Return the figures of each tag, writer and the like, largest first.

    A part that holds neither abuse nor anything that should be left alone has no figures.
    """
    names: dict[Group, dict[str, list[Judged]]] = {}
    for one in judged:
        for group, named in one.example.groups.items():
            for name in named:
                names.setdefault(group, {}).setdefault(name, []).append(one)
    parts = {
        group: {
            name: Part(
                counted(filter(is_abusive, part), is_flagged),
                counted((one for one in part if not one.example.wanted), is_flagged),
            )
            for name, part in named.items()
        }
        for group, named in names.items()
    }
    return {
        group: dict(
            sorted(
                ((name, part) for name, part in parts[group].items() if part.size),
                key=lambda pair: (-pair[1].size, pair[0]),
            )
        )
        for group in Group
        if group in parts
    }


def confusion(judged: Sequence[Judged]) -> dict[tuple[str, str], int]:
    """Return how many comments of each first category were proposed as each."""
    told = [one for one in judged if one.example.kind_told]
    return dict(
        Counter((next(iter(one.example.categories), NOT_ABUSE), _taken_for(one)) for one in told)
    )


def _taken_for(one: Judged) -> str:
    if one.proposal.category is not None:
        return one.proposal.category
    return NOT_SCORED if one.unscored else NOT_ABUSE


def _named(
    codes: Iterable[_Key],
    told: Sequence[Judged],
    is_so: Callable[[Judged], Iterable[_Key]],
    is_said: Callable[[Judged], Iterable[_Key]],
) -> dict[_Key, Named]:
    """Return for each code how often it was found and right; without codes that nobody named."""
    codes = tuple(codes)
    true, said = _sorted_into(codes, told, is_so), _sorted_into(codes, told, is_said)
    both = {code: sum(code in set(is_said(one)) for one in true.get(code, ())) for code in codes}
    return {
        code: Named(
            Counted(both[code], len(true.get(code, ()))),
            Counted(both[code], len(said.get(code, ()))),
        )
        for code in codes
        if code in true or code in said
    }


def _sorted_into(
    codes: Iterable[_Key], judged: Iterable[Judged], codes_of: Callable[[Judged], Iterable[_Key]]
) -> dict[_Key, list[Judged]]:
    """Return the comments under each of codes that they have, in the order of codes."""
    parts: dict[_Key, list[Judged]] = {code: [] for code in codes}
    for one in judged:
        for code in codes_of(one):
            parts[code].append(one)
    return {code: part for code, part in parts.items() if part}


def _says(code: CheckFirst) -> Callable[[Judged], bool]:
    return lambda one: code in one.proposal.check_first
