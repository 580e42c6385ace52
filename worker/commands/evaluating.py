"""The command that measures detection on labelled comments."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from moderation import directory
from moderation.errors import InvalidInput
from moderation.policy import Policy
from worker import opening

if TYPE_CHECKING:
    from worker.evaluating.report import Report

_FILE: Final = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_MOST_TOLD: Final = 20


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--directory", "staff_file", type=_FILE, default=None, help="The staff directory.")
@click.option("--org", default="", help="The organisation of lines that name none.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Write the whole report as a page, for example report.html.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures for machines.")
@click.option(
    "--identity-terms", is_flag=True, help="Only neutral sentences about groups of people."
)
@click.option(
    "--require", default="", help="Such as recall=0.7,false_flags=0.08: exit 1 where missed."
)
def evaluate(
    file: Path | None,
    staff_file: Path | None,
    org: str,
    output: Path | None,
    as_json: bool,
    identity_terms: bool,
    require: str,
) -> None:
    """Measure detection on the labelled comments of FILE (JSON Lines or CSV).

    A line needs text and one of category, not_abuse, flagged and toxic. Lines at fault are told and
    left out.
    """
    from worker.evaluating import terminal
    from worker.evaluating.required import missed, required

    if (file is None) is not identity_terms:
        raise click.UsageError("Name a FILE of labelled comments, or ask for --identity-terms.")
    wanted = required(require)
    if output is not None:
        _make_ready(output, file)
    report = _measure(file, staff_file, org)
    if output is not None:
        _write(output, report)
    click.echo(json.dumps(terminal.as_dict(report), indent=1) if as_json else terminal.text(report))
    _tell_faults(report)
    sentences = missed(report, wanted)
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(1 if sentences else 0)


def _measure(file: Path | None, staff_file: Path | None, org: str) -> Report:
    from worker import detectors
    from worker.classify_lines import LineReader
    from worker.evaluating import identity, judging, terminal
    from worker.evaluating.reading import read_labelled
    from worker.evaluating.report import Report, Run, measured

    chosen = opening.settings()
    policy = Policy.load(chosen.policy_path)
    members = directory.load(staff_file) if staff_file else []
    with detectors.started(detectors.load(chosen, policy)) as ready:
        begun = time.monotonic()
        reader = LineReader(members, policy, ready)
        judgement = judging.Judgement()
        if file is not None:
            with terminal.progress(sys.stderr) as tell:
                judgement = judging.judge(read_labelled(file, org), reader, tell)
        sentences = identity.read_sentences(ready, policy)
    run = Run(
        detectors=tuple((one.model, one.sha256) for one in ready),
        policy=policy.revision,
        made_at=datetime.now(UTC),
        seconds=time.monotonic() - begun,
        with_directory=bool(members),
    )
    return Report(run, sentences) if file is None else measured(judgement, sentences, run)


def _make_ready(output: Path, file: Path | None) -> None:
    """Make sure that the page can be written, before minutes are spent on reading."""
    if file is not None and output.exists() and output.samefile(file):
        raise InvalidInput(f"{output} holds the labelled comments. Name another file for the page.")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise InvalidInput(f"{output.parent} cannot be made: {err.strerror}.") from err
    if not os.access(output if output.exists() else output.parent, os.W_OK):
        raise InvalidInput(f"{output} may not be written by this user.")


def _write(output: Path, report: Report) -> None:
    from worker.evaluating import page

    output.write_text(page.page(report), encoding="utf-8")
    click.echo(f"The whole report: {output}", err=True)


def _tell_faults(report: Report) -> None:
    judgement = report.judgement
    for fault in judgement.faults[:_MOST_TOLD]:
        click.echo(f"line {fault.line}: {fault.says}", err=True)
    if judgement.at_fault > _MOST_TOLD:
        click.echo(f"and {judgement.at_fault - _MOST_TOLD:,} more lines at fault", err=True)


COMMANDS: Final = {"evaluate": evaluate}
