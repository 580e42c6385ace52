"""Checks the project's own comments: python -m classifiers.training.validating."""

from __future__ import annotations

import csv
import logging
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from classifiers.training.comments_file import (
    ASIDE,
    DEVELOPMENT,
    FOLDER,
    TRAIN,
    read_comments,
)
from moderation.taxonomy import (
    PERSON_TARGETS,
    URGENT_CHECK_FIRST,
    Abuse,
    CheckFirst,
    NotAbuse,
    Severity,
    TargetType,
)

log = logging.getLogger("training")

PLATFORMS = ("facebook", "instagram", "x", "youtube", "bluesky", "mastodon")
FIELDS = {
    "id": str,
    "text": str,
    "org": str,
    "platform": str,
    "post": str,
    "author_id": str,
    "minutes_after_post": int | None,
    "flagged": bool,
    "category": str | None,
    "categories": list,
    "not_abuse": str | None,
    "severity": str,
    "target_type": str,
    "target_staff_id": str | None,
    "check_first": list,
    "labels": dict,
    "reasons": list,
    "pair": str | None,
    "scenario": str,
    "writer": str,
    "agreed": bool | None,
}
_LIKE = 0.6
_PIECE = 4
_LEAST_WORDS = 5
_RAREST = 12

Comment = dict[str, Any]


def faults(folder: Path = FOLDER) -> list[str]:
    """Return what is wrong with the files of comments and the staff directory beside them."""
    train, development = (read_comments(folder / path.name) for path in (TRAIN, DEVELOPMENT))
    aside = [comment for path in ASIDE for comment in read_comments(folder / path.name)]
    with (folder / "staff.csv").open(encoding="utf-8", newline="") as lines:
        staff = {row["staff_id"]: row["org"] for row in csv.DictReader(lines)}
    everything = [*train, *development, *aside]
    found = [fault for comment in everything for fault in _of_one(comment, staff)]
    found += _of_many("id", [comment["id"] for comment in everything])
    found += _leaks(train, development, ("scenario", "pair", "post", "author_id"))
    found += _leaks([*train, *development], aside, ("scenario", "pair", "post", "writer"))
    found += _alike(everything)
    return found


def _of_one(comment: Comment, staff: dict[str, str]) -> Iterator[str]:
    name = comment.get("id", "?")
    if set(comment) != set(FIELDS):
        yield f"{name}: fields {sorted(set(comment) ^ set(FIELDS))}"
        return
    for field, kind in FIELDS.items():
        if not isinstance(comment[field], kind):
            yield f"{name}: {field} is no {kind}"
    yield from (f"{name}: {fault}" for fault in _codes(comment))
    person = comment["target_staff_id"]
    if person is not None and staff.get(person) != comment["org"]:
        yield f"{name}: {person} is no member of {comment['org']}"
    if not comment["text"].strip():
        yield f"{name}: the text is empty"


def _codes(comment: Comment) -> Iterator[str]:
    categories, kind = comment["categories"], comment["not_abuse"]
    if not set(categories) <= set(Abuse) or comment["category"] != next(iter(categories), None):
        yield f"categories {categories}"
    if bool(categories) == (kind is not None) or not (kind is None or kind in set(NotAbuse)):
        yield "is either abuse or one class of what is not"
    if not set(comment["check_first"]) <= set(CheckFirst):
        yield f"check-first {comment['check_first']}"
    if comment["platform"] not in PLATFORMS:
        yield f"platform {comment['platform']}"
    yield from _severity(comment)
    yield from _target(comment)


def _severity(comment: Comment) -> Iterator[str]:
    severity, checks = comment["severity"], set(comment["check_first"])
    if severity not in Severity.__members__:
        yield f"severity {severity}"
    elif comment["categories"] and severity == "S0":
        yield "abuse is never S0"
    elif not comment["categories"] and not checks and severity != "S0":
        yield "what is not abuse is S0"
    elif checks & set(URGENT_CHECK_FIRST) and severity != "S4":
        yield "what cannot wait is S4"


def _target(comment: Comment) -> Iterator[str]:
    target = comment["target_type"]
    if target not in set(TargetType):
        yield f"target {target}"
    if target == TargetType.NONE and comment["target_staff_id"]:
        yield f"names {comment['target_staff_id']} but is aimed at nobody"
    if Abuse.HARASSMENT_COURSE in comment["categories"] and target not in PERSON_TARGETS:
        yield "only a person can be harassed"


def _of_many(what: str, values: Sequence[str]) -> list[str]:
    return [
        f"{what} {value} comes {count} times"
        for value, count in Counter(values).items()
        if count > 1
    ]


def _leaks(some: Sequence[Comment], others: Sequence[Comment], fields: Sequence[str]) -> list[str]:
    """Return what two parts share under fields in which they must not meet."""
    found = []
    for field in fields:
        shared = {one[field] for one in some} & {one[field] for one in others}
        found += [f"{field} {value!r} is in two parts" for value in shared if value]
    return found


def _alike(comments: Sequence[Comment]) -> list[str]:
    """Return the texts that nearly repeat another one, unless the two are a pair on purpose."""
    found: list[str] = []
    pieces_of: dict[str, set[str]] = {}
    holding: dict[str, list[str]] = defaultdict(list)
    for comment in comments:
        words = re.findall(r"\w+", comment["text"].lower())
        if len(words) < _LEAST_WORDS or comment["pair"]:
            continue
        text = " ".join(words)
        pieces = {text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)}
        rarest = sorted(pieces, key=lambda piece: (len(holding[piece]), piece))[:_RAREST]
        near = Counter(other for piece in rarest for other in holding[piece])
        for other, _ in near.most_common(_LEAST_WORDS):
            both = pieces_of[other]
            if len(pieces & both) > _LIKE * len(pieces | both):
                found.append(f"{comment['id']} nearly repeats {other}")
        pieces_of[comment["id"]] = pieces
        for piece in pieces:
            holding[piece].append(comment["id"])
    return found


def main() -> int:
    """Tell every fault; the exit status is 1 if there is one."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    found = faults()
    for fault in found:
        log.info("%s", fault)
    log.info("%d faults", len(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
