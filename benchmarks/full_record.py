"""Fill a record with any number of items by bulk SQL, to measure it and to read query plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from moderation import people
from moderation.access import Role
from moderation.store import Store
from moderation.tables import AccountRow, AccountStatus, OrganisationRow, StaffRow, UserRow, to_ms

ORG: Final = "northmoor"
ACCOUNTS: Final = 12
PASSWORD: Final = "a long sentence to sign in"  # noqa: S105  of people who do not exist
PEOPLE: Final = {
    "lead": Role.COMMS_LEAD,
    "hr": Role.HR_LEAD,
    "adviser": Role.HR_ADVISER,
    "safeguarding": Role.SAFEGUARDING_LEAD,
}

# One series feeds every table; both engines read these statements. A tenth waits, a fiftieth is in
# hand, a fifth was closed, the rest was clear. One item in 2,000 is for members of a case alone.
_SERIES: Final = (
    "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {total}) "
)
_IN_QUEUE: Final = "(n % 100 < 12)"
_STATE: Final = (
    "CASE WHEN n % 100 < 10 THEN 'review' WHEN n % 100 < 12 THEN 'in_hand' "
    "WHEN n % 100 < 32 THEN 'closed' ELSE 'clear' END"
)
_UNSCORED: Final = "(n % 31 = 0)"
_URGENT: Final = "(n % 997 = 0)"
_SEVERITY: Final = (
    f"CASE WHEN {_URGENT} THEN 4 WHEN {_UNSCORED} THEN 0 WHEN n % 211 = 0 THEN 4 "
    "WHEN n % 13 = 0 THEN 3 WHEN n % 3 = 0 THEN 2 ELSE 1 END"
)
_RANK: Final = (
    f"CASE WHEN NOT {_IN_QUEUE} THEN NULL WHEN {_URGENT} THEN 0 WHEN {_UNSCORED} THEN 40 "
    "WHEN n % 211 = 0 THEN 10 WHEN n % 13 = 0 THEN 20 WHEN n % 3 = 0 THEN 30 ELSE 50 END"
)
_CATEGORY: Final = (
    f"CASE WHEN {_UNSCORED} THEN NULL WHEN n % 211 = 0 THEN 'threat_serious' "
    "WHEN n % 13 = 0 THEN 'discriminatory_abuse' WHEN n % 3 = 0 THEN 'personal_abuse' "
    "WHEN n % 7 = 0 THEN 'doxing' ELSE 'abuse_of_service' END"
)
_WAITING: Final = f"CASE WHEN {_IN_QUEUE} THEN {{start}} + n * 1000 ELSE NULL END"
_OUTCOME: Final = (
    f"CASE WHEN {_UNSCORED} THEN 'unscored' WHEN {_IN_QUEUE} THEN 'flag' ELSE 'clear' END"
)
_ITEM_COLUMNS: Final = {
    "id": "n",
    "org_id": "'northmoor'",
    "account_id": "1 + n % {accounts}",
    "native_id": "'native-' || n",
    "kind": "'comment'",
    "state": _STATE,
    "restricted": "(n % 2000 = 0)",
    "version": "1",
    "revision": "2",
    "seen_at": "{start} + n * 1000",
    "posted_at": "{start} + n * 1000",
    "occurred_at": "{start} + n * 1000",
    "author_ref": "'author-' || (n % 200000)",
    "author_handle": "'handle_' || (n % 200000)",
    "author_name": "''",
    "post_id": "1 + n % 5000",
    "parent_native_id": "NULL",
    "url": "''",
    "queue_rank": _RANK,
    "waiting_since": _WAITING,
    "outcome": _OUTCOME,
    "severity": _SEVERITY,
    "category": _CATEGORY,
    "urgent": _URGENT,
    "target_type": "CASE WHEN n % 5 < 2 THEN 'named_staff' ELSE 'service' END",
    "target_staff_id": "CASE WHEN n % 5 < 2 THEN 'S1' ELSE NULL END",
}
_ITEMS: Final = (
    f"INSERT INTO item ({', '.join(_ITEM_COLUMNS)}) {{series}} "  # noqa: S608  our own words
    f"SELECT {', '.join(_ITEM_COLUMNS.values())} FROM s"
)
_VERSIONS: Final = (
    "INSERT INTO item_version (item_id, seq, kind, sha256, seen_at, page_id, body, raw) "
    "{series} SELECT n, 1, 'created', '{hash}', {start} + n * 1000, 1, "
    "'You lot are a shambles, this is comment number ' || n || ' and it goes on for a while', "
    "CAST('raw' AS {bytes}) FROM s"
)
_PROPOSALS: Final = (
    "INSERT INTO proposal (item_id, version_seq, outcome, severity, category, categories, "
    "target_type, target_why, check_first, reasons, likelihood, policy_revision, model_sha256, at) "
    "SELECT id, 1, outcome, severity, category, {empty}, target_type, '', {empty}, {empty}, "
    "'likely', '2026-11-20', '{hash}', seen_at FROM item WHERE queue_rank IS NOT NULL"
)
_POSTS: Final = (
    "INSERT INTO post (id, account_id, native_id, body, url) {series} "
    "SELECT n, 1 + n % {accounts}, 'post-' || n, 'Our post number ' || n, '' FROM s"
)
_PAGE: Final = (
    "INSERT INTO ingest_page (id, account_id, feed, page_no, n_records, n_new, n_seen_before, "
    "n_changed, n_quarantined, raw_sha256, fetched_at) VALUES (1, 1, 'comments', 1, 1, 1, 0, 0, 0, "
    "'{hash}', {start})"
)
_CASES: Final = (
    "INSERT INTO hr_case (id, ref, org_id, state, source, severity, affected_person, "
    "perpetrator_type, summary, police_consent, police_decision, safeguarding_answer, "
    "conflict_check, contact_note, outcome_note, revision, opened_by, opened_at) {series} "
    "SELECT n, 'C-' || n, 'northmoor', 'open', 'queue', 2, '', 'unknown', '', 'not_asked', '', '', "
    "'', '', '', 1, 'user:2', {start} FROM s"
)
_MEMBERS: Final = (
    "INSERT INTO case_member (case_id, user_id, barred, added_by, added_at) "
    "SELECT hr_case.id, user_account.id, (1 = 0), 'user:2', {start} FROM hr_case, user_account "
    "WHERE user_account.role <> 'comms_lead'"
)
_CASE_ITEMS: Final = (
    "INSERT INTO case_item (case_id, item_id, added_at) {series} SELECT n, n * 2000, {start} FROM s"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much to store: items of which a tenth waits, and cases that hold some of them."""

    items: int

    @property
    def cases(self) -> int:
        """Return the number of cases: one for every item that only a case opens."""
        return self.items // 2000


