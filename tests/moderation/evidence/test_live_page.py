"""What a page says of itself is a stranger's text, and is kept as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from moderation.errors import InvalidInput
from moderation.evidence.additions import LONGEST_HOW, LONGEST_NAME
from moderation.evidence.file_types import CAPS, Family
from moderation.evidence.live_page import Shown, files_of
from tests.moderation.evidence.files_to_bring import MHTML, PNG
from tests.world import NOW, hours


def test_what_a_page_says_of_itself_is_kept_as_text_that_any_store_takes() -> None:
    shown = Shown(
        address="https://x.com/1",
        final_address="https://x.com/" + "a" * 100_000,
        title="a/b\0\ud800" + "c" * 1000,
        seen_at=NOW + hours(1),
        browser="1.2",
        is_cut=True,
        png=PNG,
        mhtml=MHTML,
    )
    picture, copy = files_of(shown, NOW)
    assert picture.name.startswith("a/b\\x00\\ud800")
    assert len(picture.name) == LONGEST_NAME
    assert len(picture.obtained_how) < LONGEST_HOW
    assert picture.obtained_at == NOW
    assert "goes on below the picture" in picture.obtained_how
    assert "goes on" not in copy.obtained_how
    with pytest.raises(InvalidInput):
        files_of(replace(shown, png=PNG + bytes(CAPS[Family.PICTURE])), NOW)
