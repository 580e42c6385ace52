"""The whole path: from a comment on the page to a decision, a case, a letter and the week's sum."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default as modern_mail
from typing import Any

import pytest
from sqlalchemy import select

from moderation import actions, audit, review
from moderation.access import Role
from moderation.cases.opening import Opening, open_case
from moderation.evidence.vault import Vault
from moderation.lifecycle import ActionState, AlertState, EvidenceState, ItemState
from moderation.model import ActionKind
from moderation.queries import queue
from moderation.queries.views import View
from moderation.reporting import summary
from moderation.reporting.figures import Figures
from moderation.reporting.week import Week
from moderation.tables import AlertRow, CaseRow, EvidenceRow, ItemRow, JobState, PlatformActionRow
from moderation.taxonomy import Severity
from tests.moderation.deeds import ABUSE, NOT_ABUSE, form
from tests.processes import watchroom
from tests.replayed import Replayed, SteppedShop
from tests.servers import MailServer
from tests.world import NOW, ORG, REASON
from worker.runner import Runner
from worker.ticker import DUTIES, Ticker

INSULT = "Dana Price you are a useless bastard and a disgrace to the service"
CRITICISM = "Twenty minutes to answer the phone is not good enough, sort your call handling out"
PRAISE = ("Thank you for coming so quickly", "Lovely to meet the crew today", "Great open day!")
HR_MAILBOX = "people@northmoor.example"


def spooled(replayed: Replayed) -> list[EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=modern_mail)
        for path in sorted(replayed.settings.spool_dir.glob("*.eml"))
    ]


def bring_in(replayed: Replayed) -> ItemRow:
    """Let the page grow, be polled and read, and return the item that waits for a person."""
    for number, text in enumerate((*PRAISE, CRITICISM)):
        replayed.say(f"c-{number}", text)
    replayed.say("bad", INSULT, post={"id": "p-1", "text": "Meet Watch Manager Dana Price"})
    replayed.poll()
    with replayed.store.reading() as session:
        page = queue.page(
            session, replayed.world.actor(Role.COMMS_MODERATOR), View(), now=replayed.shop.at
        )
    [line] = [line for line in page.lines if line.item.native_id == "bad"]
    assert line.item.target_staff_id == "NM-1"
    return line.item


def decide(replayed: Replayed, item: ItemRow) -> None:
    """Claim, look and decide as a moderator does; the rest of the queue is not abuse."""
    moderator, at = replayed.world.actor(Role.COMMS_MODERATOR), replayed.shop.at
    with replayed.store.transaction() as session:
        review.claim(session, item.id, actor=moderator, now=at)
        seen = review.look(session, item.id, actor=moderator, now=at)
        review.decide(
            session, item.id, ABUSE, revision=seen.revision, form_id=form(), actor=moderator, now=at
        )
        waiting = session.scalars(select(ItemRow).where(ItemRow.state == ItemState.REVIEW)).all()
        for other in waiting:
            review.decide(
                session,
                other.id,
                NOT_ABUSE,
                revision=other.revision,
                form_id=form(),
                actor=moderator,
                now=at,
            )


def hide(replayed: Replayed, item: ItemRow) -> PlatformActionRow:
    """Capture, hide, wait for the platform and return the action as it ended."""
    moderator = replayed.world.actor(Role.COMMS_MODERATOR)
    with replayed.store.transaction() as session:
        review.want_capture(session, item.id, actor=moderator, now=replayed.shop.at)
    replayed.work()
    with replayed.store.transaction() as session:
        action = actions.request(
            session,
            item.id,
            ActionKind.HIDE,
            reason=REASON,
            form_id=form(),
            actor=moderator,
            now=replayed.shop.at,
        )
    replayed.work()
    replayed.later()
    replayed.work()
    with replayed.store.reading() as session:
        return session.get_one(PlatformActionRow, action.id)


def bring_to_hr(replayed: Replayed, item: ItemRow) -> CaseRow:
    with replayed.store.transaction() as session:
        return open_case(
            session,
            item.id,
            Opening(REASON, affected_staff_id="NM-1", severity=Severity.S2),
            form_id=form(),
            actor=replayed.world.actor(Role.COMMS_MODERATOR),
            now=replayed.shop.at,
        )


def to_next_monday(replayed: Replayed) -> Figures:
    """Let the week end and its summary be made by the clock; return it."""
    week = Week.of(NOW)
    replayed.shop.at = week.due_at + timedelta(minutes=1)
    duties = tuple(duty for duty in DUTIES if duty.name == "summaries")
    for _ in range(2):
        Ticker(replayed.shop, duties).tick()
        replayed.work()
    with replayed.store.reading() as session:
        figures = summary.kept(session, ORG, week)
    assert figures is not None
    return figures


def require_silent(letters: list[EmailMessage], case: CaseRow) -> None:
    """Fail where a letter says more of the matter than a reference and a link."""
    text = "\n".join(str(letter) for letter in letters)
    for word in ("useless", "bastard", "Dana", "Price", REASON):
        assert word not in text
    assert any(case.ref in str(letter) for letter in letters)


def test_a_comment_becomes_a_decision_a_hide_a_case_a_letter_and_a_line_of_the_week(
    replayed: Replayed,
) -> None:
    item = bring_in(replayed)
    decide(replayed, item)
    action = hide(replayed, item)
    assert action.state is ActionState.VERIFIED
    assert replayed.acts() == [ActionKind.HIDE]
    with replayed.store.reading() as session:
        evidence = session.get_one(EvidenceRow, action.evidence_id)
    assert evidence.state is EvidenceState.CAPTURED
    assert evidence.captured_at is not None
    assert evidence.captured_at <= (action.first_sent_at or NOW)
    assert not list(Vault(replayed.settings.vault_dir).rehash())

    case = bring_to_hr(replayed, item)
    replayed.work()
    letters = spooled(replayed)
    require_silent(letters, case)
    assert any(letter["To"] == replayed.world.users[ORG, Role.HR_LEAD].email for letter in letters)

    figures = to_next_monday(replayed)
    read = len(PRAISE) + 2
    assert (figures.read, figures.abuse, figures.cases_opened) == (read, 1, 1)
    assert figures.still_to_score == figures.waiting == 0
    assert [(one.kind, one.state, one.count) for one in figures.actions] == [
        ("hide", "verified", 1)
    ]
    weekly = [letter for letter in spooled(replayed) if str(Week.of(NOW)) in str(letter)]
    assert weekly
    require_silent(spooled(replayed), case)

    replayed.require_whole()
    assert {job.state for kind in ("act", "alert", "poll") for job in replayed.jobs(kind)} == {
        JobState.DONE
    }
    with replayed.store.reading() as session:
        assert audit.verify(session).broken_at == 0


def test_what_criticises_stays_up_and_what_praises_waits_for_nobody(replayed: Replayed) -> None:
    bring_in(replayed)
    assert replayed.item("c-3").severity == 0
    assert {replayed.item(f"c-{n}").state for n in range(len(PRAISE))} == {ItemState.CLEAR}
    assert replayed.acts() == []


def test_hr_is_told_by_a_real_mail_server_where_one_is_set(
    replayed: Replayed, smtp_server: MailServer
) -> None:
    settings = replace(
        replayed.settings,
        smtp_host=smtp_server.host,
        smtp_port=smtp_server.port,
        smtp_security="none",
        hr_mailbox=HR_MAILBOX,
    )
    shop = SteppedShop(settings, replayed.store)
    replayed.shop, replayed.runner = shop, Runner(shop, "test")
    item = bring_in(replayed)
    decide(replayed, item)
    case = bring_to_hr(replayed, item)
    replayed.work()
    require_silent([letter.message for letter in smtp_server.letters], case)
    with replayed.store.reading() as session:
        alerts = session.scalars(select(AlertRow)).all()
    assert {alert.state for alert in alerts} == {AlertState.ACCEPTED}
    # One letter for each alert, whatever the tries.
    assert sorted(letter.message["Message-ID"] for letter in smtp_server.letters) == sorted(
        alert.message_id for alert in alerts
    )
    assert spooled(replayed) == []


@pytest.mark.parametrize("command", ["verify-audit", "invariants"])
def test_the_command_line_agrees_that_the_record_is_whole(replayed: Replayed, command: str) -> None:
    decide(replayed, bring_in(replayed))
    settings: dict[str, Any] = {
        "DATA_DIR": replayed.settings.data_dir,
        "DATABASE_URL": replayed.settings.database_url,
    }
    done = watchroom(command, **settings)
    assert (done.returncode, done.stderr) == (0, "")
