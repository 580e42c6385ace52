"""Which texts a model of some languages is given to read."""

from __future__ import annotations

import pytest

from classifiers.optional import languages


@pytest.mark.parametrize(
    ("found", "chosen", "read"),
    [
        (None, ("English",), True),
        (None, ("Polish",), False),
        ("Polish", ("English",), False),
        ("Polish", ("English", "Polish"), True),
        ("Persian or Kurdish", ("Kurdish",), True),
        ("Russian or another language in Cyrillic letters", ("Russian",), True),
        ("a language in another script", ("Russian",), False),
        ("a language in another script", ("any",), True),
    ],
)
def test_a_text_is_read_by_a_model_that_knows_its_language(
    found: str | None, chosen: tuple[str, ...], read: bool
) -> None:
    assert languages.is_read(found, chosen) is read


def test_the_names_are_those_of_languages() -> None:
    known = languages.known()
    assert {"English", "Welsh", "Polish", "Urdu", "Kurdish", "Russian", "any"} <= set(known)
    assert not [name for name in known if name.startswith(("a ", "another"))]
