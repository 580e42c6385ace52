"""Two small organisations for tests of pages: people of every role, a post, items, evidence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation import people
from moderation.access import Actor, Role
from moderation.lifecycle import EvidenceState, ItemState
from moderation.model import ItemKind
from moderation.policy import Policy
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import (
    AccountRow,
    AccountStatus,
    EvidenceRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    OrganisationRow,
    PostRow,
    ProposalRow,
    SignalRow,
    StaffRow,
    UserRow,
    VersionKind,
)
from moderation.taxonomy import Abuse, TargetType
from review_ui.app import create_app

HOME, AWAY = "northmoor", "elsewhere"
PASSWORD = "a long sentence to sign in"
PASSWORD_HASH = people.hash_password(PASSWORD)
WORDS = "You are a useless clown, Mara."
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

PEOPLE = {
    "dana": ("Dana Price", Role.COMMS_MODERATOR),
    "lee": ("Lee Okafor", Role.COMMS_LEAD),
    "kit": ("Kit Moss", Role.COMMS_LEAD),
    "asha": ("Asha Patel", Role.HR_ADVISER),
    "hugh": ("Hugh Reid", Role.HR_LEAD),
    "sal": ("Sal Byrne", Role.SAFEGUARDING_LEAD),
    "bo": ("Bo Marsh", Role.BOARD_MEMBER),
    "ina": ("Ina Voss", Role.AUDITOR),
    "adam": ("Adam Stone", Role.ADMINISTRATOR),
}
# One person a role, for tests that walk over all of them.
BY_ROLE = {role: name for name, (_, role) in reversed(PEOPLE.items())}


def address(name: str) -> str:
    """Return the e-mail address of a person; those elsewhere are called "far.dana"."""
    return f"{name}@example.org"


@dataclass
class World:
    """An open record with two organisations, and the pages over it."""

    store: Store
    app: Flask
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def number(self) -> int:
        """Return a number that was not used before."""
        return next(self._numbers)

    def form_id(self) -> str:
        """Return a fresh name for one sending of a form."""
        return f"form-number-{self.number():08d}"

    def actor(self, name: str) -> Actor:
        """Return a person as a signed-in actor."""
        with self.store.reading() as session:
            row = session.scalars(select(UserRow).where(UserRow.email == address(name))).one()
        return Actor(row.name, row.org_id, row.role, row.id)

    def user_id(self, name: str) -> int:
        """Return a person's id."""
        found = self.actor(name).user_id
        assert found is not None
        return found

    def browser(self, name: str = "") -> Browser:
        """Return a browser of its own, with the person signed in."""
        browser = Browser(self.app.test_client())
        if name:
            answer = browser.sign_in(name)
            assert answer.status_code == 303, answer.text
        return browser

    def read(self, kind: type[Any], row_id: Any) -> Any:
        """Return one row as it stands now."""
        with self.store.reading() as session:
            return session.get(kind, row_id)

    def item(self, **chosen: Any) -> int:
        """Store one item that waits and return its id; chosen overrides its columns.

        words is its text, org its organisation, post the words of the post above it,
        reasons and check_first go into the proposal.
        """
        return add_item(self, **chosen)

    def captured(self, item_id: int, version_seq: int = 1) -> str:
        """Store captured evidence of a version and return its reference."""
        number = self.number()
        with self.store.transaction() as session:
            now = self.store.now()
            row = EvidenceRow(
                ref=f"EV-2026-{number:06d}",
                item_id=item_id,
                version_seq=version_seq,
                state=EvidenceState.CAPTURED,
                sha256="a" * 64,
                size=100,
                path=f"evidence/{number}",
                requested_by="system:test",
                wanted_at=now,
                captured_at=now,
            )
            session.add(row)
        return row.ref


@dataclass
class Browser:
    """A client that fills in the token of every form it sends."""

    client: FlaskClient

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form with the token that the pages give."""
        return self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **more)

    def token(self) -> str:
        """Return a token for the session of this browser, as any form of a page has it."""
        for path in ("/preferences", "/sign-in"):
            found = TOKEN.search(self.client.get(path).text)
            if found:
                return found.group(1)
        raise AssertionError("no page has a form")

    def sign_in(self, name: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        """Send the sign-in form."""
        return self.post("/sign-in", {"email": address(name), "password": password, **more})


def settings(folder: Path, url: str = "sqlite://", **more: Any) -> Settings:
    """Return settings whose data folder is a test's own."""
    return Settings(data_dir=folder, database_url=url, **more)


def build(store: Store, folder: Path, **more: Any) -> World:
    """Fill an empty record and put the pages over it."""
    fill(store)
    return World(store, create_app(store, settings(folder, **more), Policy.load()))


