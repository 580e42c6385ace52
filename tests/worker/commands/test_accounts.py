"""An account is added, checked and kept from the command line, and its secrets stay secret."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.registry import CONNECTORS, kind_of
from moderation.tables import AccountStatus
from tests.connected import STAND_INS
from tests.standins.base import StandIn
from tests.standins.graph import FacebookStandIn
from tests.worker.commands.shell import Shell, pairs

TOKEN = "EAAGnobodyKnowsThisToken"
APP_SECRET = "nobody-knows-this-secret"
ANOTHER_ID = {
    "facebook_page": {"page_id": "104857600999999"},
    "instagram": {"user_id": "17841400000099999"},
    "x": {"account_id": "99"},
    "youtube": {"channel_id": "UC" + "z" * 22},
    "mastodon": {"account": "somebody.else"},
}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def page() -> Iterator[FacebookStandIn]:
    with FacebookStandIn() as server:
        server.token, server.app_secret = TOKEN, APP_SECRET
        yield server


@pytest.fixture
def added(shell: Shell, page: FacebookStandIn) -> Shell:
    """A shell whose record has the page as an account."""
    shell.says(*shell.adding("facebook_page", page), *shell.secret_files(page))
    return shell


def days_ago(moment: datetime | None) -> float:
    assert moment is not None
    return (datetime.now(UTC) - moment) / timedelta(days=1)


def test_an_account_is_added_from_the_prompt_checked_and_told_by_its_own_name(
    shell: Shell, page: FacebookStandIn
) -> None:
    words = shell.adding("facebook_page", page)
    said = shell.says(*words, "--secret=app_secret", typed=f"{TOKEN}\n{APP_SECRET}\n")
    assert "The platform knows it as Northmoor Fire and Rescue." in said
    assert "The account page is added." in said
    [account] = shell.accounts()
    assert (account.platform, account.name) == ("facebook", "Our account")
    assert (account.native_id, account.native_name) == (page.me[0], page.me[1])
    assert account.checked_at is not None
    assert days_ago(shell.cursor("backfill").since) == pytest.approx(28, abs=0.1)


def test_no_secret_is_said_listed_or_kept_in_the_open(added: Shell) -> None:
    added.says("accounts", "list")
    added.says("accounts", "check")
    added.says("accounts", "pause", "page", "--reason=A quiet week")
    [account] = added.accounts()
    for secret in (TOKEN, APP_SECRET):
        assert secret not in added.output
        assert secret not in str(account.settings)
        assert secret.encode() not in added.kept_bytes()
    assert page_bytes(added), "the record was looked at"


def page_bytes(shell: Shell) -> bool:
    return b"Our account" in shell.kept_bytes()


@pytest.mark.parametrize("name", sorted(STAND_INS))
def test_each_platform_is_added_found_dead_and_connected_again(shell: Shell, name: str) -> None:
    with STAND_INS[name]() as server:
        shell.says(*shell.adding(name, server), *shell.secret_files(server))
        assert "page: well" in shell.says("accounts", "check")
        server.lose_access()
        dead = shell.run("accounts", "check", "page")
        assert dead.exit_code == 1
        assert "well" not in dead.output
        assert dead.output.strip().endswith(".")
        assert shell.accounts()[0].status is AccountStatus.AUTH_LOST
        assert "access has ended" in shell.says("accounts", "list")
        server.renew_access()
        files = shell.secret_files(server)
        assert "connected again" in shell.says("accounts", "reconnect", "page", *files)
        assert shell.accounts()[0].status is AccountStatus.OK
        assert shell.run("accounts", "check").exit_code == 0


@pytest.mark.parametrize("name", sorted(ANOTHER_ID))
def test_access_to_another_account_than_the_one_named_is_refused_and_nothing_is_kept(
    shell: Shell, name: str
) -> None:
    with STAND_INS[name]() as server:
        words = shell.adding(name, server, **ANOTHER_ID[name])
        said = shell.refusal(*words, *shell.secret_files(server))
        assert said.startswith("The platform did not let us in. ")
        assert "belongs to" in said
        assert "no account yet" in shell.says("migrate") + shell.says("accounts", "list")


def test_an_access_that_does_not_work_is_refused_with_the_platforms_reason(
    shell: Shell, page: FacebookStandIn
) -> None:
    said = shell.refusal(*shell.adding("facebook_page", page), typed="a wrong token\n")
    assert said.startswith("The platform did not let us in. ")
    assert "a wrong token" not in said


def test_reconnecting_with_the_access_of_another_account_changes_nothing(
    added: Shell, page: FacebookStandIn
) -> None:
    page.me = ("104857600999999", "Southmoor Fire and Rescue")
    before = added.accounts()[0].secrets_at
    del page.things[page.page.id]
    said = added.refusal("accounts", "reconnect", "page", *added.secret_files(page))
    assert "another account (Southmoor Fire and Rescue" in said
    assert added.accounts()[0].secrets_at == before


def test_one_account_under_two_keys_is_refused(added: Shell, page: FacebookStandIn) -> None:
    words = added.adding("facebook_page", page, key="again")
    said = added.refusal(*words, *added.secret_files(page))
    assert "read already, under the key page" in said
    assert [account.key for account in added.accounts()] == ["page"]


def test_a_key_that_is_in_use_is_refused(added: Shell, page: FacebookStandIn) -> None:
    words = added.adding("facebook_page", page)
    assert "key page already" in added.refusal(*words, *added.secret_files(page))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--set=colour=red"], "no setting colour"),
        (["--set=page_id="], "needs the setting page_id"),
        (["--set=page_id"], "--set takes name=value"),
        (["--secret=colour"], "no secret colour"),
        (["--secret-file=colour=/nowhere"], "no secret colour"),
        (["--secret-file=access_token=/nowhere"], "/nowhere, cannot be read"),
        (["--every=1"], "every 10 to 86400 seconds"),
        (["--since=31 January"], "2026-01-31"),
        (["--since=2026-01-31T10:00"], "2026-01-31"),
        (["--since=2999-01-01"], "in the past"),
        (["--name= "], "needs a name"),
        (["--platform=Face Book"], "one lower-case word"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_is_wrong_with_a_new_account_is_said_and_nothing_is_kept(
    shell: Shell, page: FacebookStandIn, more: list[str], says: str
) -> None:
    words = [*shell.adding("facebook_page", page), *more]
    files = [shell.secret_file("app_secret", APP_SECRET)]
    assert says in shell.refusal(*words, *files, typed=f"{TOKEN}\n")
    assert "no account yet" in shell.says("migrate") + shell.says("accounts", "list")
    assert TOKEN not in shell.output


def test_a_needed_secret_that_is_empty_is_named(shell: Shell, page: FacebookStandIn) -> None:
    words = [*shell.adding("facebook_page", page), shell.secret_file("access_token", "")]
    assert "needs the secret access_token" in shell.refusal(*words)


def test_an_unknown_connector_is_refused_with_those_there_are(shell: Shell) -> None:
    words = ["accounts", "add", "page", "--connector=pigeon", "--name=Our account"]
    assert "facebook_page" in shell.refusal(*words)


def test_without_a_check_the_platform_is_not_asked(shell: Shell, page: FacebookStandIn) -> None:
    words = [*shell.adding("facebook_page", page), "--no-check", *shell.secret_files(page)]
    assert "knows it as" not in shell.says(*words)
    assert page.journal == []
    [account] = shell.accounts()
    assert (account.native_id, account.checked_at) == ("", None)
    assert "page: well" in shell.says("accounts", "check")
    assert shell.accounts()[0].native_id == page.me[0]


def test_a_permission_that_is_missing_is_told_when_adding_and_in_the_list(
    shell: Shell, page: FacebookStandIn
) -> None:
    page.tells_permissions = True
    page.lose_permission("pages_manage_engagement")
    words = [*shell.adding("facebook_page", page), *shell.secret_files(page)]
    assert "Permissions that are missing: pages_manage_engagement." in shell.says(*words)
    assert "missing: pages_manage_engagement" in shell.says("accounts", "list")


def test_a_platform_that_does_not_answer_a_check_is_told_and_the_account_is_read_on(
    added: Shell, page: FacebookStandIn
) -> None:
    page.stop()
    silent = added.run("accounts", "check")
    page.stop = lambda: None  # type: ignore[method-assign]
    assert silent.exit_code == 1
    assert "Try again in a while." in silent.output
    assert added.accounts()[0].status is AccountStatus.OK


def test_the_kinds_are_listed_and_each_says_what_it_needs(shell: Shell) -> None:
    assert shell.says("accounts", "kinds").split() == sorted(CONNECTORS)
    said = shell.says("accounts", "kinds", "facebook_page")
    assert "  page_id (needed): " in said
    assert "  access_token (needed): " in said
    assert "  pages_manage_engagement: " in said
    assert "docs/platforms/facebook.md" in said
    assert "There are: " in shell.refusal("accounts", "kinds", "pigeon")


@pytest.mark.parametrize("name", sorted(STAND_INS))
def test_the_page_that_a_kind_names_is_there(name: str) -> None:
    assert (Path("docs/platforms") / kind_of(name).page).is_file()


def test_a_paused_account_is_read_on_from_where_it_was_left(
    added: Shell, page: FacebookStandIn
) -> None:
    ids = [write(page)]
    added.work("poll", "comments")
    added.says("accounts", "pause", "page", "--reason=A quiet week")
    assert "paused (A quiet week)" in added.says("accounts", "list")
    ids.append(write(page))
    added.work("poll", "comments")
    assert added.texts() == set(ids[:1])
    assert "being read again" in added.says("accounts", "resume", "page")
    added.work("poll", "comments")
    assert added.texts() == set(ids)
    assert "no account with this key" in added.refusal("accounts", "resume", "nowhere")


def test_an_account_that_is_connected_again_closes_the_gap(
    added: Shell, page: FacebookStandIn
) -> None:
    ids = [write(page)]
    added.work("poll", "comments")
    page.lose_access()
    added.work("poll", "comments")
    assert added.accounts()[0].status is AccountStatus.AUTH_LOST
    ids += [write(page) for _ in range(3)]
    page.renew_access()
    page.token = "EAAGanotherToken"
    # The secret of the app that the account has already is used with the new token.
    said = added.says("accounts", "reconnect", "page", typed="EAAGanotherToken\n")
    assert "read on from where it was left" in said
    added.work("poll", "comments")
    assert added.texts() == set(ids)
    assert b"EAAGanotherToken" not in added.kept_bytes()


def write(server: StandIn, **more: Any) -> str:
    return server.comment(server.post(**more), "A comment", **more)


def test_a_backfill_tells_how_far_it_has_come_and_the_earlier_date_holds(
    added: Shell, page: FacebookStandIn
) -> None:
    old = datetime.now(UTC) - timedelta(days=50)
    native_id = write(page, at=old)
    since = f"{datetime.now(UTC) - timedelta(days=60):%Y-%m-%d}"
    assert f"read back to {since}" in added.says("accounts", "backfill", "page", f"--since={since}")
    assert f"being read back to {since}; so far: not begun" in added.says("accounts", "list")
    added.work("reread", "backfill")
    assert added.texts() == {native_id}
    assert f"    read back to {since}" in added.says("accounts", "list")
    later = f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%d}"
    added.says("accounts", "backfill", "page", f"--since={later}")
    assert f"being read back to {since}" in added.says("accounts", "list")
    for bad, says in (("soon", "2026-01-31"), ("2999-01-01", "in the past")):
        assert says in added.refusal("accounts", "backfill", "page", f"--since={bad}")


def test_posts_are_read_again_for_the_days_that_are_set(added: Shell) -> None:
    assert "for 10 days" in added.says("accounts", "live", "page", "10")
    assert added.accounts()[0].live_days == 10
    for days in ("0", "366"):
        assert "1 to 365 days" in added.refusal("accounts", "live", "page", days)


def test_a_rotated_key_seals_every_secret_anew_and_the_old_one_is_gone(added: Shell) -> None:
    before = added.settings.secrets_key_path.read_bytes()
    assert "2 secrets are sealed under a new key" in added.says("accounts", "rotate-key")
    after = added.settings.secrets_key_path.read_bytes()
    assert len(after.splitlines()) == 1
    assert before != after
    assert "page: well" in added.says("accounts", "check")
    added.settings.secrets_key_path.write_bytes(before)
    lost = added.run("accounts", "check")
    assert lost.exit_code == 1
    assert "does not hold" in lost.output


def test_settings_that_are_text_are_read_as_what_they_are(
    shell: Shell, page: FacebookStandIn
) -> None:
    words = ["accounts", "add", "page", "--connector=facebook_page", "--name=Our account"]
    settings = {**page.settings(), "timeout_s": "soon"}
    said = shell.refusal(*words, *pairs(settings), *shell.secret_files(page))
    assert "timeout_s must be a number" in said
