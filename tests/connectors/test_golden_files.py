"""Every connector of a platform has a golden file: answers, and the comments that they become."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectors.registry import CONNECTORS
from tests.connectors.golden import DATA, first_page, told
from tests.connectors.specimens import SPECIMENS

# They ask no platform: one is filled from files, the other reads lines of the house's own.
WITHOUT_A_PLATFORM = {"import", "replay"}
PLATFORMS = sorted(set(CONNECTORS) - WITHOUT_A_PLATFORM)

# Their files hold more than polling shows, in a form that a test of the platform's own reads.
IN_THEIR_OWN_FORM = {"bluesky", "facebook_page", "instagram", "x", "youtube"}


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_connector_of_a_platform_has_a_golden_file(name: str) -> None:
    assert json.loads((DATA / f"{name}.json").read_text())


def test_every_golden_file_is_a_registered_connectors() -> None:
    assert sorted(path.stem for path in DATA.iterdir()) == PLATFORMS


@pytest.mark.parametrize("name", sorted(set(PLATFORMS) - IN_THEIR_OWN_FORM))
def test_polling_the_answers_that_were_kept_gives_the_comments_beside_them(
    name: str, tmp_path: Path
) -> None:
    golden = json.loads((DATA / f"{name}.json").read_text())
    page = first_page(name, golden["answers"], SPECIMENS[name], tmp_path)
    assert told(page) == golden["comments"] != []
