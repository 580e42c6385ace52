"""No column that can hold words is forgotten: erasing empties it, or here stands why it stays."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Enum, LargeBinary, String, Text

from moderation.evidence.care.naming import NAMING
from moderation.retention import texts
from moderation.tables import Base

# What a sweep beside the items empties: moderation/retention/leftovers.py and audit_lines.py.
SWEPT: Final = {
    "quarantine.raw",
    "delivery.raw",
    "item.author_ref",
    "pattern.author_ref",
    "pattern.says",
    "audit_body.body",
    "audit_body.actor",
    "audit_body.object",
}
WHOLE_ROWS: Final = {"settled_text", "contact_mark"}
OURS: Final = "the organisation's own words, or ours"
CODES: Final = "codes, numbers or hashes"
PEOPLE: Final = "about people who work with it, kept as long as they do"
# Tables without a word of anybody who wrote a comment.
TABLES: Final = {
    "account": OURS,
    "account_secret": CODES,
    "account_usage": CODES,
    "alert": "a reference and a link; the address of a colleague",
    "audit_checkpoint": CODES,
    "audit_entry": CODES,
    "audit_head": CODES,
    "case_member": PEOPLE,
    "detector_health": CODES,
    "erasure": "the tombstone itself: numbers and hashes, and why a person kept a case",
    "feed_cursor": "where reading goes on",
    "fine_word": "words that a lead chose, none of an item",
    "job": "numbers, and the kind of an error; pruned after 30 days",
    "organisation": OURS,
    "post": "the organisation's own post",
    "sign_in_failure": CODES,
    "staff": PEOPLE,
    "summary": "counts",
    "sureness_setting": OURS,
    "time_stamp": "a time for a hash, which is all that it says",
    "user_account": PEOPLE,
    "web_session": "ends with the session",
}
COLUMNS: Final = {
    "case_support.code": CODES,
    "disclosure.recipient": "the register says who got what",
    "disclosure.authority": "the register says on what authority",
    "disclosure.subject": "the reference of the case or the number of the item",
    "disclosure.path": "where the file lay; emptied when it is removed",
    "disclosure.why": OURS,
    "disclosure.handed_to": "the register says who got what",
    "disclosure.handed_how": "the register says how",
    "evidence_addition.path": CODES,
    "evidence_media.skipped": OURS,
    "evidence_record.path": CODES,
    "evidence_record.meter": CODES,
    "hr_case.outcome": CODES,
    "ingest_page.collected": "the request without secrets, and the answer's headers",
    "item.native_id": "a comment seen again must not count as new",
    "item.parent_native_id": "which comment it answered, by number",
    "platform_action.reference": "what the platform calls the report",
    "proposal.categories": CODES,
    "proposal.check_first": CODES,
    "quarantine.reason": OURS,
    "quarantine.resolution": "what a person said when they set it aside",
    "signal.scores": CODES,
    "signal.codes": CODES,
    "signal.hits": "names of rules and our sentences about them",
}
SHORT: Final = 100
"""A column that takes no more is a code, a reference, a hash or a form's number."""


def emptied() -> set[str]:
    groups = (texts.ITEMS, texts.CASES, texts.RECORDS)
    return {
        f"{one.table.__tablename__}.{name}"
        for group in groups
        for one in group
        for name in one.values
    }


def wordy() -> set[str]:
    found = set()
    for table in Base.metadata.sorted_tables:
        if table.name in TABLES or table.name in WHOLE_ROWS:
            continue
        for column in table.columns:
            kind = column.type
            if isinstance(kind, Enum) or not isinstance(kind, (Text, JSON, LargeBinary, String)):
                continue
            length = getattr(kind, "length", None)
            if isinstance(kind, Text) or length is None or length > SHORT:
                found.add(f"{table.name}.{column.name}")
    return found


def test_every_column_that_takes_words_is_emptied_or_says_why_it_stays() -> None:
    assert wordy() - emptied() - SWEPT - COLUMNS.keys() == set()


def test_nothing_is_said_of_a_column_that_is_not_there_or_is_emptied() -> None:
    every = {f"{table}.{c.name}" for table, t in Base.metadata.tables.items() for c in t.columns}
    assert COLUMNS.keys() <= every
    assert every >= SWEPT
    assert TABLES.keys() <= Base.metadata.tables.keys()
    assert not COLUMNS.keys() & emptied()


# Hashes that name no file of the vault: of words, of bytes kept in the row, of a model, or of the
# manifest of a seal, whose files the seals themselves name.
OTHER_HASHES: Final = {
    "delivery.sha256",
    "disclosure.sha256",
    "evidence_addition.sha256",
    "evidence_record.sha256",
    "item_version.sha256",
    "proposal.model_sha256",
    "quarantine.sha256",
    "settled_text.words_sha256",
    "time_stamp.sha256",
    "web_session.token_sha256",
}


def test_every_hash_in_the_record_names_a_file_or_is_known_not_to() -> None:
    every = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("sha256")
    }
    naming = {f"{column.class_.__tablename__}.{column.key}" for column, _ in NAMING}
    assert every == naming | OTHER_HASHES