def fill(store: Store) -> None:
    """Store the two organisations with their people, staff and accounts."""
    now = store.now()
    with store.transaction() as session:
        for org, prefix in ((HOME, ""), (AWAY, "far.")):
            session.add(OrganisationRow(id=org, name=org.title(), demo=org == HOME, created_at=now))
            session.flush()
            session.add_all(
                UserRow(
                    org_id=org,
                    email=address(prefix + name),
                    name=f"{'Far ' if prefix else ''}{shown}",
                    role=role,
                    password_hash=PASSWORD_HASH,
                    created_at=now,
                )
                for name, (shown, role) in PEOPLE.items()
            )
            session.add(
                StaffRow(
                    org_id=org,
                    staff_id="S1",
                    full_name=f"Mara {org.title()}",
                    aliases=[],
                    role="Watch Manager",
                    station="Blue watch",
                    public_role=True,
                    more={},
                )
            )
            session.add(
                AccountRow(
                    org_id=org,
                    key="page",
                    platform="replay",
                    name=f"{org.title()} page",
                    connector="replay",
                    settings={},
                    status=AccountStatus.OK,
                    created_at=now,
                )
            )


def add_item(
    world: World,
    *,
    org: str = HOME,
    words: str = WORDS,
    post: str = "",
    reasons: tuple[str, ...] = ("The model finds this likely an insult.",),
    check_first: tuple[str, ...] = (),
    **chosen: Any,
) -> int:
    """Store one item with its version, proposal and a signal; the last is the newest."""
    number = world.number()
    now: datetime = world.store.now()
    with world.store.transaction() as session:
        account = session.scalars(select(AccountRow).where(AccountRow.org_id == org)).one()
        page = IngestPageRow(
            account_id=account.id,
            feed="comments",
            page_no=number,
            n_records=1,
            n_new=1,
            n_seen_before=0,
            n_changed=0,
            n_quarantined=0,
            raw_sha256="0" * 64,
            fetched_at=now,
        )
        above = None
        if post:
            above = PostRow(account_id=account.id, native_id=f"post-{number}", body=post, url="")
            session.add(above)
        session.add(page)
        session.flush()
        since = now - timedelta(minutes=60) + timedelta(seconds=number)
        columns: dict[str, Any] = {
            "kind": ItemKind.COMMENT,
            "state": ItemState.REVIEW,
            "native_id": f"native-{number}",
            "author_ref": f"author-{number}",
            "author_handle": f"handle_{number}",
            "severity": 2,
            "category": Abuse.PERSONAL_ABUSE,
            "queue_rank": 0 if chosen.get("urgent") else 30,
            "waiting_since": since,
            "outcome": "flag",
            "target_type": TargetType.NAMED_STAFF,
            "target_staff_id": "S1",
            **chosen,
        }
        item = ItemRow(
            org_id=org,
            account_id=account.id,
            seen_at=since,
            occurred_at=since,
            post_id=above.id if above else None,
            **columns,
        )
        session.add(item)
        session.flush()
        session.add(
            ItemVersionRow(
                item_id=item.id,
                seq=1,
                kind=VersionKind.CREATED,
                sha256=hashlib.sha256(words.encode()).hexdigest(),
                seen_at=since,
                page_id=page.id,
                body=words,
                raw=words.encode(),
            )
        )
        session.flush()
        _read(session, item, reasons, check_first, now)
        return item.id


def _read(
    session: Any,
    item: ItemRow,
    reasons: tuple[str, ...],
    check_first: tuple[str, ...],
    now: datetime,
) -> None:
    """Store what the detectors said of an item and what the machine proposed."""
    unscored = "Welsh is not a language the model knows." if item.outcome == "unscored" else ""
    session.add(
        SignalRow(
            item_id=item.id,
            version_seq=1,
            detector="embedded@1",
            scores=None if unscored else {"insult": 0.91, "toxicity": 0.93},
            hits=[["abuse.insult", "Calls somebody names.", 0, 5]],
            words=["clown"],
            unscored=unscored,
        )
    )
    session.add(
        ProposalRow(
            item_id=item.id,
            version_seq=1,
            outcome=item.outcome or "flag",
            severity=item.severity,
            category=item.category,
            categories=[item.category.value] if item.category else [],
            not_abuse=None,
            target_type=item.target_type or TargetType.NONE,
            target_staff_id=item.target_staff_id,
            target_why="It names her.",
            check_first=list(check_first),
            reasons=list(reasons),
            likelihood="likely",
            policy_revision="2026-11-20",
            model_sha256="b" * 64,
            at=now,
        )
    )
