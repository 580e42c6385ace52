"""A record in which everything has happened once, made through the doors that people use."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import actions, audit, contacts, holds, jobs, review
from moderation.access import Role, system
from moderation.actions import on_capture
from moderation.cases.opening import Opening, open_case
from moderation.contacts import Contact, Wish
from moderation.evidence import capture
from moderation.evidence.sealing import Sealed
from moderation.lifecycle import ActionEvent, AlertEvent, EvidenceState
from moderation.model import ActionKind, ItemKind
from moderation.policy_parts import Retention
from moderation.retention import erasing
from moderation.retention.files import Files
from moderation.store import Store
from moderation.tables import (
    ActionAttemptRow,
    AlertRow,
    AttemptOutcome,
    ErasureRow,
    EvidenceRow,
    HoldReason,
    ItemRow,
    Lane,
    PlatformActionRow,
)
from moderation.taxonomy import Abuse, Severity
from tests.moderation.deeds import (
    ABUSE,
    HOUSE_RULE,
    NOT_ABUSE,
    add_own_evidence,
    decide,
    form,
    request,
)
from tests.world import CLEAR, NOW, REASON, UNSCORED, World, comment, deleted, fill, hours, proposal

THREAT = "I will find you"
WORDS = {
    "You are a useless clown": proposal(severity=Severity.S3),
    THREAT: proposal(Abuse.THREAT_SERIOUS, severity=Severity.S4),
    "Your times got worse": proposal(),
    "Buy cheap ladders": proposal(),
    "Nice one": CLEAR,
    "Diolch": UNSCORED,
    "mild": proposal(),
    "not mild": proposal(),
    "gone by now": proposal(),
}
SENT, SEEN, LATER = NOW + hours(1), NOW + hours(1) + timedelta(seconds=5), NOW + hours(2)


def build(url: str) -> None:
    """Fill a migrated, empty record and close it."""
    store = Store.open(url)
    build_in(store)
    store.close()


def build_in(store: Store) -> World:
    """Fill a record: pages read and unread, decisions, actions, cases, letters, quarantine."""
    world = fill(store)
    with store.transaction() as session:
        _take_in(world, session)
    with store.transaction() as session:
        world.triage(session, WORDS)
        _log_call(world, session)
        world.triage(session, {"I know where you park": proposal(severity=Severity.S3)})
    with store.transaction() as session:
        _act_on_capture(world, session)
    with store.transaction() as session:
        _capture_all(session)
        _review(world, session)
    with store.transaction() as session:
        _send_letters(session)
        _carry_out(session)
        _undo_one(world, session)
    _finish_jobs(store)
    with store.transaction() as session:
        world.ingest(session, comment("unread", "not read yet"), now=LATER)
    with store.transaction() as session:
        _let_go(world, session)
    return world


def item(session: Session, words: str) -> ItemRow:
    """Return the item whose native id is these words."""
    return session.scalars(select(ItemRow).where(ItemRow.native_id == words)).one()


def _take_in(world: World, session: Session) -> None:
    plain = [words for words in WORDS if words not in {"mild", "not mild"}]
    world.ingest(session, *[comment(words, words) for words in plain], comment("bad\0"))
    world.ingest(session, comment("mild", "mild"), comment("Nice one", "Nice one"))
    world.ingest(session, comment("mild", "not mild"), deleted("gone by now"))


def _log_call(world: World, session: Session) -> None:
    moderator, form_id = world.actor(Role.COMMS_MODERATOR), form()
    call = Contact(ItemKind.PHONE_CALL, NOW, "I know where you park", Wish.CASE, staff_id="NM-1")
    raw = contacts.canonical(call, form_id=form_id, actor=moderator, now=NOW)
    contacts.log(session, call, raw, form_id=form_id, actor=moderator, now=NOW)


def _capture_all(session: Session) -> None:
    wanted = select(EvidenceRow.id).where(EvidenceRow.state == EvidenceState.WANTED)
    for evidence_id in session.scalars(wanted).all():
        sealed = Sealed(manifest_sha256="a" * 64, size=10, path="a" * 64)
        capture.captured(session, evidence_id, sealed, NOW, system("capture", "northmoor"))


def _act_on_capture(world: World, session: Session) -> None:
    """Ask for two actions before the evidence, take one of them back, and add a file."""
    mild, moderator = item(session, "mild"), world.actor(Role.COMMS_MODERATOR)
    decide(world, session, mild)
    for kind in (ActionKind.REPORT, ActionKind.HIDE):
        asked = review.capture_then(
            session, mild.id, kind, reason=REASON, form_id=form(), actor=moderator, now=NOW
        )
    on_capture.withdraw(session, asked.id, actor=moderator, now=NOW)
    add_own_evidence(session, mild, moderator)


def _review(world: World, session: Session) -> None:
    clown, threat = item(session, "You are a useless clown"), item(session, THREAT)
    review.claim(session, clown.id, actor=world.actor(Role.COMMS_MODERATOR), now=NOW)
    for row, finding in (
        (clown, ABUSE),
        (threat, ABUSE),
        (item(session, "Your times got worse"), NOT_ABUSE),
        (item(session, "Buy cheap ladders"), HOUSE_RULE),
    ):
        decide(world, session, row, finding)
    for kind in (ActionKind.HIDE, ActionKind.REPORT):
        request(world, session, clown, kind)
    block = request(world, session, threat, ActionKind.BLOCK)
    actions.approve(session, block.id, actor=world.actor(Role.COMMS_LEAD), now=NOW)
    open_case(
        session,
        clown.id,
        Opening(REASON),
        form_id=form(),
        actor=world.actor(Role.HR_LEAD),
        now=NOW,
    )


def _send_letters(session: Session) -> None:
    for alert in session.scalars(select(AlertRow)).all():
        audit.move(session, alert, AlertEvent.ACCEPT, actor=system("mail", alert.org_id), at=SENT)
        alert.accepted_at = SENT


def _carry_out(session: Session) -> None:
    """Do what the act job does: record the attempt, send, see that it happened."""
    for action in session.scalars(select(PlatformActionRow)).all():
        by = system("act", action.org_id)
        session.add(
            ActionAttemptRow(action_id=action.id, n=1, fence=1, at=SENT, outcome=AttemptOutcome.OK)
        )
        action.first_sent_at = SENT
        audit.move(session, action, ActionEvent.SEND, actor=by, at=SENT)
        audit.move(session, action, ActionEvent.VERIFY, actor=by, at=SEEN)
        action.verified_at = SEEN


def _undo_one(world: World, session: Session) -> None:
    hide = session.scalars(
        select(PlatformActionRow).where(PlatformActionRow.kind == ActionKind.HIDE)
    ).one()
    actor = world.actor(Role.COMMS_LEAD)
    undone = actions.undo(session, hide.id, reason=REASON, form_id=form(), actor=actor, now=LATER)
    by = system("act", hide.org_id)
    audit.move(session, undone, ActionEvent.HAND_OVER, actor=by, at=LATER)
    actions.done_by_hand(session, undone.id, reason=REASON, actor=actor, now=LATER)


def _let_go(world: World, session: Session) -> None:
    """Erase what nobody flagged, hold what is serious, and end a case that two people let go."""
    kind, threat = item(session, "Nice one"), item(session, THREAT)
    erasing.erase_due(
        session,
        kind.org_id,
        [kind.id],
        Files(),
        erasing.Rules(Retention(), "1"),
        actor=system("retention", kind.org_id),
        now=NOW + timedelta(days=31),
    )
    holds.begin(
        session,
        threat.id,
        HoldReason.SERIOUS,
        note=REASON,
        form_id=form(),
        actor=world.actor(Role.HR_LEAD),
        now=NOW,
    )
    session.add(
        ErasureRow(
            org_id=kind.org_id,
            klass="G4",
            about="case:0",
            due_at=NOW,
            proposed_at=NOW,
            policy_revision="1",
            first_by="user:1",
            second_by="user:2",
            done_at=LATER,
            erased=[],
        )
    )


def _finish_jobs(store: Store) -> None:
    for lane in Lane:
        while True:
            with store.transaction() as session:
                held = jobs.claim_next(session, lane, owner="test", now=LATER)
                if held is None:
                    break
                jobs.finish(session, held, now=LATER)
