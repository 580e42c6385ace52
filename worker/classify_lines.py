"""Classifies JSON Lines: the `classify` command, on the same path as the worker's."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TextIO

from classifiers.contract import Classifier
from moderation.hearing import hear
from moderation.model import StaffMember
from moderation.policy import Policy
from moderation.policy_parts import CourseOfConduct
from moderation.proposing import Outcome
from moderation.targets import Directory
from moderation.taxonomy import PERSON_TARGETS
from moderation.with_patterns import with_course_of_conduct
from worker.detection import Detection, Finding
from worker.lines import Line, read_line

BATCH = 256
_SERIES_KEPT = 50_000


@dataclass(slots=True)
class _Series:
    """The occasions of one author against one person."""

    occasions: int
    first: datetime | None
    last: datetime | None


def classify_lines(
    infile: Iterable[bytes],
    outfile: TextIO,
    errors: TextIO,
    *,
    members: Sequence[StaffMember],
    org: str,
    policy: Policy,
    detectors: Sequence[Classifier],
) -> int:
    """Write one line for each line of infile, in order, and return the exit status.

    A line is a JSON object with id and text, and may have post (a text, or an object with one),
    author_id, org, platform and created_at. org stands in where a line names none; with neither,
    the whole directory is searched. A line that cannot be read leaves {"id", "error"} in its place
    and a message with its number in errors, and the status is 1. Memory does not grow with the
    input.
    """
    reader = LineReader(members, policy, detectors)
    status = 0
    numbered = (
        (number, line)
        for number, line in enumerate(infile, 1)
        if line.strip(b" \t\r\n\xef\xbb\xbf")
    )
    while batch := list(islice(numbered, BATCH)):
        lines = [read_line(raw, org) for _, raw in batch]
        found = iter(reader.read([line for line in lines if line.subject is not None]))
        for (number, _), line in zip(batch, lines, strict=True):
            if line.subject is None:
                status = 1
                errors.write(f"line {number}: {line.wrong}\n")
                answer = {"id": line.id, "error": line.wrong}
            else:
                answer = _answer(line, next(found), policy)
            outfile.write(json.dumps(answer) + "\n")
    return status


class LineReader:
    """Reads lines as the worker reads comments, and counts each author's occasions on the way."""

    def __init__(
        self, members: Sequence[StaffMember], policy: Policy, detectors: Sequence[Classifier]
    ) -> None:
        self.detection = Detection(detectors, policy, _Directories(members).of)
        self.policy = policy
        self._seen = _Authors(policy.course_of_conduct)

    def read(self, lines: Sequence[Line]) -> list[Finding]:
        """Return one finding per line, in order; every line has a subject."""
        found = self.detection.read([line.subject for line in lines if line.subject is not None])
        return [
            self._seen.counted(line, one, self.policy)
            for line, one in zip(lines, found, strict=True)
        ]


class _Directories:
    """One index per organisation, made when it is first asked for."""

    def __init__(self, members: Sequence[StaffMember]) -> None:
        self._members = members
        self._orgs = {member.org for member in members}
        self._made: dict[str, Directory] = {}

    def of(self, org: str) -> Directory:
        if org and org not in self._orgs:
            # Nobody of an unknown organisation can be named; one index serves them all.
            return self._made.setdefault("\n", Directory())
        if org not in self._made:
            self._made[org] = Directory(one for one in self._members if org in ("", one.org))
        return self._made[org]


class _Authors:
    """Counts what the same author wrote against the same person earlier in the stream."""

    def __init__(self, rule: CourseOfConduct) -> None:
        self._gap = timedelta(minutes=rule.burst_gap_minutes)
        self._window = timedelta(days=rule.window_days)
        self._series: OrderedDict[tuple[str, str], _Series] = OrderedDict()

    def counted(self, line: Line, found: Finding, policy: Policy) -> Finding:
        """Return the finding, with the course of conduct that the author has by now."""
        target = found.target
        abusive = found.proposal.category is not None
        if not (line.author and abusive and target.staff_id and target.type in PERSON_TARGETS):
            return found
        series = self._occasion((line.author, target.staff_id), line.at)
        days = (series.last - series.first).days + 1 if series.first and series.last else 0
        proposal = with_course_of_conduct(found.proposal, series.occasions, days, policy)
        return replace(found, proposal=proposal)

    def _occasion(self, key: tuple[str, str], at: datetime | None) -> _Series:
        series = self._series.pop(key, None)
        if series is None or (at and series.last and at - series.last > self._window):
            series = _Series(1, at, at)
        elif not (at and series.last and abs(at - series.last) < self._gap):
            series.occasions += 1
        if at is not None:
            series.first = min(series.first or at, at)
            series.last = max(series.last or at, at)
        self._series[key] = series
        if len(self._series) > _SERIES_KEPT:
            self._series.popitem(last=False)
        return series


def _answer(line: Line, found: Finding, policy: Policy) -> dict[str, Any]:
    proposal = found.proposal
    scores = hear(found.signals, policy.combine).scores
    return {
        "id": line.id,
        "labels": None if scores is None else {k: round(v, 6) for k, v in scores.items()},
        "flagged": proposal.outcome is Outcome.FLAG,
        "category": proposal.category,
        "not_abuse": proposal.not_abuse,
        "severity": proposal.severity.name,
        "target_type": proposal.target.type,
        "target_staff_id": proposal.target.staff_id,
        "check_first": list(proposal.check_first),
        "reasons": list(proposal.reasons),
    }
