"""The staff directory: who is in it, and replacing it from a CSV after seeing what changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import staffing
from moderation.access import Right
from moderation.directory import COLUMNS, parse
from moderation.errors import InvalidInput
from moderation.model import StaffMember
from moderation.staffing import Changes
from review_ui import shell
from review_ui.shell import needs

pages = Blueprint("staff", __name__, url_prefix="/staff")

# A page with more lines than this helps nobody; the search finds the others.
SHOWN: Final = 200
NAMED: Final = 50


@pages.get("")
@needs(Right.MANAGE_STAFF)
def show() -> str:
    """List who is in the directory, or those whom a search finds."""
    with shell.reading() as session:
        members = staffing.directory(session, actor=shell.actor())
    return _page(members)


@pages.post("/check")
@needs(Right.MANAGE_STAFF)
def check() -> str:
    """Show what a file would change, and change nothing."""
    new = parse(_uploaded())
    with shell.reading() as session:
        members = staffing.directory(session, actor=shell.actor())
        changes = staffing.compare(session, new, actor=shell.actor())
    names = {member.staff_id: member.full_name for member in (*members, *new)}
    return _page(members, changes, names)


@pages.post("/import")
@needs(Right.MANAGE_STAFF)
def take_in() -> Response:
    """Make the file the directory."""
    new = parse(_uploaded())
    with shell.transaction() as session:
        changes = staffing.replace(session, new, actor=shell.actor(), now=shell.now())
    flash(
        f"The directory has {changes.total} people: {len(changes.new)} new, "
        f"{len(changes.changed)} changed, {len(changes.left)} left, {changes.unchanged} as before.",
        "success",
    )
    return redirect(url_for("staff.show"), code=303)


def _uploaded() -> bytes:
    """Return the bytes of the file that was chosen."""
    file = request.files.get("file")
    data = file.read() if file is not None else b""
    if not data:
        msg = "Choose the staff directory: a CSV file that is not empty."
        raise InvalidInput(msg)
    return data


def _page(
    members: Sequence[StaffMember],
    changes: Changes | None = None,
    names: dict[str, str] | None = None,
) -> str:
    wanted = request.args.get("q", "").strip()[:100]
    found = [member for member in members if _fits(member, wanted.casefold())]
    return render_template(
        "staff.html",
        members=found[:SHOWN],
        found=len(found),
        total=len(members),
        wanted=wanted,
        columns=COLUMNS,
        changes=changes,
        names=names or {},
        named=NAMED,
        organisation_code=shell.actor().org_id,
    )


def _fits(member: StaffMember, wanted: str) -> bool:
    parts = (member.staff_id, member.full_name, *member.aliases, member.role, member.station)
    return any(wanted in part.casefold() for part in parts)
