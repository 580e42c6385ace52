"""The reading that models score: what it sees through and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.normaliser import normalise


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("You ABSOLUTE Clown", "you absolute clown"),
        ("f**k off", "fuck off"),
        ("w***er", "wanker"),
        ("c*nts the lot", "cunts the lot"),
        ("f*ing hell", "fucking hell"),
        ("b\u2022llend", "bellend"),
        ("w4nk3r", "wanker"),
        ("tw@t", "twat"),
        ("s c u m", "scum"),
        ("s.c.u.m", "scum"),
        ("idioooooot", "idiot"),
        ("ⓕⓤⓒⓚ", "fuck"),
        ("🅵🆄🅲🅺", "fuck"),
        ("𝓼𝓬𝓾𝓶", "scum"),
        ("ᴡᴀɴᴋᴇʀ", "wanker"),
        ("ｓｃｕｍ", "scum"),
        ("сlоwn", "clown"),
        ("sc\u200bu\u00adm", "scum"),
        ("s\u0336c\u0336u\u0336m\u0336", "scum"),
        ("🖕", "middle finger"),
        ("🤡🤡🤡", "clown"),
        ("🇬🇧", "flag gb"),
        ("🇫🇺", "fu"),
        ("👍🏽", "thumbs up"),
        ("@dan_h see https://example.org/x?y=1", "user see link"),
        ("WWW.example.org/x then HTTPS://example.org", "link then link"),
        ("#SackTheFatCow he said", "#sack the fat cow he said"),
        ("#metoo #NHS", "#metoo #nhs"),
        ("write to a.b@example.org", "write to mail address"),
        ("no!!!!!!!", "no!!!"),
    ],
)
def test_a_disguise_is_read_as_what_it_stands_for(text: str, reading: str) -> None:
    assert normalise(text) == reading


@pytest.mark.parametrize(
    "text",
    [
        "5* service",
        "2*3",
        "*sigh* again",
        "at 10am on the 3rd",
        "£20 and b12",
        "dr*g dealer",
        "no. 4 high street",
        "24/7",
        "it's 50% off",
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert normalise(text) == text


@given(st.text(max_size=200))
def test_a_reading_is_steady_and_plain(text: str) -> None:
    reading = normalise(text)
    assert reading == normalise(text)
    assert reading == " ".join(reading.split())
    assert not any(char.isascii() and char.isupper() for char in reading)


@pytest.mark.parametrize(
    "unit",
    [
        "a\u0301",
        "\ufdfa",
        "f*",
        "🤡🖕",
        "a ",
        "a@",
        "🇬",
        "s.",
        "\ud800",
        "*a",
        "w3",
        "@a ",
        "ab",
        "#a",
        "#aB",
    ],
)
@pytest.mark.timeout(30)
def test_a_very_long_text_is_read_in_bounded_time(unit: str) -> None:
    assert normalise(unit * (200_000 // len(unit)) + " @") is not None
