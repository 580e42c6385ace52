"""Settings are read once, every fault is named at once, and a secret never shows itself."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from moderation.errors import SettingsError
from moderation.settings import Settings


def faults(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    return str(caught.value).splitlines()


def test_nothing_set_is_the_embedded_profile_on_this_machine_alone() -> None:
    settings = Settings.from_env({})
    assert settings.profile == "embedded"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.data_dir == Path("watchroom-data").resolve()
    assert settings.database_url == f"sqlite:///{settings.data_dir / 'watchroom.db'}"
    assert settings.base_url == "http://127.0.0.1:8080"


def test_a_broker_makes_it_the_production_profile() -> None:
    assert Settings.from_env({"WATCHROOM_REDIS_URL": "redis://h/0"}).profile == "production"


def test_every_folder_lies_under_the_data_folder(tmp_path: Path) -> None:
    settings = Settings.from_env({"WATCHROOM_DATA_DIR": str(tmp_path)})
    folders = (
        settings.vault_dir,
        settings.spool_dir,
        settings.keys_dir,
        settings.connectors_dir,
    )
    assert {folder.parent for folder in folders} == {tmp_path.resolve()}
    assert len(set(folders)) == len(folders)


def test_links_in_letters_follow_the_port_unless_an_address_is_set() -> None:
    assert Settings.from_env({"WATCHROOM_PORT": "9000"}).base_url == "http://127.0.0.1:9000"
    named = Settings.from_env({"WATCHROOM_BASE_URL": "https://watch.example/"})
    assert named.base_url == "https://watch.example"


def test_all_faults_are_named_at_once() -> None:
    found = faults(
        {
            "WATCHROOM_PORT": "70000",
            "WATCHROOM_SMTP_PORT": "submission",
            "WATCHROOM_BASE_URL": "watch.example",
            "WATCHROOM_SMTP_SECURITY": "maybe",
            "WATCHROOM_LOG_LEVEL": "loud",
            "WATCHROOM_SESSION_IDLE_S": "0",
            "WATCHROOM_SMTP_PASSWORD_FILE": "/no/such/file",
            "WATCHROOM_PROT": "8080",
        }
    )
    named = sorted(line.split()[0] for line in found)
    assert named == [
        "WATCHROOM_BASE_URL",
        "WATCHROOM_LOG_LEVEL",
        "WATCHROOM_PORT",
        "WATCHROOM_PROT",
        "WATCHROOM_SESSION_IDLE_S",
        "WATCHROOM_SMTP_PASSWORD_FILE",
        "WATCHROOM_SMTP_PORT",
        "WATCHROOM_SMTP_SECURITY",
    ]


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("PORT", "70000", "WATCHROOM_PORT must be a whole number from 1 to 65535."),
        ("SMTP_SECURITY", "ssl", "WATCHROOM_SMTP_SECURITY must be one of starttls, tls, none."),
        ("SETTLE_S", "-1", "WATCHROOM_SETTLE_S must be a whole number from 0 to 600."),
    ],
)
def test_a_fault_says_what_would_be_right(name: str, given: str, says: str) -> None:
    assert faults({f"WATCHROOM_{name}": given}) == [says]


@pytest.mark.parametrize(
    "given", ["ftp://watch.example", "https://", "//watch.example", "http://[::1", "watch.example"]
)
def test_an_address_that_no_browser_would_open_is_refused(given: str) -> None:
    assert "WATCHROOM_BASE_URL must be an address" in faults({"WATCHROOM_BASE_URL": given})[0]


def test_a_misspelt_variable_is_named_and_other_programs_variables_are_not() -> None:
    assert faults({"WATCHROOM_DATABSE_URL": "x", "HOME": "/root", "PORT": "80"}) == [
        "WATCHROOM_DATABSE_URL is not a setting of Watchroom; check the spelling."
    ]


def test_a_value_is_taken_from_the_file_that_is_named(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2\n", encoding="utf-8")
    settings = Settings.from_env({"WATCHROOM_SMTP_PASSWORD_FILE": str(secret)})
    assert settings.smtp_password == "hunter2"


def test_a_file_that_is_no_text_or_not_there_is_a_fault(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"\xff\xfe\x00\xd8")
    for path in (garbage, tmp_path, tmp_path / "missing"):
        assert faults({"WATCHROOM_REDIS_URL_FILE": str(path)}) == [
            "WATCHROOM_REDIS_URL_FILE names a file that cannot be read as text."
        ]


def test_an_empty_value_is_as_none_at_all() -> None:
    assert Settings.from_env({"WATCHROOM_PORT": " ", "WATCHROOM_SMTP_HOST": ""}).port == 8080


def test_secrets_do_not_show_in_a_log_or_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings.from_env(
        {
            "WATCHROOM_SMTP_PASSWORD": "hunter2",
            "WATCHROOM_REDIS_URL": "redis://:hunter2@h/0",
            "WATCHROOM_DATABASE_URL": "postgresql://u:hunter2@h/watchroom",
        }
    )
    logging.getLogger("test").warning("started with %s", settings)
    shown = f"{settings} {settings!r} {settings.smtp_password!r} {[settings.redis_url]}"
    assert "hunter2" not in shown + caplog.text
    assert "***" in shown


def test_a_fault_does_not_repeat_the_value_that_was_given() -> None:
    assert "hunter2" not in faults({"WATCHROOM_BASE_URL": "hunter2"})[0]
