"""Reads what a request asks for: "id,comments.filter(stream).limit(0){id,from{name}}"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NAME = re.compile(r"[a-z_]+")
_ARGUMENT = re.compile(r"\.([a-z_]+)\(([^()]*)\)")


@dataclass(frozen=True)
class Field:
    """One field or edge that is asked for, its arguments and what is asked for inside it."""

    name: str
    args: dict[str, str] = field(default_factory=dict)
    inside: tuple[Field, ...] = ()


def read_fields(text: str) -> tuple[Field, ...]:
    """Return the fields that are asked for. Raises ValueError for what is no list of fields."""
    fields, rest = _some(text)
    if rest:
        raise ValueError(rest)
    return fields


def _some(text: str) -> tuple[tuple[Field, ...], str]:
    found = []
    while True:
        one, text = _one(text)
        found.append(one)
        if not text.startswith(","):
            return tuple(found), text
        text = text[1:]


def _one(text: str) -> tuple[Field, str]:
    name = _NAME.match(text)
    if name is None:
        raise ValueError(text)
    text = text[name.end() :]
    args = {}
    while argument := _ARGUMENT.match(text):
        args[argument[1]] = argument[2]
        text = text[argument.end() :]
    inside: tuple[Field, ...] = ()
    if text.startswith("{"):
        inside, text = _some(text[1:])
        if not text.startswith("}"):
            raise ValueError(text)
        text = text[1:]
    return Field(name[0], args, inside), text
