"""The evidence record: the files that are sealed for one version of an item, record.json first."""

from __future__ import annotations

import hashlib
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from moderation.evidence import collection, deeds, drawing, media
from moderation.evidence.facts import Facts
from moderation.evidence.notation import OURS, PLATFORM, PLATFORM_CLOCK, as_json, moment
from moderation.evidence.printing import card
from moderation.evidence.sight import Sight
from moderation.model import Author, Change, Comment

SCHEMA: Final = "evidence-record/1"
RECORD: Final = "record.json"
HANDLING: Final = "handling.json"
TEXT: Final = "text.txt"
TEXT_AT_CAPTURE: Final = "text-at-capture.txt"
RAW_AT_INGEST: Final = "raw-at-ingest.body"
RAW_AT_CAPTURE: Final = "raw-at-capture.body"
NOTE: Final = "capture-note.txt"

CARD: Final = "card.png"
CARD_IN_WORDS: Final = "card.txt"


def files(facts: Facts, sight: Sight, *, captured_by: str, now: datetime) -> dict[str, bytes]:
    """Return every file to seal, by name; now is the time of the capture.

    text.txt is missing only when no version of the item ever had words. What machines read and
    people decided is a file of its own, so that the record can be given to others whole.
    """
    made = {
        HANDLING: as_json(deeds.handling(facts)),
        **_from_ingest(facts, sight),
        **_from_sight(facts, sight),
        **media.files(sight.media, sight.avatar),
        **_cards(facts, sight, now),
    }
    record = {
        **_identity(facts),
        "platform": _platform(facts),
        "author": _author(facts, sight),
        "content": _content(facts, sight),
        "versions": _versions(facts),
        "media": media.as_record(sight.media),
        "times": _times(facts, sight, now),
        "thread": facts.thread.as_record(),
        "collection": _collection(facts, sight, captured_by),
        "actions_before": deeds.done_before(facts),
        "files": {name: _weighed(data) for name, data in made.items()},
    }
    return {RECORD: as_json(record), **made}


def _cards(facts: Facts, sight: Sight, now: datetime) -> dict[str, bytes]:
    made = drawing.card_of(facts, sight, now)
    return {CARD: card.png(made), CARD_IN_WORDS: drawing.in_words(made)}


def _from_ingest(facts: Facts, sight: Sight) -> dict[str, bytes]:
    made = {RAW_AT_INGEST: facts.version.raw, **collection.files(facts.collected, "ingest")}
    if sight.certificate_at_ingest:
        made[collection.CERTIFICATE.format("ingest")] = sight.certificate_at_ingest
    for earlier in facts.versions[:-1]:
        made[f"raw-at-ingest.version-{earlier.seq}.body"] = earlier.raw
    worded = facts.worded
    if worded is not None and worded.body is not None:
        made[TEXT] = worded.body.encode()
    return made


def _from_sight(facts: Facts, sight: Sight) -> dict[str, bytes]:
    made = collection.files(_answers(sight), "capture")
    if pem := collection.certificate_of(sight.collected):
        made[collection.CERTIFICATE.format("capture")] = pem
    if sight.note:
        made[NOTE] = f"{sight.note}\n".encode()
    if sight.comment is not None:
        made[RAW_AT_CAPTURE] = sight.comment.raw
        if _reads_otherwise(facts, sight.comment):
            made[TEXT_AT_CAPTURE] = sight.comment.text.encode("utf-8", "backslashreplace")
    return made


def _answers(sight: Sight) -> list[dict[str, Any]]:
    return list(collection.as_record(sight.collected).get("answers", []))


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


def _author(facts: Facts, sight: Sight) -> dict[str, Any]:
    """Return who wrote it as delivered first, and what the fresh look told beside."""
    item = facts.item
    told = sight.comment.author if sight.comment else None
    shown = {
        "id": item.author_ref or None,
        "handle": item.author_handle or None,
        "display_name": item.author_name or None,
    }
    return {
        **shown,
        "not_supplied_by_the_platform": sorted(name for name in shown if shown[name] is None),
        "at_capture": None if told is None else _as_told(told),
        "avatar": media.avatar_as_record(sight.avatar),
        "says": "As delivered with the item. We do not know who operates this account.",
    }


def _as_told(author: Author) -> dict[str, Any]:
    return {
        "id": author.id,
        "handle": author.handle or None,
        "display_name": author.name or None,
        "profile_url": author.profile or None,
        "avatar_url": author.avatar or None,
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
            "seen": moment(row.seen_at, OURS),
            "media": list(row.media or []),
            "ingest_page": {
                "sha256": page.raw_sha256,
                "feed": page.feed,
                "fetched": moment(page.fetched_at, OURS),
                "answers": collection.about(page.collected or {}, facts.item.native_id),
            },
        }
        for row, page in zip(facts.versions, facts.pages, strict=True)
    ]


def _times(facts: Facts, sight: Sight, now: datetime) -> dict[str, Any]:
    item, evidence = facts.item, facts.evidence
    return {
        "posted": moment(item.posted_at, PLATFORM),
        "first_seen": moment(item.seen_at, OURS),
        "version_seen": moment(facts.version.seen_at, OURS),
        "found_gone": moment(item.gone_at, OURS),
        "capture_wanted": moment(evidence.wanted_at, OURS),
        "captured": moment(now, OURS),
        "answered_at_ingest": moment(collection.date_of(facts.collected), PLATFORM_CLOCK),
        "answered_at_capture": moment(collection.date_of(_answers(sight)), PLATFORM_CLOCK),
    }


def _collection(facts: Facts, sight: Sight, captured_by: str) -> dict[str, Any]:
    return {
        "wanted_by": facts.evidence.requested_by,
        "captured_by": captured_by,
        "fetched_again": sight.comment is not None,
        "note": sight.note or None,
        "answers_at_capture": _answers(sight),
    }


def _weighed(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
