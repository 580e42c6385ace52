"""The tests' own servers do what the tests rely on: fresh databases, faults on demand."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy import create_engine, inspect, text

from tests.servers import Databases, Fault, MailServer, PostgresServer, RedisServer


def make_one_table(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE made (id integer PRIMARY KEY)"))
    engine.dispose()


def tables_in(url: str) -> list[str]:
    engine = create_engine(url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


def test_an_empty_database_holds_no_table(database_url: str) -> None:
    assert tables_in(database_url) == []


def test_a_copy_holds_what_its_template_holds_and_changes_alone(databases: Databases) -> None:
    calls: list[str] = []

    def fill(url: str) -> None:
        calls.append(url)
        make_one_table(url)

    template = f"one_table_{databases.name}"
    first, second = (databases.copy_of(template, fill) for _ in range(2))
    engine = create_engine(first)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE made"))
    engine.dispose()
    assert (tables_in(first), tables_in(second)) == ([], ["made"])
    assert len(calls) == 1
    databases.discard(first)
    databases.discard(second)


def test_postgresql_restarted_at_once_keeps_what_was_committed(
    postgres: PostgresServer, postgres_url: str
) -> None:
    make_one_table(postgres_url)
    postgres.restart_at_once()
    assert tables_in(postgres_url) == ["made"]


def test_a_killed_redis_answers_nobody_and_comes_back_empty(redis_server: RedisServer) -> None:
    with Redis.from_url(redis_server.url) as client:
        client.set("kept", "no")
        redis_server.kill()
        with pytest.raises(RedisConnectionError):
            client.get("kept")
        redis_server.start()
        assert client.get("kept") is None


def send(server: MailServer) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "watchroom@example.org", "hr@example.org"
    message["Subject"] = "A case needs you"
    message.set_content("See the case.")
    with smtplib.SMTP(server.host, server.port, timeout=5) as client:
        client.send_message(message)


def test_the_mail_server_keeps_each_letter_with_its_envelope(smtp_server: MailServer) -> None:
    send(smtp_server)
    (letter,) = smtp_server.letters
    assert letter.recipients == ("hr@example.org",)
    assert letter.message["Subject"] == "A case needs you"


@pytest.mark.parametrize(("fault", "code"), [(Fault.GREYLIST, 451), (Fault.REFUSE, 550)])
def test_a_mail_fault_reaches_the_sender_and_nothing_is_kept(
    smtp_server: MailServer, fault: Fault, code: int
) -> None:
    smtp_server.fault = fault
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        send(smtp_server)
    assert refusal.value.recipients["hr@example.org"][0] == code
    assert smtp_server.letters == []


def test_a_mail_server_that_hangs_up_after_the_text_has_kept_the_letter(
    smtp_server: MailServer,
) -> None:
    smtp_server.fault = Fault.HANG_UP_AFTER_DATA
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp_server)
    assert len(smtp_server.letters) == 1


def test_a_closed_mail_server_refuses_the_connection_until_it_opens(
    smtp_server: MailServer,
) -> None:
    smtp_server.close()
    with pytest.raises(ConnectionRefusedError):
        send(smtp_server)
    smtp_server.open()
    send(smtp_server)
    assert len(smtp_server.letters) == 1
