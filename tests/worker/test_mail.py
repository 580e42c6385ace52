"""Letters reach a real server, or wait; never in the open, never lost."""

from __future__ import annotations

import socket
import stat
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern_mail
from pathlib import Path

import pytest

from moderation.settings import Secret
from tests.servers import Fault, MailServer, free_port
from tests.worker.mail_tools import certificate, guarded, letter, secured, settings_for
from worker import mail
from worker.errors import GiveUp, TryLater
from worker.mail import Post, Sent, Spooled


def test_a_letter_arrives_with_its_message_id_and_envelope(
    tmp_path: Path, smtp_server: MailServer
) -> None:
    assert Post(settings_for(tmp_path, smtp_server)).send(letter()) == Sent()
    [taken] = smtp_server.letters
    assert taken.recipients == ("lead@northmoor.example",)
    assert taken.sender == "watchroom@northmoor.example"
    assert taken.message["Message-ID"] == "<alert.0123456789abcdef@watchroom.internal>"


def test_a_sender_with_a_name_is_an_address_on_the_envelope(
    tmp_path: Path, smtp_server: MailServer
) -> None:
    named = settings_for(tmp_path, smtp_server, mail_from="Watchroom <watchroom@northmoor.example>")
    Post(named).send(letter())
    assert smtp_server.letters[0].sender == "watchroom@northmoor.example"


def test_a_greylisted_letter_is_tried_later_and_then_arrives_once(
    tmp_path: Path, smtp_server: MailServer
) -> None:
    post = Post(settings_for(tmp_path, smtp_server))
    smtp_server.fault = Fault.GREYLIST
    with pytest.raises(TryLater, match="451") as later:
        post.send(letter())
    assert later.value.retry_after_s >= 60
    smtp_server.fault = None
    assert post.send(letter()) == Sent()
    assert len(smtp_server.letters) == 1


def test_a_recipient_refused_for_good_is_given_up_without_naming_them(
    tmp_path: Path, smtp_server: MailServer
) -> None:
    smtp_server.fault = Fault.REFUSE
    with pytest.raises(GiveUp, match="550") as refused:
        Post(settings_for(tmp_path, smtp_server)).send(letter())
    assert "lead" not in str(refused.value)


def test_a_server_that_hangs_up_after_taking_the_letter_gets_the_same_letter_again(
    tmp_path: Path, smtp_server: MailServer
) -> None:
    post = Post(settings_for(tmp_path, smtp_server))
    smtp_server.fault = Fault.HANG_UP_AFTER_DATA
    with pytest.raises(TryLater):
        post.send(letter())
    smtp_server.fault = None
    post.send(letter())
    first, second = smtp_server.letters
    assert first.message["Message-ID"] == second.message["Message-ID"]


def test_a_refused_connection_is_tried_later(tmp_path: Path, smtp_server: MailServer) -> None:
    chosen = settings_for(tmp_path, smtp_server)
    smtp_server.close()
    with pytest.raises(TryLater, match="cannot be reached"):
        Post(chosen).send(letter())


def test_a_server_that_says_nothing_does_not_hold_the_lane(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "DEADLINE_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        chosen = replace(
            settings_for(tmp_path),
            smtp_host="127.0.0.1",
            smtp_port=silent.getsockname()[1],
            smtp_security="none",
        )
        with pytest.raises(TryLater):
            Post(chosen).send(letter())


def test_a_server_that_offers_no_tls_gets_nothing_in_the_open(
    tmp_path: Path, smtp_server: MailServer
) -> None:
    chosen = settings_for(tmp_path, smtp_server, smtp_security="starttls")
    with pytest.raises(TryLater, match="protected"):
        Post(chosen).send(letter())
    assert smtp_server.letters == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_certificate_and_a_password_get_the_letter_through(
    tmp_path: Path, security: str
) -> None:
    own = certificate(tmp_path)
    with guarded(own, starttls=security == "starttls") as server:
        user = "watchroom" if security == "starttls" else ""
        chosen = secured(tmp_path, server, smtp_security=security, smtp_user=user)
        assert Post(chosen, own.trusting()).send(letter()) == Sent()
        Post(chosen, own.trusting()).try_out()
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("name", "days", "is_known"),
    [("localhost", 2, False), ("elsewhere.example", 2, True), ("localhost", -1, True)],
    ids=["unknown authority", "another name", "run out"],
)
def test_a_certificate_that_is_not_to_be_trusted_gets_nothing(
    tmp_path: Path, name: str, days: int, is_known: bool
) -> None:
    own = certificate(tmp_path, name, days)
    with guarded(own) as server, pytest.raises(TryLater, match="certificate"):
        Post(secured(tmp_path, server), own.trusting() if is_known else None).send(letter())
    assert server.taken == []


def test_a_wrong_password_is_our_set_up_and_not_the_letters_fault(tmp_path: Path) -> None:
    own = certificate(tmp_path)
    with guarded(own) as server:
        wrong = secured(tmp_path, server, smtp_password=Secret("wrong"))
        with pytest.raises(TryLater, match="password"):
            Post(wrong, own.trusting()).send(letter())


def test_a_password_is_not_sent_without_tls_to_another_machine(
    tmp_path: Path, smtp_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "_LOOPBACK", frozenset[str]())
    chosen = settings_for(tmp_path, smtp_server, smtp_user="watchroom")
    with pytest.raises(TryLater, match="protected"):
        Post(chosen).send(letter())


def test_without_a_server_the_letter_lies_whole_in_the_spool_folder(tmp_path: Path) -> None:
    chosen = settings_for(tmp_path)
    post = Post(chosen)
    outcome = post.send(letter())
    assert outcome == Spooled("alert.0123456789abcdef.eml")
    assert post.send(letter()) == outcome
    [path] = chosen.spool_dir.iterdir()
    kept = message_from_bytes(path.read_bytes(), policy=modern_mail)
    assert kept["Message-ID"] == "<alert.0123456789abcdef@watchroom.internal>"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_spooled_letter_leaves_the_folder_when_it_is_sent(
    tmp_path: Path, smtp_server: MailServer
) -> None:
    Post(settings_for(tmp_path)).send(letter())
    later = settings_for(tmp_path, smtp_server)
    assert Post(later).send(letter()) == Sent()
    assert list(later.spool_dir.iterdir()) == []


def test_a_message_id_that_names_a_path_is_refused(tmp_path: Path) -> None:
    message = letter()
    del message["Message-ID"]
    message["Message-ID"] = "<../../etc/passwd@watchroom.internal>"
    with pytest.raises(GiveUp):
        Post(settings_for(tmp_path)).send(message)
    assert not (tmp_path / "spool").exists()


@pytest.mark.parametrize("header", ["To", "Subject", "From"])
def test_a_line_break_cannot_become_a_header(header: str) -> None:
    message = EmailMessage()
    with pytest.raises(ValueError, match="may not contain"):
        message[header] = "a@example.org\r\nBcc: b@example.org"


def test_trying_out_a_server_that_is_away_raises_what_the_doctor_words(tmp_path: Path) -> None:
    chosen = replace(settings_for(tmp_path), smtp_host="127.0.0.1", smtp_port=free_port())
    with pytest.raises(OSError, match="refused"):
        Post(chosen).try_out()
