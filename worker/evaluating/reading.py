"""Reads labelled comments from JSON Lines or CSV one by one, and tells each line at fault."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from moderation.errors import InvalidInput
from worker.evaluating.labelling import Example, example
from worker.lines import decoded

_BLANK: Final = b" \t\r\n\xef\xbb\xbf"


class Fault(NamedTuple):
    """A line that could not be used, and why."""

    line: int
    says: str


def read_labelled(path: Path, org: str = "") -> Iterator[Example | Fault]:
    """Yield what each line of a file holds, in order; org stands in where a line names none.

    A name that ends in .csv is read as CSV. Raises InvalidInput where the file as a whole cannot
    be read.
    """
    try:
        yield from _examples(_csv(path) if path.suffix.lower() == ".csv" else _json(path), org)
    except OSError as err:
        raise InvalidInput(f"{path} cannot be read: {err.strerror or err}.") from err
    except UnicodeDecodeError as err:
        raise InvalidInput(f"{path} is not UTF-8 text. Save it as CSV UTF-8.") from err


def _examples(
    rows: Iterator[tuple[int, dict[str, Any] | str]], org: str
) -> Iterator[Example | Fault]:
    for number, values in rows:
        if isinstance(values, str):
            yield Fault(number, values)
            continue
        try:
            found: Example | Fault = example(values, number, org)
        except ValueError as err:
            found = Fault(number, str(err))
        yield found


def _json(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, 1):
            if raw.strip(_BLANK):
                yield number, decoded(raw)


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, restkey="", restval=None)
        if "text" not in (rows.fieldnames or ["text"]):
            raise InvalidInput(f"{path} has no column named text in its first line.")
        while True:
            # A cell may hold line breaks, so a row's number is that of its first line.
            number = rows.line_num + 1
            try:
                values = next(rows)
            except StopIteration:
                return
            except csv.Error as err:
                yield number, f"not CSV: {err}"
                continue
            yield number, "more cells than columns" if "" in values else values
