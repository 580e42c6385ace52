"""Reads one JSON object from bytes that anybody may have written, within bounds."""

from __future__ import annotations

import json
import math
from typing import Any, Final

from connectors.reasons import (
    DEPTH_LIMIT,
    DIGITS_LIMIT,
    KEY_TWICE,
    NOT_AN_OBJECT,
    NOT_FINITE,
    NOT_JSON,
    NOT_UTF8,
    TOO_DEEP,
    TOO_MANY_DIGITS,
    Poison,
)


def read_object(raw: bytes) -> dict[str, Any]:
    """Return the object that stands in raw. Raises Poison with the reason when there is none."""
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as err:
        raise Poison(NOT_UTF8) from err
    except RecursionError as err:
        raise Poison(TOO_DEEP) from err
    except ValueError as err:
        raise Poison(NOT_JSON) from err
    if not isinstance(value, dict):
        raise Poison(NOT_AN_OBJECT)
    if raw.count(b"[") + raw.count(b"{") > DEPTH_LIMIT and _too_deep(value):
        raise Poison(TOO_DEEP)
    return value


def _whole(digits: str) -> int:
    # Turning digits into a number takes time that grows with the square of their count.
    if len(digits) > DIGITS_LIMIT:
        raise Poison(TOO_MANY_DIGITS)
    return int(digits)


def _decimal(digits: str) -> float:
    if len(digits) > DIGITS_LIMIT:
        raise Poison(TOO_MANY_DIGITS)
    value = float(digits)
    if not math.isfinite(value):
        raise Poison(NOT_FINITE)
    return value


def _no_constant(_name: str) -> None:
    raise Poison(NOT_FINITE)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Poison(KEY_TWICE)
    return found


# Not strict: a raw tab or line feed inside a text is bad form, yet what it says is clear.
_DECODER: Final = json.JSONDecoder(
    strict=False,
    parse_int=_whole,
    parse_float=_decimal,
    parse_constant=_no_constant,
    object_pairs_hook=_unique,
)


def _too_deep(value: Any) -> bool:
    """Say whether lists and objects stand in each other more than DEPTH_LIMIT deep."""
    level = [value]
    for _ in range(DEPTH_LIMIT):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return bool(level)
