"""The evidence record: the files that are sealed for one version of an item, record.json first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from moderation.evidence.facts import Facts
from moderation.evidence.notation import as_json, moment
from moderation.model import Change, Comment
from moderation.tables import DecisionRow, PlatformActionRow, ProposalRow, SignalRow

SCHEMA: Final = "evidence-record/1"
RECORD: Final = "record.json"
TEXT: Final = "text.txt"
TEXT_AT_CAPTURE: Final = "text-at-capture.txt"
RAW_AT_INGEST: Final = "raw-at-ingest.body"
RAW_AT_CAPTURE: Final = "raw-at-capture.body"
NOTE: Final = "capture-note.txt"

NOT_EVIDENCE: Final = (
    "A machine's reading helps people to find an item. It is no evidence of an offence and no "
    "finding about anybody."
)
_OURS: Final = "our clock"
_PLATFORM: Final = "the platform"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a fresh look at the platform gave: a comment, a note that says why not, or both."""

    comment: Comment | None = None
    note: str = ""


def files(facts: Facts, sight: Sight, *, captured_by: str, now: datetime) -> dict[str, bytes]:
    """Return every file to seal, by name; now is the time of the capture.

    text.txt is missing only when no version of the item ever had words.
    """
    made = {**_from_ingest(facts), **_from_sight(facts, sight)}
    record = {
        **_identity(facts),
        "platform": _platform(facts),
        "author": _author(facts),
        "content": _content(facts, sight),
        "versions": _versions(facts),
        "times": _times(facts, now),
        "thread": facts.thread.as_record(),
        "collection": _collection(facts, sight, captured_by),
        "machine_reading": {
            "says": NOT_EVIDENCE,
            "proposal": None if facts.proposal is None else _proposal(facts.proposal),
            "detectors": [_signal(row) for row in facts.signals],
        },
        "decisions_before": [_decision(row) for row in facts.decisions],
        "actions_before": [_action(row) for row in facts.actions],
        "files": {name: _weighed(data) for name, data in made.items()},
    }
    return {RECORD: as_json(record), **made}


def _from_ingest(facts: Facts) -> dict[str, bytes]:
    made = {RAW_AT_INGEST: facts.version.raw}
    for earlier in facts.versions[:-1]:
        made[f"raw-at-ingest.version-{earlier.seq}.body"] = earlier.raw
    worded = facts.worded
    if worded is not None and worded.body is not None:
        made[TEXT] = worded.body.encode()
    return made


def _from_sight(facts: Facts, sight: Sight) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    if sight.note:
        made[NOTE] = f"{sight.note}\n".encode()
    if sight.comment is not None:
        made[RAW_AT_CAPTURE] = sight.comment.raw
        if _reads_otherwise(facts, sight.comment):
            made[TEXT_AT_CAPTURE] = sight.comment.text.encode("utf-8", "backslashreplace")
    return made


def _reads_otherwise(facts: Facts, comment: Comment) -> bool:
    return comment.change is Change.PRESENT and comment.text != facts.version.body


def _identity(facts: Facts) -> dict[str, Any]:
    try:
        release = version("watchroom")
    except PackageNotFoundError:
        release = "run from its source"
    return {
        "schema": SCHEMA,
        "evidence_id": facts.evidence.ref,
        "org_id": facts.item.org_id,
        "item": facts.item.id,
        "version": facts.version.seq,
        "supersedes": facts.earlier,
        "software": {"name": "watchroom", "version": release},
    }


def _platform(facts: Facts) -> dict[str, Any]:
    item, account, post = facts.item, facts.account, facts.post
    answers = None
    if post is not None:
        answers = {"id": post.native_id, "url": post.url or None, "text": post.body}
    return {
        "platform": account.platform,
        "connector": account.connector,
        "account": {"key": account.key, "name": account.name},
        "item_kind": item.kind,
        "item_id": item.native_id,
        "item_url": item.url or None,
        "parent_id": item.parent_native_id,
        "post": answers,
    }


def _author(facts: Facts) -> dict[str, Any]:
    item = facts.item
    shown = {
        "id": item.author_ref or None,
        "handle": item.author_handle or None,
        "display_name": item.author_name or None,
    }
    return {
        **shown,
        "not_supplied_by_the_platform": sorted(name for name in shown if shown[name] is None),
        "says": "As delivered with the item. We do not know who operates this account.",
    }


def _content(facts: Facts, sight: Sight) -> dict[str, Any]:
    worded = facts.worded
    content: dict[str, Any] = {
        "text": None if worded is None else worded.body,
        "text_of_version": None if worded is None else worded.seq,
    }
    if sight.comment is not None and sight.comment.change is Change.PRESENT:
        content["text_at_capture"] = sight.comment.text
        content["same_words_at_capture"] = not _reads_otherwise(facts, sight.comment)
    return content


def _versions(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "seq": row.seq,
            "kind": row.kind,
            "text": row.body,
            "raw_sha256": hashlib.sha256(row.raw).hexdigest(),
            "seen": moment(row.seen_at, _OURS),
            "ingest_page": {"sha256": page.raw_sha256, "fetched": moment(page.fetched_at, _OURS)},
        }
        for row, page in zip(facts.versions, facts.pages, strict=True)
    ]


def _times(facts: Facts, now: datetime) -> dict[str, Any]:
    item, evidence = facts.item, facts.evidence
    return {
        "posted": moment(item.posted_at, _PLATFORM),
        "first_seen": moment(item.seen_at, _OURS),
        "version_seen": moment(facts.version.seen_at, _OURS),
        "found_gone": moment(item.gone_at, _OURS),
        "capture_wanted": moment(evidence.wanted_at, _OURS),
        "captured": moment(now, _OURS),
    }


def _collection(facts: Facts, sight: Sight, captured_by: str) -> dict[str, Any]:
    return {
        "wanted_by": facts.evidence.requested_by,
        "captured_by": captured_by,
        "fetched_again": sight.comment is not None,
        "note": sight.note or None,
    }


def _proposal(row: ProposalRow) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "severity": row.severity,
        "category": row.category,
        "not_abuse": row.not_abuse,
        "target_type": row.target_type,
        "target_staff_id": row.target_staff_id,
        "check_first": row.check_first,
        "reasons": row.reasons,
        "likelihood": row.likelihood,
        "policy_revision": row.policy_revision,
        "model_sha256": row.model_sha256,
        "at": moment(row.at, _OURS),
    }


def _signal(row: SignalRow) -> dict[str, Any]:
    return {
        "detector": row.detector,
        "scores": row.scores,
        "codes": row.codes,
        "read_as": row.read_as,
        "read_by": row.read_by or None,
        "rules": row.hits,
        "not_scored_because": row.unscored or None,
    }


def _decision(row: DecisionRow) -> dict[str, Any]:
    return {
        "of_version": row.version_seq,
        "outcome": row.outcome,
        "category": row.category,
        "not_abuse": row.not_abuse,
        "house_rule": row.house_rule,
        "severity": row.severity,
        "target_type": row.target_type,
        "target_staff_id": row.target_staff_id,
        "by": f"user:{row.decided_by}",
        "at": moment(row.at, _OURS),
    }


def _action(row: PlatformActionRow) -> dict[str, Any]:
    return {
        "action": row.kind,
        "state": row.state,
        "requested_by": f"user:{row.requested_by}",
        "requested": moment(row.requested_at, _OURS),
        "sent": moment(row.first_sent_at, _OURS),
        "verified": moment(row.verified_at, _OURS),
    }


def _weighed(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
