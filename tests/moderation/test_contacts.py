"""Logged contacts: sealed, restricted, always in a case, and the same caller recognised."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from moderation import contacts
from moderation.contacts import Contact, Wish, author_ref
from moderation.errors import InvalidInput, NotAllowed
from moderation.lifecycle import CaseState
from moderation.model import ItemKind, StaffMember
from moderation.scope import visible_items
from moderation.store import Store
from moderation.tables import (
    AccountRow,
    CaseItemRow,
    CaseRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    JobRow,
    PostRow,
)
from moderation.targets import Directory, find_target
from tests.moderation.cases.casework import NOW, Casework, fill

CALL = Contact(
    kind=ItemKind.PHONE_CALL,
    happened_at=NOW - timedelta(hours=3),
    words="I know which bus you take home.",
    wish=Wish.SUPPORT,
    staff_id="S1",
    shown="07700 900 123",
    danger=True,
    circumstances="It was the second call this week.",
)


@pytest.fixture
def casework(store: Store) -> Casework:
    return fill(store)


def log(
    casework: Casework, contact: Contact = CALL, by: str = "dana", form_id: str = ""
) -> CaseRow:
    form_id, actor = form_id or casework.form(), casework.actor(by)
    raw = contacts.canonical(contact, form_id=form_id, actor=actor, now=NOW)
    with casework.writing() as session:
        return contacts.log(session, contact, raw, form_id=form_id, actor=actor, now=NOW)


def seen_by(casework: Casework, who: str) -> int:
    with casework.store.reading() as session:
        query = select(func.count()).select_from(ItemRow).where(visible_items(casework.actor(who)))
        return session.scalar(query) or 0


def test_a_logged_call_is_a_restricted_item_in_a_case_for_its_members_alone(
    casework: Casework,
) -> None:
    case = log(casework)
    with casework.store.reading() as session:
        item = session.scalars(select(ItemRow)).one()
        held = session.scalars(select(CaseItemRow)).one()
        account = session.scalars(select(AccountRow).where(AccountRow.key == "staff-log")).one()
        kinds = set(session.scalars(select(JobRow.kind)))
    assert (held.case_id, held.item_id) == (case.id, item.id)
    assert (item.restricted, item.kind) == (True, ItemKind.PHONE_CALL)
    assert (item.author_ref, item.target_staff_id) == ("+447700900123", "S1")
    assert item.occurred_at == CALL.happened_at
    assert (case.source, case.severity, case.state) == ("contact", 4, CaseState.REPORTED)
    assert item.account_id == account.id
    assert kinds == {"classify", "capture", "alert"}
    assert {who: seen_by(casework, who) for who in ("dana", "lee", "asha", "sal", "adam")} == {
        "dana": 0, "lee": 0, "asha": 0, "sal": 0, "adam": 0,
    }  # fmt: skip
    assert seen_by(casework, "hugh") == seen_by(casework, "gwen") == 1


def test_the_form_is_sealed_as_it_was_sent(casework: Casework) -> None:
    log(casework)
    with casework.store.reading() as session:
        version = session.scalars(select(ItemVersionRow)).one()
        page = session.scalars(select(IngestPageRow)).one()
    sent = json.loads(version.raw)
    assert page.raw_sha256 == hashlib.sha256(version.raw).hexdigest()
    assert version.body == CALL.words
    assert (sent["shown"], sent["wish"], sent["staff_id"]) == ("07700 900 123", "support", "S1")
    assert sent["logged_by"] == casework.actor("dana").ref
    assert page.raw_sha256 in (casework.lines("contact.log")[0].body or "")
    assert CALL.words not in (casework.lines("contact.log")[0].body or "")


def test_a_double_click_is_one_contact_and_one_case(casework: Casework) -> None:
    form_id = casework.form()
    assert log(casework, form_id=form_id).ref == log(casework, form_id=form_id).ref
    with casework.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ItemRow)) == 1
        assert session.scalar(select(func.count()).select_from(CaseRow)) == 1


def test_the_same_words_logged_twice_are_two_contacts(casework: Casework) -> None:
    assert log(casework).ref != log(casework).ref


@pytest.mark.parametrize("by", ["bo", "ina", "adam"])
def test_a_role_without_the_right_logs_nothing(casework: Casework, by: str) -> None:
    with pytest.raises(NotAllowed):
        log(casework, by=by)


@pytest.mark.parametrize("by", ["asha", "hugh"])
def test_what_hr_logs_is_in_triage_at_once(casework: Casework, by: str) -> None:
    assert log(casework, by=by).state is CaseState.TRIAGE


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (replace(CALL, words=" "), "was said"),
        (replace(CALL, staff_id=None), "who was contacted"),
        (replace(CALL, staff_id="S9"), "staff directory"),
        (replace(CALL, happened_at=NOW + timedelta(minutes=1)), "future"),
        (replace(CALL, withheld=True), "not both"),
        (replace(CALL, kind=ItemKind.COMMENT), "how the contact"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(
    casework: Casework, wrong: Contact, says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        log(casework, wrong)
    with casework.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ItemRow)) == 0
        assert session.scalar(select(func.count()).select_from(CaseRow)) == 0


def test_a_withheld_number_gives_no_author(casework: Casework) -> None:
    log(casework, replace(CALL, shown="", withheld=True))
    with casework.store.reading() as session:
        assert session.scalars(select(ItemRow.author_ref)).one() is None


def test_a_conflicted_lead_does_not_see_the_contact(casework: Casework) -> None:
    log(casework, replace(CALL, conflicted=frozenset({casework.id("gwen")})))
    assert (seen_by(casework, "gwen"), seen_by(casework, "hugh")) == (0, 1)


@pytest.mark.parametrize("words", ["I know which bus you take home.", "Tell him he is finished."])
def test_the_words_are_read_as_said_to_the_person_who_was_picked(
    casework: Casework, words: str
) -> None:
    log(casework, replace(CALL, words=words))
    with casework.store.reading() as session:
        post = session.scalars(select(PostRow.body)).one()
    directory = Directory([StaffMember("S1", "Mara Quill"), StaffMember("S2", "Sam Lee")])
    assert find_target(words, directory=directory, post=post).staff_id == "S1"


@pytest.mark.parametrize(
    ("kind", "shown", "ref"),
    [
        (ItemKind.PHONE_CALL, "07700 900123", "+447700900123"),
        (ItemKind.PHONE_CALL, "+44 7700 900123", "+447700900123"),
        (ItemKind.TEXT_MESSAGE, "0044 7700-900123", "+447700900123"),
        (ItemKind.TEXT_MESSAGE, "Unknown", "unknown"),
        (ItemKind.EMAIL, " Angry@Example.org ", "angry@example.org"),
        (ItemKind.PERSONAL_ACCOUNT, "@Angry_One", "angry_one"),
        (ItemKind.EMAIL, "  ", None),
    ],
)
def test_one_caller_has_one_spelling(kind: ItemKind, shown: str, ref: str | None) -> None:
    assert author_ref(kind, shown) == ref
