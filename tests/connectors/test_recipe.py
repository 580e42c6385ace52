"""The connector that CONTRIBUTING.md shows is whole: it keeps every promise as it stands there."""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import connectors
from connectors.contract import COMMENTS, AuthLost, Connector, Gone, PermissionMissing, Transient
from connectors.registry import CONNECTORS, connect
from moderation.model import ActionKind, ItemRef
from tests.connectors import test_contract as contract
from tests.connectors.golden import first_page, told
from tests.connectors.specimens import NOW
from tests.house_rules import RULES, Module
from tests.standins.faults import IN_LISTS, Fault, FaultScript, patience
from tests.standins.means import means
from tests.standins.parish_board import ParishBoardStandIn, specimen

ROOT = Path(__file__).parents[2]
NAME = "parish_board"
MODULE = f"connectors/{NAME}.py"


def shown(path: str) -> str:
    """Return the block that CONTRIBUTING.md shows for a file."""
    page = (ROOT / "CONTRIBUTING.md").read_text()
    (block,) = re.findall(rf"^```\w+ {re.escape(path)}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(block)


@pytest.fixture(autouse=True)
def _registered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Write the module where it is found, and register it by its line, while a test lasts."""
    room = tmp_path / "connectors"
    room.mkdir()
    (room / f"{NAME}.py").write_text(shown(MODULE))
    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(room)])
    lines = ast.literal_eval("{" + shown("connectors/registry.py") + "}")
    for name, module in lines.items():
        monkeypatch.setitem(CONNECTORS, name, module)
    yield
    sys.modules.pop(f"connectors.{NAME}", None)
    vars(connectors).pop(NAME, None)


@pytest.fixture
def subject(tmp_path: Path) -> Iterator[contract.Subject]:
    with ExitStack() as until:
        made = specimen(tmp_path, until)
        given = means(tmp_path / "state", **made.secrets)
        yield contract.Subject(made, lambda: connect(NAME, made.settings, given))


# Every promise is collected here once more, with the subject above.
PROMISES = {
    name: check
    for name, check in vars(contract).items()
    if name.startswith("test_") and "subject" in inspect.signature(check).parameters
}
globals().update(PROMISES)


@pytest.fixture
def board() -> Iterator[ParishBoardStandIn]:
    with ParishBoardStandIn() as server:
        server.comment(server.post(), "Nice one")
        yield server


def connected(board: ParishBoardStandIn, folder: Path, **settings: Any) -> Connector:
    """Return the recipe's connector to a stand-in."""
    return connect(NAME, {**board.settings(), **settings}, means(folder, **board.secrets()))


def test_the_recipe_registers_one_connector_by_one_line() -> None:
    assert ast.literal_eval("{" + shown("connectors/registry.py") + "}") == {
        NAME: f"connectors.{NAME}"
    }
    assert len(shown("connectors/registry.py").splitlines()) == 1


def test_the_recipes_golden_file_is_what_polling_makes_of_its_answers(tmp_path: Path) -> None:
    golden = json.loads(shown(f"tests/data/connectors/{NAME}.json"))
    page = first_page(NAME, golden["answers"], specimen, tmp_path)
    assert told(page) == golden["comments"] != []


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--no-cache", "--stdin-filename", MODULE, "-"],
        ["ruff", "format", "--check", "--no-cache", "--stdin-filename", MODULE, "-"],
    ],
    ids=["lint", "form"],
)
def test_the_recipe_is_written_as_the_house_writes(command: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", *command],
        input=shown(MODULE),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_recipe_is_typed_throughout(tmp_path: Path) -> None:
    command = ["mypy", "--strict", "--follow-imports=silent", str(tmp_path / MODULE)]
    ran = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_recipe_keeps_the_rules_of_the_house(
    rule: Callable[[Module], Iterable[object]],
) -> None:
    assert not list(rule(Module(MODULE, shown(MODULE))))


def test_a_poll_of_an_idle_account_costs_the_recipe_one_request(
    board: ParishBoardStandIn, tmp_path: Path
) -> None:
    connector = connected(board, tmp_path)
    cursor = connector.poll(COMMENTS.name, None).cursor
    board.journal.clear()
    assert connector.poll(COMMENTS.name, cursor).records == ()
    assert len(board.journal) == 1


def test_a_round_of_the_recipe_names_the_posts_that_it_showed_whole(
    board: ParishBoardStandIn, tmp_path: Path
) -> None:
    page = connected(board, tmp_path).reread(None, NOW)
    assert (page.whole, page.more) == (("p1",), False)


def test_a_cursor_that_the_board_forgot_costs_the_recipe_no_comment(
    board: ParishBoardStandIn, tmp_path: Path
) -> None:
    connector = connected(board, tmp_path)
    cursor = connector.poll(COMMENTS.name, None).cursor
    board.faults = FaultScript(shares={Fault.EXPIRED_CURSOR: 1.0})
    assert contract.ids_of([connector.poll(COMMENTS.name, cursor)]) == {"c1"}


@pytest.mark.parametrize("fault", sorted(set(Fault) - IN_LISTS))
def test_every_fault_of_the_board_is_worth_another_try_to_the_recipe(
    board: ParishBoardStandIn, tmp_path: Path, fault: Fault
) -> None:
    board.faults = FaultScript(shares={fault: 1.0})
    with pytest.raises(Transient):
        connected(board, tmp_path, **patience(fault)).poll(COMMENTS.name, None)


def test_a_comment_that_its_author_removed_is_gone_to_the_recipe(
    board: ParishBoardStandIn, tmp_path: Path
) -> None:
    board.remove("c1")
    with pytest.raises(Gone):
        connected(board, tmp_path).fetch(ItemRef("c1"))


def test_lost_access_is_told_from_a_missing_permission_by_the_recipe(
    board: ParishBoardStandIn, tmp_path: Path
) -> None:
    connector = connected(board, tmp_path)
    board.may = ["read"]
    assert connector.check().missing == ("hide",)
    with pytest.raises(PermissionMissing) as refused:
        connector.act(ItemRef("c1"), ActionKind.HIDE)
    assert refused.value.names == ("hide",)
    board.lose_access()
    with pytest.raises(AuthLost):
        connector.poll(COMMENTS.name, None)
