"""Reads the demo's files and puts their days and times on the calendar before today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from moderation.access import Role
from moderation.when import LONDON

HERE: Final = Path(__file__).parent
ORG: Final = "northmoor"
NAME: Final = "Northmoor Fire and Rescue Service (invented, for the demo)"
PASSWORD: Final = "northmoor demo only"  # noqa: S105  the same for all and printed at the start
DAYS: Final = 21

PEOPLE: Final = (
    (Role.COMMS_MODERATOR, "moderator", "Lewis Grant"),
    (Role.COMMS_LEAD, "lead", "Oonagh Tierney"),
    (Role.HR_ADVISER, "hr", "Dawn Fletcher"),
    (Role.HR_LEAD, "hr.lead", "Amara Nwosu"),
    (Role.SAFEGUARDING_LEAD, "safeguarding", "Petra Holm"),
    (Role.BOARD_MEMBER, "board", "Idris Vaughan"),
    (Role.AUDITOR, "auditor", "Marguerite Stone"),
    (Role.ADMINISTRATOR, "admin", "Tobias Reed"),
)


def email(name: str) -> str:
    """Return a demo person's address; the domain can never be a real one."""
    return f"{name}@northmoor.example"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the feed, ready for the replay connector, with the account it belongs to."""

    at: datetime
    account: str
    record: dict[str, Any]


def read(name: str) -> list[dict[str, Any]]:
    """Return the objects of one of the demo's JSON Lines files."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def accounts() -> list[dict[str, str]]:
    """Return the demo's accounts: key, platform and name."""
    found: list[dict[str, str]] = json.loads((HERE / "accounts.json").read_text(encoding="utf-8"))
    return found


def moment(today: date, day: int, clock: str) -> datetime:
    """Return when something happened: day 0 is three weeks before today, clock is UK time."""
    at = datetime.combine(today - timedelta(days=DAYS - day), time.fromisoformat(clock), LONDON)
    return at.astimezone(UTC)


def feed(today: date) -> Iterator[Line]:
    """Yield every line in the order of time."""
    posts = {post["id"]: post for post in read("posts.jsonl")}
    for entry in read("feed.jsonl"):
        at = moment(today, entry["day"], entry["time"])
        kept = {key: value for key, value in entry.items() if key not in _OURS}
        post = posts.get(entry.get("post") or "")
        kept["created_at"] = at.isoformat()
        if "post" in entry:
            kept["post"] = post and {key: post[key] for key in ("id", "text", "url")}
        if post is not None:
            kept["url"] = f"{post['url']}#{entry['id']}"
        yield Line(at, entry["account"], kept)


_OURS: Final = frozenset({"account", "day", "time", "of"})
