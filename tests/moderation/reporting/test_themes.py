"""Themes are counted by whole words, each once a text."""

from __future__ import annotations

from moderation.policy import Policy
from moderation.reporting.themes import Themes

THEMES = Themes({"Times": ["late", "took ages"], "Closures": ["closing", "shut"]})


def test_a_word_inside_another_is_no_theme() -> None:
    assert THEMES.of("Nice plate, isolated") == []


def test_case_punctuation_and_line_ends_do_not_hide_a_phrase() -> None:
    assert THEMES.of("It TOOK\nages, then they SHUT!") == ["Times", "Closures"]


def test_a_text_counts_once_a_theme_and_themes_without_texts_are_named() -> None:
    assert THEMES.count(["late late late", "late"]) == {"Times": 2, "Closures": 0}


def test_the_themes_that_ship_find_a_plain_complaint() -> None:
    themes = Themes({theme.name: theme.words for theme in Policy.load().themes})
    assert "Response times" in themes.of("We waited two hours and nobody came")
