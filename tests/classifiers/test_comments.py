"""The project's own labelled comments: whole, without leaks, and their validator notices harm."""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from classifiers.training.comments_file import ASIDE as FILES_ASIDE
from classifiers.training.comments_file import FOLDER, KEPT_ASIDE, read_comments
from classifiers.training.validating import PLATFORMS, faults
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, TargetType

TRAIN = read_comments(FOLDER / "train.jsonl")
DEVELOPMENT = read_comments(FOLDER / "development.jsonl")
ASIDE = read_comments(KEPT_ASIDE)


def test_the_comments_are_without_fault() -> None:
    assert faults() == []


def test_there_are_as_many_as_the_datasheet_promises() -> None:
    everything = [*TRAIN, *DEVELOPMENT, *ASIDE]
    assert len(everything) >= 6_000
    assert len(DEVELOPMENT) >= 1_200
    abusive = sum(bool(one["category"]) for one in everything) / len(everything)
    assert 0.25 < abusive < 0.5


@pytest.mark.parametrize(
    "comments", [TRAIN, DEVELOPMENT, ASIDE], ids=["train", "development", "aside"]
)
def test_each_part_holds_every_code(comments: list[dict[str, Any]]) -> None:
    categories = Counter(code for one in comments for code in one["categories"])
    assert set(categories) == set(Abuse)
    assert {one["not_abuse"] for one in comments} - {None} == set(NotAbuse)
    assert {code for one in comments for code in one["check_first"]} == set(CheckFirst)
    assert {one["target_type"] for one in comments} == set(TargetType)
    assert {one["platform"] for one in comments} == set(PLATFORMS)


HARM = {
    "an unknown category": ({"category": "rude", "categories": ["rude"]}, "categories"),
    "abuse that is nothing": ({"severity": "S0"}, "abuse is never S0"),
    "both at once": ({"not_abuse": "criticism"}, "either abuse or one class"),
    "a platform that is none": ({"platform": "myspace"}, "platform myspace"),
    "a stranger": ({"target_staff_id": "nobody"}, "nobody is no member of"),
    "an empty text": ({"text": "  "}, "the text is empty"),
    "a missing field": ({"writer": None}, "writer is no"),
    "a check-first code that is none": ({"check_first": ["fire"]}, "check-first"),
    "a text that stands there already": ({"text": None}, "nearly repeats"),
}


def small(tmp_path: Path) -> Path:
    """Return a folder with the first comments of each part."""
    folder = tmp_path / "comments"
    shutil.copytree(FOLDER, folder)
    for name in ("train.jsonl", "development.jsonl"):
        lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()[:200]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("change", "says"), HARM.values(), ids=HARM.keys())
def test_the_validator_notices(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    folder = small(tmp_path)
    harmed = next(one for one in TRAIN if one["category"] and not one["pair"])
    other = next(one for one in TRAIN if len(one["text"]) > 80 and not one["pair"])
    if "text" in change and change["text"] is None:
        change = {"text": other["text"] + "!"}
    lines = [
        json.dumps({**one, **change} if one["id"] == harmed["id"] else one)
        for one in [*TRAIN[:200], harmed, other]
    ]
    unique = dict.fromkeys(lines)
    (folder / "train.jsonl").write_text("\n".join(unique) + "\n", encoding="utf-8")
    assert any(says in fault for fault in faults(folder))


@pytest.mark.parametrize("file", FILES_ASIDE, ids=lambda file: file.stem)
def test_the_validator_notices_a_hand_that_training_knows_in_what_is_kept_aside(
    file: Path, tmp_path: Path
) -> None:
    folder = small(tmp_path)
    leaked = {**ASIDE[0], "writer": TRAIN[0]["writer"]}
    with (folder / file.name).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(leaked) + "\n")
    assert f"writer {TRAIN[0]['writer']!r} is in two parts" in faults(folder)


def test_the_validator_notices_a_scenario_in_both_parts(tmp_path: Path) -> None:
    folder = small(tmp_path)
    leaked = {**DEVELOPMENT[0], "id": "leaked", "text": "something else altogether, never said"}
    with (folder / "train.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(leaked) + "\n")
    found = faults(folder)
    assert any(fault.startswith("scenario") for fault in found)
