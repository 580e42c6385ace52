"""No cell of a table starts a formula, and an ordinary one stays as it is."""

from __future__ import annotations

import pytest

from moderation.evidence.tabling import guarded


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        " =1",
        "'=1",
        '"=1',
        "\u200b=1",
        "\ufeff@x",
        "\u00a0-1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\t",
    ],
)
def test_a_cell_that_could_start_a_formula_gets_a_quote(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=b", "C-7KQ2M9D4", "https://x.example/-1", "(=1)", "é"])
def test_an_ordinary_cell_stays_as_it_is(cell: str) -> None:
    assert guarded(cell) == cell
