"""An organisation is made once, on purpose, and a typing error makes none."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation import organisations
from moderation.errors import InvalidInput
from moderation.store import Store
from moderation.tables import OrganisationRow
from tests.world import NOW, World


def test_the_first_organisation_is_made_and_found_again(store: Store) -> None:
    for _ in range(2):
        with store.transaction() as session:
            made = organisations.ensure(session, "northmoor", now=NOW)
            assert (made.id, made.name, made.demo) == ("northmoor", "Northmoor", False)
    with store.reading() as session:
        assert session.scalars(select(OrganisationRow.id)).all() == ["northmoor"]


def test_a_misspelt_organisation_is_refused_with_the_names_there_are(world: World) -> None:
    with (
        pytest.raises(InvalidInput, match="There is: northmoor, southmoor"),
        world.store.transaction() as session,
    ):
        organisations.ensure(session, "nortmoor", now=NOW)
    with world.store.reading() as session:
        assert len(session.scalars(select(OrganisationRow.id)).all()) == 2


def test_a_command_means_the_one_it_names_or_the_only_one_here(store: Store) -> None:
    with store.transaction() as session:
        assert organisations.only(session, None, "organisation") == "organisation"
        organisations.ensure(session, "northmoor", now=NOW)
        assert organisations.only(session, None, "organisation") == "northmoor"
        assert organisations.only(session, "southmoor", "organisation") == "southmoor"


def test_a_command_that_names_none_of_several_means_the_settings_one(world: World) -> None:
    with world.store.reading() as session:
        assert organisations.only(session, None, "southmoor") == "southmoor"
