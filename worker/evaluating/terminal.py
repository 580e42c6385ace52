"""Writes a report as tables for a terminal, and its figures for machines; no comment is in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Final, TextIO

from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from review_ui.words import severity, words
from worker.evaluating import wording
from worker.evaluating.figures import Counted
from worker.evaluating.identity import gap
from worker.evaluating.report import Report, Shares

WIDTH: Final = 100


@contextmanager
def progress(out: TextIO) -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many comments were read, on a terminal and nowhere else."""
    columns = TextColumn("Read {task.completed:,} comments"), TimeElapsedColumn()
    with Progress(*columns, console=Console(file=out), disable=not out.isatty()) as bar:
        task = bar.add_task("", total=None)
        yield lambda done: bar.update(task, completed=done)


def text(report: Report) -> str:
    """Return the main tables as plain text, at most WIDTH columns wide."""
    out = io.StringIO()
    console = Console(file=out, width=WIDTH, color_system=None, highlight=False, markup=False)
    for table in _tables(report):
        if table.rows:
            console.print(table)
    for line in _sentences(report):
        console.print(line)
    return out.getvalue()


def _tables(report: Report) -> Iterable[Table]:
    main = [(wording.MAIN[name], wording.counts(one)) for name, one in report.main.items()]
    yield _table(("Main figures", "Share"), main)
    if report.shares:
        yield _table(("The model by itself", ""), _of_shares(report.shares))
    yield _table(
        ("Category", "Flagged", "Flagged as this", "Right where said"),
        (
            (words(code), *map(wording.counts, (one.flagged, one.named.found, one.named.right)))
            for code, one in report.categories.items()
        ),
    )
    yield _table(
        ("Not abuse", "Flagged all the same"),
        ((words(code), wording.counts(one)) for code, one in report.classes.items()),
    )
    yield _table(
        ("Severity", "Flagged", "Moderate or graver"),
        (
            (f"{level.name}: {severity(level)}", *map(wording.counts, (one.flagged, one.raised)))
            for level, one in report.severities.items()
        ),
    )
    yield _table(
        ("Check first", "Found", "Found where it is not"),
        (
            (words(code), *map(wording.counts, (one.found, one.wrongly)))
            for code, one in report.checks.items()
        ),
    )


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(*columns)
    for row in rows:
        table.add_row(*row)
    return table


def _of_shares(shares: Shares) -> list[tuple[str, str]]:
    return [
        ("ROC AUC of its share of abuse", wording.area(shares.abuse)),
        ("ROC AUC of its toxicity", wording.area(shares.toxicity)),
        ("Expected calibration error", f"{shares.calibration_error:.3f}"),
        ("Brier score", f"{shares.brier:.3f}"),
    ]


def _sentences(report: Report) -> Iterable[str]:
    judgement, run = report.judgement, report.run
    if judgement.lines:
        yield (
            f"{len(judgement.judged):,} comments measured, {judgement.at_fault:,} lines at fault, "
            f"{sum(report.unscored.values()):,} not scored; {run.seconds:,.0f} seconds."
        )
    flagged = sum(one.hits > 0 for one in report.identity.values())
    yield (
        f"Neutral sentences: {100 * gap(report.identity):.1f} points between groups; "
        f"{flagged} of {len(report.identity)} groups flagged at least once."
    )
    yield f"Policy {run.policy}; detectors: {', '.join(name for name, _ in run.detectors)}."
    yield from report.left_out


def as_dict(report: Report) -> dict[str, Any]:
    """Return the figures as JSON has them; errors are named by their ids alone."""
    judgement, shares, worst = report.judgement, report.shares, report.worst
    return {
        "made_at": report.run.made_at.isoformat(),
        "policy": report.run.policy,
        "detectors": dict(report.run.detectors),
        "seconds": round(report.run.seconds, 1),
        "lines": judgement.lines,
        "at_fault": judgement.at_fault,
        "faults": [one._asdict() for one in judgement.faults],
        "unscored": dict(report.unscored),
        "left_out": list(report.left_out),
        "main": _counted(report.main),
        "model": _without_curve(shares) if shares else None,
        "categories": {code: asdict(one) for code, one in report.categories.items()},
        "not_abuse": _counted(report.classes),
        "severities": {level.name: asdict(one) for level, one in report.severities.items()},
        "check_first": {code: asdict(one) for code, one in report.checks.items()},
        "targets": {code: asdict(one) for code, one in report.targets.items()},
        "groups": {
            group: {name: asdict(part) for name, part in parts.items()}
            for group, parts in report.groups.items()
        },
        "confusion": [
            {"true": true, "proposed": said, "count": count}
            for (true, said), count in report.confusion.items()
        ],
        "identity": {"gap": gap(report.identity), "flagged": _counted(report.identity)},
        "worst": {
            "false_flags": [one.example.line.id for one in worst.false_flags],
            "misses": [one.example.line.id for one in worst.misses],
            "urgent": [one.example.line.id for one in worst.urgent],
        }
        if worst
        else None,
    }


def _without_curve(shares: Shares) -> dict[str, Any]:
    """Return the model's figures without a point for every single comment."""
    return {name: value for name, value in asdict(shares).items() if name != "curve"}


def _counted(found: Mapping[Any, Counted]) -> dict[str, Any]:
    return {str(name): {**asdict(one), "share": one.share} for name, one in found.items()}
