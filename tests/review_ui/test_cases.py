"""The pages of HR cases and of logged contacts: who gets what, and what a page never shows."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from moderation.access import Role
from moderation.cases.codes import CLOSING, Support
from moderation.lifecycle import CaseEvent, CaseState
from moderation.tables import AlertRow, AuditBodyRow, CaseNoteRow, CaseRow, ItemRow, UserRow
from moderation.when import london
from tests.review_ui.world import HOME, PASSWORD_HASH, Browser, World, address

CANARY = "canary-of-the-case"
REASON = f"She is upset and asks for help. {CANARY}"
REF = re.compile(r"C-[0-9A-Z]{8}")
OTHERS = ("dana", "lee", "sal", "bo", "ina", "adam", "far.hugh", "far.dana")


def ref_in(answer: TestResponse) -> str:
    found = REF.search(answer.headers["Location"])
    assert found, answer.headers
    return found.group()


def open_case(
    world: World, browser: Browser, item_id: int | None = None, **more: Any
) -> TestResponse:
    data = {
        "form_id": world.form_id(),
        "item": str(item_id) if item_id else "",
        "reason": REASON,
        "safeguarding": "no",
        **more,
    }
    return browser.post("/cases/new", data)


def new_ref(world: World, browser: Browser, **more: Any) -> str:
    """Open a case about a new item as a member and return its reference."""
    return ref_in(open_case(world, browser, world.item(), **more))


def row(world: World, ref: str) -> CaseRow:
    with world.store.reading() as session:
        return session.scalars(select(CaseRow).where(CaseRow.ref == ref)).one()


def send(world: World, browser: Browser, ref: str, path: str, **data: Any) -> TestResponse:
    """Send one form of a case with a fresh id and the revision that stands."""
    fields = {"form_id": world.form_id(), "revision": row(world, ref).revision, **data}
    return browser.post(f"/cases/{ref}/{path}", fields)


def add_lead(world: World, name: str = "gwen", role: Role = Role.HR_LEAD) -> int:
    with world.store.transaction() as session:
        user = UserRow(
            org_id=HOME,
            email=address(name),
            name=f"{name.title()} Pryce",
            role=role,
            password_hash=PASSWORD_HASH,
            created_at=world.store.now(),
        )
        session.add(user)
        session.flush()
        return user.id


def reads(world: World, verb: str) -> int:
    with world.store.reading() as session:
        query = select(func.count()).select_from(AuditBodyRow).where(AuditBodyRow.verb == verb)
        return session.scalar(query) or 0


def triage_form(world: World) -> dict[str, str]:
    today = london(world.store.now()).date()
    return {
        "severity": "2",
        "perpetrator": "public",
        "summary": "Insults under our post.",
        "staff": "S1",
        "spoken-day": str(today.day),
        "spoken-month": str(today.month),
        "spoken-year": str(today.year),
        "contact": "She wants it gone.",
        "safeguarding": "no",
        "conflict": "Nobody is involved.",
        "crime": "no",
    }


def support_form(**chosen: str) -> dict[str, str]:
    return {f"{code.value}-status": "not_yet" for code in Support} | chosen


def test_comms_pass_an_item_to_hr_and_learn_a_reference_but_no_way_in(world: World) -> None:
    dana = world.browser("dana")
    item_id = world.item()
    answer = open_case(world, dana, item_id)
    assert answer.headers["Location"] == f"/items/{item_id}"
    page = dana.get(f"/items/{item_id}").text
    found = re.search(r"Passed to HR. Reference (C-[0-9A-Z]{8})", page)
    assert found
    assert "/cases/C-" not in page
    assert row(world, found[1]).state is CaseState.REPORTED
    assert dana.get(f"/cases/{found[1]}").status_code == 404


def test_hr_opens_a_case_and_works_it_to_the_end(world: World) -> None:
    hugh = world.browser("hugh")
    ref = new_ref(world, hugh)
    assert "Not yet." in hugh.get(f"/cases/{ref}").text
    early = send(world, hugh, ref, "next/finish_triage")
    assert early.status_code == 400
    assert "safeguarding question" in early.text
    steps: list[tuple[str, dict[str, str]]] = [
        ("triage", triage_form(world)),
        ("next/finish_triage", {}),
        ("next/find_case", {"reason": "It is aimed at her by name."}),
        ("support", support_form(**{"counselling-status": "accepted"})),
        ("next/take_action", {}),
        (
            "next/record_outcome",
            {"outcome": "removed_by_author", "reason": "The author took it down."},
        ),
        ("next/start_aftercare", {}),
        ("closing", {question.value: "Answered in full." for question in CLOSING}),
        ("next/close", {}),
    ]
    for path, data in steps:
        answer = send(world, hugh, ref, path, **data)
        assert answer.status_code == 303, (path, answer.text)
    assert row(world, ref).state is CaseState.CLOSED
    assert ref in hugh.get("/cases?ended=yes").text
    assert ref not in hugh.get("/cases").text
    page = hugh.get(f"/cases/{ref}").text
    assert "Removed by the author" in page
    assert "Open the case again" in page


@pytest.mark.parametrize(
    "page", ["", "/triage", "/support", "/police", "/step", "/closing", "/members"]
)
def test_every_page_of_a_case_is_a_read_with_its_line(small_world: World, page: str) -> None:
    hugh = small_world.browser("hugh")
    ref = new_ref(small_world, hugh)
    answer = hugh.get(f"/cases/{ref}{page}")
    assert answer.status_code == 200
    assert reads(small_world, "case.view") == 1


def test_the_list_is_a_read_and_shows_initials_only(small_world: World) -> None:
    hugh = small_world.browser("hugh")
    ref = new_ref(small_world, hugh)
    page = hugh.get("/cases").text
    assert ref in page
    assert "M. N." in page
    assert "Mara" not in page
    assert reads(small_world, "case.list") == 1


@pytest.mark.parametrize("who", OTHERS)
def test_anothers_case_answers_exactly_like_a_missing_one(small_world: World, who: str) -> None:
    ref = new_ref(small_world, small_world.browser("hugh"))
    other = small_world.browser(who)
    token = re.compile(r'value="[^"]*"|nonce="[^"]*"')
    for page in ("", "/triage", "/support", "/police", "/step", "/closing", "/members"):
        real = other.get(f"/cases/{ref}{page}")
        missing = other.get(f"/cases/C-00000000{page}")
        assert (real.status_code, missing.status_code) == (404, 404)
        shown = token.sub("", real.text).replace(ref, "")
        assert shown == token.sub("", missing.text).replace("C-00000000", "")
    assert reads(small_world, "case.view") == 0


@pytest.mark.parametrize("who", ["asha", *OTHERS])
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("note", {"note": "A note."}),
        ("next/finish_triage", {}),
        ("police", {"consent": "yes", "decision": ""}),
        ("items", {"item": "1"}),
        ("members", {"person": "1", "standing": "removed", "reason": "Not needed any more."}),
        ("review", {}),
    ],
)
def test_nobody_but_a_member_changes_a_case(
    small_world: World, who: str, path: str, data: dict[str, str]
) -> None:
    ref = new_ref(small_world, small_world.browser("hugh"))
    before = row(small_world, ref)
    answer = send(small_world, small_world.browser(who), ref, path, **data)
    assert answer.status_code == 404
    assert row(small_world, ref).revision == before.revision


def test_a_double_click_opens_one_case_and_adds_one_note(world: World) -> None:
    hugh = world.browser("hugh")
    item_id, form_id = world.item(), world.form_id()
    answers = [open_case(world, hugh, item_id, form_id=form_id) for _ in range(2)]
    assert ref_in(answers[0]) == ref_in(answers[1])
    ref = ref_in(answers[0])
    note = {"form_id": world.form_id(), "note": "She was called."}
    for _ in range(2):
        assert hugh.post(f"/cases/{ref}/note", note).status_code == 303
    with world.store.reading() as session:
        notes = session.scalars(select(CaseNoteRow.body)).all()
        assert session.scalar(select(func.count()).select_from(CaseRow)) == 1
    assert sorted(notes) == sorted([REASON, "She was called."])


def test_a_stale_page_is_refused_and_shows_what_was_typed(world: World) -> None:
    hugh = world.browser("hugh")
    ref = new_ref(world, hugh)
    stale = row(world, ref).revision
    assert send(world, hugh, ref, "triage", **triage_form(world)).status_code == 303
    answer = send(
        world,
        hugh,
        ref,
        "police",
        revision=stale,
        consent="yes",
        decision="Reported by telephone today.",
    )
    assert answer.status_code == 409
    assert "after you opened the page" in answer.text
    assert "Reported by telephone today." in answer.text
    assert row(world, ref).police_decision == ""


def test_a_lead_who_is_kept_out_sees_nothing_and_cannot_let_herself_in(world: World) -> None:
    gwen_id = add_lead(world)
    item_id = world.item()
    open_case(world, world.browser("dana"), item_id, conflicted=str(gwen_id))
    gwen, hugh = world.browser("gwen"), world.browser("hugh")
    with world.store.reading() as session:
        ref = session.scalars(select(CaseRow.ref)).one()
        told = set(session.scalars(select(AlertRow.recipient)))
    assert gwen.get(f"/cases/{ref}").status_code == 404
    assert ref not in gwen.get("/cases").text
    assert ref not in gwen.get(f"/items/{item_id}").text
    let_in = {"person": str(gwen_id), "standing": "member", "reason": "I am the lead here."}
    assert send(world, gwen, ref, "members", **let_in).status_code == 404
    assert hugh.get(f"/cases/{ref}").status_code == 200
    assert told == {address("hugh")}


def test_when_every_lead_is_involved_the_page_says_whom_to_choose(world: World) -> None:
    dana = world.browser("dana")
    item_id, hugh = world.item(), str(world.user_id("hugh"))
    refused = open_case(world, dana, item_id, conflicted=hugh)
    assert refused.status_code == 400
    assert "as independent contact" in refused.text
    assert CANARY in refused.text
    bo = str(world.user_id("bo"))
    assert open_case(world, dana, item_id, conflicted=hugh, independent=bo).status_code == 303
    with world.store.reading() as session:
        ref = session.scalars(select(CaseRow.ref)).one()
    assert "Start triage" in world.browser("bo").get(f"/cases/{ref}").text
    assert world.browser("hugh").get(f"/cases/{ref}").status_code == 404


def test_a_linked_board_member_reads_without_buttons(world: World) -> None:
    hugh = world.browser("hugh")
    ref = new_ref(world, hugh)
    bo = world.browser("bo")
    assert ref not in bo.get("/cases").text
    linked = {
        "person": str(world.user_id("bo")),
        "standing": "member",
        "reason": "Oversight by the board.",
    }
    assert send(world, hugh, ref, "members", **linked).status_code == 303
    page = bo.get(f"/cases/{ref}")
    assert page.status_code == 200
    assert "You can read this case but not change it." in page.text
    assert "Add the note" not in page.text
    assert send(world, bo, ref, "note", note="A note.").status_code == 403


def test_what_is_written_in_a_case_reaches_no_other_page_log_or_mail(
    world: World, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    hugh = world.browser("hugh")
    item_id = world.item()
    ref = ref_in(open_case(world, hugh, item_id))
    send(world, hugh, ref, "note", note=f"Off sick. {CANARY}")
    send(world, hugh, ref, "triage", **(triage_form(world) | {"summary": CANARY}))
    send(world, hugh, ref, "support", **support_form(**{"ict_help-note": CANARY}))
    assert CANARY in hugh.get(f"/cases/{ref}").text
    for who in ("dana", "lee", "asha", "sal", "bo", "adam", "far.hugh"):
        browser = world.browser(who)
        for rule in world.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            with world.app.test_request_context():
                values = {"item_id": item_id, "ref": ref, "event": "close", "user_id": 1}
                values["iso_week"] = "2026-W47"
                values = {name: values.get(name, 1) for name in rule.arguments}
                path = world.app.url_map.bind("").build(rule.endpoint, values)
            assert CANARY not in browser.get(path).text, (who, path)
    with world.store.reading() as session:
        alerts = session.scalars(select(AlertRow)).all()
        chain = session.scalars(select(AuditBodyRow.body)).all()
    assert CANARY not in "".join(f"{a.ref}{a.link}{a.about}{a.last_error}" for a in alerts)
    assert CANARY not in "".join(body or "" for body in chain)
    assert CANARY not in caplog.text


def contact(world: World, **more: str) -> dict[str, str]:
    when = london(world.store.now() - timedelta(days=1))
    return {
        "form_id": world.form_id(),
        "kind": "phone_call",
        "danger": "no",
        "staff": "S1",
        "on-day": str(when.day),
        "on-month": str(when.month),
        "on-year": str(when.year),
        "clock": "14:30",
        "shown": "07700 900123",
        "words": f"You will be sorry. {CANARY}",
        "wish": "support",
        **more,
    }


def test_a_logged_call_goes_to_hr_and_is_seen_by_nobody_else(world: World) -> None:
    dana = world.browser("dana")
    answer = dana.post("/contacts/new", contact(world))
    assert answer.status_code == 303
    page = dana.get("/contacts/new").text
    assert REF.search(page)
    assert CANARY not in page
    with world.store.reading() as session:
        item = session.scalars(select(ItemRow)).one()
        case = session.scalars(select(CaseRow)).one()
    assert item.restricted
    assert dana.get(f"/items/{item.id}").status_code == 404
    assert CANARY not in dana.get("/queue").text
    assert CANARY in world.browser("hugh").get(f"/cases/{case.ref}").text
    sealed = list((world.app.extensions["watchroom"].settings.vault_dir).rglob("*"))
    assert any(path.is_file() and CANARY.encode() in path.read_bytes() for path in sealed)


def test_a_contact_logged_twice_by_a_double_click_is_one(world: World) -> None:
    dana, sent = world.browser("dana"), contact(world)
    for _ in range(2):
        assert dana.post("/contacts/new", sent).status_code == 303
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ItemRow)) == 1
        assert session.scalar(select(func.count()).select_from(CaseRow)) == 1


def test_a_wrong_contact_form_comes_back_with_everything_to_correct_and_what_was_typed(
    small_world: World,
) -> None:
    dana = small_world.browser("dana")
    wrong = contact(small_world, clock="half two", staff="Nobody", wish="", danger="")
    answer = dana.post("/contacts/new", wrong)
    assert answer.status_code == 400
    for field in ("clock", "staff", "wish", "danger"):
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}"' in answer.text
    assert CANARY in answer.text
    assert "half two" in answer.text
    with small_world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ItemRow)) == 0


def test_a_wrong_case_form_comes_back_with_what_was_typed(small_world: World) -> None:
    dana = small_world.browser("dana")
    item_id = small_world.item()
    answer = open_case(small_world, dana, item_id, safeguarding="", staff="Nobody")
    assert answer.status_code == 400
    assert 'href="#safeguarding"' in answer.text
    assert CANARY in answer.text
    assert f'value="{item_id}"' in answer.text


@pytest.mark.parametrize("path", ["next/fly", "next/close"])
def test_a_move_that_does_not_exist_or_does_not_fit_is_refused(
    small_world: World, path: str
) -> None:
    hugh = small_world.browser("hugh")
    ref = new_ref(small_world, hugh)
    assert hugh.get(f"/cases/{ref}/{path}").status_code in {404, 409}
    assert send(small_world, hugh, ref, path).status_code in {404, 409}


def test_every_move_that_needs_words_has_a_form(small_world: World) -> None:
    hugh = small_world.browser("hugh")
    ref = new_ref(small_world, hugh)
    send(small_world, hugh, ref, "triage", **triage_form(small_world))
    send(small_world, hugh, ref, f"next/{CaseEvent.FINISH_TRIAGE.value}")
    told = hugh.get(f"/cases/{ref}/next/find_no_case").text
    assert 'name="reason"' in told
    assert 'name="told"' in told
    answer = send(
        small_world,
        hugh,
        ref,
        "next/find_no_case",
        reason="It is criticism of the rota.",
        told="Dana was told by telephone.",
    )
    assert answer.status_code == 303
    assert row(small_world, ref).state is CaseState.NO_CASE


def test_hostile_words_in_a_case_stay_words(small_world: World) -> None:
    hugh = small_world.browser("hugh")
    hostile = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>"
    ref = new_ref(small_world, hugh, reason=f"{hostile} and more", person=hostile)
    send(small_world, hugh, ref, "note", note=hostile)
    for page in ("", "/triage", "/support", "/police", "/step", "/closing", "/members"):
        shown = hugh.get(f"/cases/{ref}{page}").text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert "<img src=x" not in hugh.get("/cases").text
