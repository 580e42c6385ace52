"""What a lead sets is in force for new items in every process, a quarter of a minute later."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from moderation.access import Role
from moderation.model import Signal
from moderation.proposing import Subject
from moderation.tables import ProposalRow
from moderation.tuning import fine_words, setting
from moderation.tuning.setting import Choice
from tests.moderation.tuning.past import said
from tests.replayed import Replayed
from tests.world import ORG, POLICY, World
from worker.workshop import DIRECTORY_AGE

WHY = "A reason that is long enough."


class Sure:
    """A model that is fairly sure of every text, because of the word “blunder”."""

    model = "embedded@1"
    sha256 = "00"

    def score(self, texts: Sequence[str]) -> list[Signal]:
        return [said(0.7, words=("blunder",))[0] for _ in texts]


def proposed(replayed: Replayed) -> list[tuple[str, str]]:
    """Return the outcome and revision of every proposal, oldest first."""
    with replayed.store.reading() as session:
        rows = session.execute(
            select(ProposalRow.outcome, ProposalRow.policy_revision).order_by(ProposalRow.item_id)
        )
        return [(outcome, revision) for outcome, revision in rows]


def test_a_setting_holds_for_new_items_and_no_old_one_moves(world: World, tmp_path: Path) -> None:
    replayed = Replayed(world, tmp_path)
    replayed.shop.detectors = [Sure()]
    lead = world.actor(Role.COMMS_LEAD)
    replayed.say("c-1", "what a service")
    replayed.poll()
    with replayed.store.transaction() as session:
        setting.use(
            session,
            Choice(flag_from=0.8),
            instead_of=0,
            reason=WHY,
            form_id="form-of-the-lead-1",
            actor=lead,
            now=replayed.shop.now(),
        )
    replayed.later(DIRECTORY_AGE.total_seconds())
    replayed.say("c-2", "what another service")
    replayed.poll()
    assert proposed(replayed) == [
        ("flag", POLICY.revision),
        ("clear", f"{POLICY.revision}+s1"),
    ]
    assert replayed.shop.policy_of("another organisation") is replayed.shop.policy


def test_a_word_on_the_list_stands_beside_those_of_the_policy(world: World, tmp_path: Path) -> None:
    replayed = Replayed(world, tmp_path)
    with replayed.store.transaction() as session:
        fine_words.add(
            session,
            "lup pots",
            reason=WHY,
            actor=world.actor(Role.COMMS_LEAD),
            now=replayed.shop.now(),
        )
    assert replayed.shop.policy_of(ORG).harmless_words == POLICY.harmless_words | {"lup pots"}


def test_a_process_of_its_own_reads_by_the_setting_too(world: World, tmp_path: Path) -> None:
    replayed = Replayed(world, tmp_path, detectors=("rules.threats",))
    with replayed.store.transaction() as session:
        setting.use(
            session,
            Choice(flag_from=0.8),
            instead_of=0,
            reason=WHY,
            form_id="form-of-the-lead-2",
            actor=world.actor(Role.COMMS_LEAD),
            now=replayed.shop.now(),
        )
    (finding,) = replayed.shop.detection.read([Subject("I know where you live", org=ORG)])
    assert finding.proposal.policy_revision == f"{POLICY.revision}+s1"
