"""The fonts that the build fetched draw what people write here, and each may be missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from moderation.evidence.printing import fonts
from moderation.evidence.printing.fonts import BUILT_IN, FOLDER, installed

WRITING = {
    "Welsh": "Ŵŵ Ŷŷ â ê î ô û",
    "Polish": "Zażółć gęślą jaźń",
    "Ukrainian": "Її Ґґ Єє",
    "Greek": "Ελλάδα",
    "Arabic and Urdu": "عربي ٹڈڑں ے گچ",
    "Hebrew": "עברית",
    "Hindi": "हिन्दी",
    "Bengali": "বাংলা",
    "Punjabi": "ਪੰਜਾਬੀ",
    "Gujarati": "ગુજરાતી",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Malayalam": "മലയാളം",
    "Sinhala": "සිංහල",
    "Thai": "ไทย",
    "Chinese": "你好世界，謝謝",
    "Japanese": "こんにちは カタカナ 東京",
    "Korean": "안녕하세요",
    "Amharic": "አማርኛ",
    "Georgian": "ქართული",
    "Armenian": "Հայերեն",
    "fancy letters": "𝓱𝓮𝓵𝓵𝓸 𝕙𝕖𝕝𝕝𝕠 ⓗⓔⓛⓛⓞ ｈｅｌｌｏ",
    "symbols": "£€ ☎ ✓ ★ → ∑ √ ♥",
    "emoji": "🔥🧑🏽‍🚒👨‍👩‍👧🏴󠁧󠁢󠁷󠁬󠁳󠁿🇬🇧❤️1️⃣",
}


@pytest.mark.parametrize("writing", WRITING)
def test_the_fonts_draw_what_people_write(writing: str) -> None:
    draws = installed().draws
    assert [letter for letter in WRITING[writing] if not draws(letter)] == []


def test_the_table_says_what_stands_in_the_files() -> None:
    for face in json.loads((FOLDER / "coverage.json").read_text()):
        with TTFont(FOLDER / face["file"], lazy=True) as font:
            told = {point for a, b in face["covers"] for point in range(a, b + 1)}
            assert told == set(font.getBestCmap()), face["file"]
            assert font["name"].getBestFamilyName() == face["family"]
            assert "SVG " not in font


def test_each_font_comes_with_its_licence() -> None:
    for file in FOLDER.glob("*.ttf"):
        licence = (FOLDER / f"{file.stem.partition('-')[0]}-LICENSE.txt").read_text()
        assert "SIL Open Font License, Version 1.1" in licence


def test_the_compiler_knows_every_family_by_this_name() -> None:
    assert {*installed().families, fonts.MONOSPACED} <= set(installed().loaded.families())


def test_a_font_that_is_missing_is_left_out_with_its_characters(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "fonts")
    (tmp_path / "fonts" / "NotoSansHebrew-Regular.ttf").unlink()
    left = installed(tmp_path / "fonts")
    assert "Noto Sans Hebrew" not in left.families
    assert not left.draws("ש")
    assert left.draws("ع")


def test_without_any_font_the_compilers_own_still_draws_ascii(tmp_path: Path) -> None:
    bare = installed(tmp_path)
    assert bare.families == BUILT_IN
    assert bare.draws("A")
    assert not bare.draws("é")
