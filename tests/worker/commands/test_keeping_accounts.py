"""An account is paused, connected again and read further back, and its key is changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from moderation.tables import AccountStatus
from tests.standins.base import StandIn
from tests.standins.graph import FacebookStandIn
from tests.worker.commands.shell import Shell, pairs


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