def fill(store: Store, size: Size) -> None:
    """Fill an empty record, and gather what a server's own housekeeping would."""
    start = to_ms(store.now() - timedelta(seconds=size.items))
    with store.transaction() as session:
        _people(session, store)
        for statement, total in (
            (_PAGE, 0),
            (_POSTS, 5000),
            (_ITEMS, size.items),
            (_VERSIONS, size.items),
            (_PROPOSALS, 0),
            (_CASES, size.cases),
            (_MEMBERS, 0),
            (_CASE_ITEMS, size.cases),
        ):
            session.execute(text(_written(statement, total, start, store.is_sqlite)))
    _settle(store)


def _people(session: Session, store: Store) -> None:
    now = store.now()
    password_hash = people.hash_password(PASSWORD)
    session.add(OrganisationRow(id=ORG, name="Northmoor", created_at=now))
    session.flush()
    session.add_all(
        UserRow(
            org_id=ORG,
            email=f"{name}@example.org",
            name=name.title(),
            role=role,
            password_hash=password_hash,
            created_at=now,
        )
        for name, role in PEOPLE.items()
    )
    session.add_all(
        AccountRow(
            id=number,
            org_id=ORG,
            key=f"account-{number}",
            platform="replay",
            name=f"Account {number}",
            connector="replay",
            settings={},
            status=AccountStatus.OK,
            created_at=now,
        )
        for number in range(1, ACCOUNTS + 1)
    )
    session.add(
        StaffRow(
            org_id=ORG,
            staff_id="S1",
            full_name="Mara Northmoor",
            aliases=[],
            role="Watch Manager",
            station="Blue",
            public_role=True,
            more={},
        )
    )
    session.flush()


def _written(statement: str, total: int, start: int, is_sqlite: bool) -> str:
    """Return a statement for the engine at hand; nothing from outside goes into it."""
    return statement.format(
        series=_SERIES.format(total=max(total, 1)),
        accounts=ACCOUNTS,
        start=start,
        hash="0" * 64,
        empty="'[]'" if is_sqlite else "CAST('[]' AS json)",
        bytes="BLOB" if is_sqlite else "bytea",
    )


def _settle(store: Store) -> None:
    """Do what a server's housekeeping does by itself; SQLite has none, so it gets none."""
    if store.is_sqlite:
        return
    with store.write_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
