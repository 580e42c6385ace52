"""People who sign in: passwords, roles, and the last administrator."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from moderation import people
from moderation.access import Actor, Role, system
from moderation.errors import Conflict, InvalidInput, NotAllowed, NotFound
from moderation.people import NewUser
from moderation.tables import AuditBodyRow, UserRow, WebSessionRow
from tests.review_ui.conftest import small_world, world
from tests.review_ui.world import PASSWORD, PASSWORD_HASH, World

__all__ = ["small_world", "world"]

NEW = NewUser("new@example.org", "New Person", Role.COMMS_MODERATOR, PASSWORD)


def _add(world: World, new: NewUser = NEW, actor: Actor | None = None) -> int:
    with world.store.transaction() as session:
        row = people.add(session, new, actor=actor or world.actor("adam"), now=world.store.now())
        return row.id


def _call(world: World, act: Any, *args: Any, by: str = "adam", **more: Any) -> None:
    with world.store.transaction() as session:
        act(session, *args, actor=world.actor(by), now=world.store.now(), **more)


def test_passwords_are_argon2id_with_at_least_nineteen_mebibytes_and_two_passes() -> None:
    assert PASSWORD_HASH.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert people.hash_password(PASSWORD) != PASSWORD_HASH


@pytest.mark.parametrize("password", ["", "fourteen chars", "x" * 257])
def test_a_password_that_is_too_short_or_too_long_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput):
        people.hash_password(password)


def test_only_the_right_password_fits() -> None:
    assert people.password_fits(PASSWORD_HASH, PASSWORD)
    assert not people.password_fits(PASSWORD_HASH, PASSWORD + " ")
    assert not people.password_fits("not a hash", PASSWORD)


def test_one_password_typed_on_two_keyboards_is_one_password() -> None:
    composed, decomposed = "caf\u00e9 society is large", "cafe\u0301 society is large"
    assert people.password_fits(people.hash_password(composed), decomposed)


def test_a_new_person_is_kept_in_the_administrators_organisation_with_an_audit_line(
    world: World,
) -> None:
    row = world.read(UserRow, _add(world))
    assert (row.org_id, row.email, row.role) == ("northmoor", "new@example.org", NEW.role)
    assert PASSWORD not in row.password_hash
    with world.store.reading() as session:
        line = session.scalars(select(AuditBodyRow).where(AuditBodyRow.verb == "user.add")).one()
    assert line.object == f"user:{row.id}"
    assert "New Person" not in (line.body or "")


def test_the_command_line_may_add_people_without_a_role_of_its_own(small_world: World) -> None:
    assert _add(small_world, actor=system("command line", "northmoor"))


@pytest.mark.parametrize(
    "email", ["", "no-at-sign", "two@at@signs", "a b@example.org", "x@", "@y", "a@b\r\nBcc: c@d",
              "<a@example.org>"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(small_world: World, email: str) -> None:
    with pytest.raises(InvalidInput):
        _add(small_world, NewUser(email, "Name", Role.AUDITOR, PASSWORD))


def test_an_address_is_used_once_whatever_its_capitals(small_world: World) -> None:
    with pytest.raises(Conflict):
        _add(small_world, NewUser(" DANA@example.ORG", "Other", Role.AUDITOR, PASSWORD))


@pytest.mark.parametrize("name", ["lee", "dana", "hugh", "ina", "bo"])
def test_only_administrators_manage_people(small_world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        _add(small_world, actor=small_world.actor(name))
    with pytest.raises(NotAllowed), small_world.store.reading() as session:
        people.users(session, small_world.actor(name))


def test_people_of_another_organisation_are_as_good_as_missing(world: World) -> None:
    far = world.user_id("far.dana")
    for act, more in (
        (people.deactivate, ()),
        (people.reactivate, ()),
        (people.change_role, (Role.AUDITOR,)),
        (people.set_password, (PASSWORD,)),
    ):
        with pytest.raises(NotFound):
            _call(world, act, far, *more)
    with world.store.reading() as session:
        names = {row.name for row in people.users(session, world.actor("adam"))}
    assert not [name for name in names if name.startswith("Far")]


def test_nobody_changes_their_own_role_or_shuts_themselves_out(small_world: World) -> None:
    adam = small_world.user_id("adam")
    with pytest.raises(Conflict):
        _call(small_world, people.change_role, adam, Role.HR_LEAD)
    with pytest.raises(Conflict):
        _call(small_world, people.deactivate, adam)


def test_the_last_administrator_stays_one(small_world: World) -> None:
    second = _add(
        small_world, NewUser("second@example.org", "Second", Role.ADMINISTRATOR, PASSWORD)
    )
    adam = small_world.user_id("adam")
    _call(small_world, people.deactivate, second)
    with small_world.store.transaction() as session:
        actor = system("command line", "northmoor")
        with pytest.raises(Conflict, match="last administrator"):
            people.deactivate(session, adam, actor=actor, now=small_world.store.now())
        with pytest.raises(Conflict, match="last administrator"):
            people.change_role(
                session, adam, Role.AUDITOR, actor=actor, now=small_world.store.now()
            )


def test_shutting_out_ends_every_session_and_leaves_one_line_however_often_it_is_said(
    world: World,
) -> None:
    world.browser("dana")
    dana = world.user_id("dana")
    for _ in range(2):
        _call(world, people.deactivate, dana)
    with world.store.reading() as session:
        mine = select(func.count()).select_from(WebSessionRow).where(WebSessionRow.user_id == dana)
        assert session.scalar(mine) == 0
        lines = select(func.count()).select_from(AuditBodyRow)
        assert session.scalar(lines.where(AuditBodyRow.verb == "user.deactivate")) == 1
    assert not world.read(UserRow, dana).active


def test_preferences_are_a_persons_own(small_world: World) -> None:
    with small_world.store.transaction() as session:
        people.set_preferences(
            session, blur=False, single_keys=False, actor=small_world.actor("dana")
        )
    dana = small_world.read(UserRow, small_world.user_id("dana"))
    lee = small_world.read(UserRow, small_world.user_id("lee"))
    assert (dana.blur, dana.single_keys) == (False, False)
    assert (lee.blur, lee.single_keys) == (True, True)
