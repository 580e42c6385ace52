"""Reads the staff directory: the CSV that says who works here and what people call them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from moderation.errors import InvalidInput
from moderation.model import StaffMember

COLUMNS = (
    "staff_id",
    "full_name",
    "known_as",
    "role",
    "station_or_department",
    "public_role",
    "org",
)

_SAVE_AS = "save it as UTF-8 (in a spreadsheet: Save as, then “CSV UTF-8”)"


def load(path: Path) -> tuple[StaffMember, ...]:
    """Read a staff directory from a file; raises InvalidInput as parse does."""
    try:
        data = path.read_bytes()
    except OSError as err:
        raise InvalidInput(f"staff directory {path}: {err.strerror or 'cannot be read'}") from err
    return parse(data)


def parse(data: bytes) -> tuple[StaffMember, ...]:
    """Return one StaffMember per line, in file order.

    Commas, semicolons and tabs are all taken as separators, whichever the first line uses. Columns
    beyond COLUMNS are kept in `more`. Raises InvalidInput that lists every fault with its line.
    """
    text = _decoded(data)
    rows = list(_rows(text))
    if not rows:
        raise InvalidInput(f"staff directory: the file is empty; it needs {', '.join(COLUMNS)}")
    header = _header(rows[0][1])
    members: list[StaffMember] = []
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows[1:]:
        if len(row) != len(header):
            faults.append(f"line {line}: {len(row)} values where the heading has {len(header)}")
            continue
        member, wrong = _member(dict(zip(header, row, strict=True)))
        first = seen.setdefault((member.org, member.staff_id), line)
        if member.staff_id and first != line:
            wrong.append(f"staff_id {member.staff_id!r} stands on line {first} already")
        faults.extend(f"line {line}: {fault}" for fault in wrong)
        members.append(member)
    if faults:
        raise InvalidInput("staff directory: " + "; ".join(faults))
    return tuple(members)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = data.count(b"\n", 0, err.start) + 1
        raise InvalidInput(
            f"staff directory: line {line} is not UTF-8 text; {_SAVE_AS} and try again"
        ) from err


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the line where the row begins, values), empty lines left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for row in reader:
            if any(value.strip() for value in row):
                yield begins, [value.strip() for value in row]
            begins = reader.line_num + 1
    except csv.Error as err:
        raise InvalidInput(f"staff directory: line {begins}: {err}") from err


def _separator(text: str) -> str:
    """Return the separator that the heading uses most: further down, known_as has semicolons."""
    heading = text.lstrip().partition("\n")[0]
    return max(",;\t", key=heading.count)


def _header(values: list[str]) -> list[str]:
    names = [" ".join(value.split()).casefold().replace(" ", "_") for value in values]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise InvalidInput(
            f"staff directory: no column {', '.join(missing)}; the heading must name "
            f"{', '.join(COLUMNS)}"
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidInput(f"staff directory: the heading names {', '.join(twice)} more than once")
    return names


def _member(values: dict[str, str]) -> tuple[StaffMember, list[str]]:
    faults = [f"{name} is empty" for name in ("staff_id", "full_name") if not values[name]]
    public = values["public_role"].casefold()
    if public not in ("yes", "no"):
        faults.append(f"public_role is {values['public_role']!r}, must be yes or no")
    aliases = (alias.strip().lstrip("@").strip() for alias in values["known_as"].split(";"))
    member = StaffMember(
        staff_id=values["staff_id"],
        full_name=values["full_name"],
        aliases=tuple(alias for alias in aliases if alias),
        role=values["role"],
        station=values["station_or_department"],
        public_role=public == "yes",
        org=values["org"],
        more={name: value for name, value in values.items() if name not in COLUMNS},
    )
    return member, faults
