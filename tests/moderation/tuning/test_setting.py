"""A setting is a lead's, kept with its reason, told by every proposal, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from moderation.access import Role
from moderation.errors import Conflict, InvalidInput, NotAllowed
from moderation.tables import ProposalRow
from moderation.taxonomy import TargetType
from moderation.tuning import in_force, setting
from moderation.tuning.setting import Aim, Choice
from tests.moderation.deeds import form, verbs
from tests.moderation.tuning.past import item, said
from tests.world import NOW, ORG, OTHER_ORG, POLICY, World, hours

WHY = "Too many jokes were flagged last month."
LESS = Choice(flag_from=0.80, flag_at={Aim.STAFF: 0.40})


def use(world: World, session: Session, choice: Choice = LESS, instead_of: int = 0) -> int:
    return setting.use(
        session,
        choice,
        instead_of=instead_of,
        reason=WHY,
        form_id=form(),
        actor=world.actor(Role.COMMS_LEAD),
        now=NOW,
    )


def test_a_setting_holds_for_its_organisation_and_its_revision_tells_it(world: World) -> None:
    with world.store.transaction() as session:
        assert in_force.policy_of(session, ORG, POLICY) is POLICY
        assert use(world, session) == 1
        policy = in_force.policy_of(session, ORG, POLICY)
        assert in_force.policy_of(session, OTHER_ORG, POLICY) is POLICY
        assert policy.revision == f"{POLICY.revision}+s1"
        row = item(world, session, "this service is useless", said(0.7), policy=policy)
        assert session.get_one(ProposalRow, (row.id, 1)).policy_revision == policy.revision
        assert row.outcome == "clear"
    assert policy.sureness.flags(0.4, TargetType.NAMED_STAFF)
    assert policy.sureness.flags(0.4, TargetType.STAFF_GROUP)
    assert not policy.sureness.flags(0.7, TargetType.SERVICE)
    assert policy.sureness.lowest == 0.40


def test_every_target_has_one_aim() -> None:
    found = sorted(target for targets in setting.TARGETS.values() for target in targets)
    assert found == sorted(TargetType)


def test_going_back_is_a_setting_of_its_own_and_the_history_has_both(world: World) -> None:
    with world.store.transaction() as session:
        use(world, session)
        use(world, session, Choice(), instead_of=1)
        policy = in_force.policy_of(session, ORG, POLICY)
        past = setting.history(session, actor=world.actor(Role.AUDITOR))
    assert policy == replace(POLICY, revision=f"{POLICY.revision}+s2")
    assert [(one.number, one.choice) for one in past] == [(2, Choice()), (1, LESS)]
    assert (past[1].reason, past[1].set_at) == (WHY, NOW)
    assert past[1].set_by == world.actor(Role.COMMS_LEAD).name
    assert verbs(world.store).count("sureness.set") == 2


def test_the_slower_of_two_leads_is_told_and_nothing_changes(world: World) -> None:
    with world.store.transaction() as session:
        use(world, session)
        with pytest.raises(Conflict):
            use(world, session, Choice(flag_from=0.2))
        assert setting.in_force(session, ORG).choice == LESS


def test_the_same_form_sent_twice_is_one_setting(world: World) -> None:
    lead, sent = world.actor(Role.COMMS_LEAD), form()
    with world.store.transaction() as session:
        numbers = [
            setting.use(session, LESS, instead_of=0, reason=WHY, form_id=sent, actor=lead, now=NOW)
            for _ in range(2)
        ]
        assert numbers == [1, 1]
        assert len(setting.history(session, actor=lead)) == 1


@pytest.mark.parametrize("choice", [Choice(0.0), Choice(1.0), Choice(flag_at={Aim.STAFF: 0.01})])
def test_a_figure_that_flags_all_or_nothing_is_refused(world: World, choice: Choice) -> None:
    with world.store.transaction() as session, pytest.raises(InvalidInput):
        use(world, session, choice)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMS_LEAD])
def test_only_a_comms_lead_sets_it(sqlite_world: World, role: Role) -> None:
    with sqlite_world.store.transaction() as session, pytest.raises(NotAllowed):
        setting.use(
            session,
            LESS,
            instead_of=0,
            reason=WHY,
            form_id=form(),
            actor=sqlite_world.actor(role),
            now=NOW + hours(1),
        )


def test_a_long_revision_of_ones_own_leaves_room_for_the_number(world: World) -> None:
    own = replace(POLICY, revision="r" * 40)
    with world.store.transaction() as session:
        use(world, session)
        policy = in_force.policy_of(session, ORG, own)
        item(world, session, "useless", said(0.9), policy=policy)
    assert policy.revision.endswith("+s1")
    assert len(policy.revision) <= 40
