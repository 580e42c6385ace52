"""An account is added and checked from the command line, and its secrets stay secret."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.registry import CONNECTORS, kind_of
from moderation.tables import AccountStatus
from tests.connected import STAND_INS
from tests.standins.graph import FacebookStandIn
from tests.worker.commands.shell import APP_SECRET, TOKEN, Shell

ANOTHER_ID = {
    "facebook_page": {"page_id": "104857600999999"},
    "instagram": {"user_id": "17841400000099999"},
    "x": {"account_id": "99"},
    "youtube": {"channel_id": "UC" + "z" * 22},
    "mastodon": {"account": "somebody.else"},
}


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
