"""Reads one line of JSON Lines as what detection needs of a comment, or says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moderation.proposing import Subject


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: its subject, or what is wrong with it."""

    id: str | int | None
    subject: Subject | None = None
    wrong: str = ""
    author: str = ""
    at: datetime | None = None


def read_line(raw: bytes, org: str) -> Line:
    """Return what a line holds; org stands in where it names none."""
    values = decoded(raw)
    return Line(None, wrong=values) if isinstance(values, str) else line_of(values, org)


def decoded(raw: bytes) -> dict[str, Any] | str:
    """Return the JSON object of a line, or in words why it is none."""
    try:
        values = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "not UTF-8 text"
    except (ValueError, RecursionError):
        return "not JSON"
    return values if isinstance(values, dict) else "not a JSON object"


def line_of(values: Mapping[str, Any], org: str) -> Line:
    """Return the line of a JSON object: id and text, and post, author_id, org and created_at."""
    name = values.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        return Line(None, wrong="id is missing: it must be a text or a whole number")
    if not isinstance(values.get("text"), str):
        return Line(name, wrong="text is missing: it must be a text")
    post, own_org = _post(values.get("post")), values.get("org")
    if post is None or not isinstance(own_org, str | None):
        wrong = "org must be a text" if post is not None else "post must be a text or hold one"
        return Line(name, wrong=wrong)
    return Line(
        name,
        Subject(text=values["text"], org=own_org or org, post=post),
        author=_author(values),
        at=_time(values.get("created_at")),
    )


def _post(value: object) -> str | None:
    """Return the text of the post, empty where there is none, or None where it is no post."""
    if isinstance(value, dict):
        value = value.get("text")
    if value is None:
        return ""
    return value if isinstance(value, str) else None


def _author(values: Mapping[str, Any]) -> str:
    author = values.get("author_id")
    return "" if author is None else f"{values.get('platform') or ''} {author}"


def _time(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
