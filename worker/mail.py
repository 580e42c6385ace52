"""The post: one letter at a time by SMTP, or into the spool folder while mail is not configured."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from moderation.settings import Settings
from worker.errors import GiveUp, TryLater

# The whole attempt stays well inside the job's lease of 60 seconds.
DEADLINE_S: Final = 25.0
GREYLISTED_S: Final = 300.0
UNREACHABLE_S: Final = 60.0
_TOKEN: Final = re.compile(r"<([A-Za-z0-9.-]{8,120})@[A-Za-z0-9.-]{1,80}>")
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Sent:
    """The server has taken the letter on."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """Mail is not configured; the letter lies in the spool folder under this name."""

    name: str


class Post:
    """Sends letters as the settings say.

    There is no fallback to an unprotected connection. tls replaces the system's certificate
    authorities, for a server with a certificate of the organisation's own.
    """

    def __init__(self, settings: Settings, tls: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._tls = tls

    @property
    def is_configured(self) -> bool:
        """Say whether letters go to a server rather than into the spool folder."""
        return bool(self._settings.smtp_host)

    def try_out(self) -> None:
        """Connect and sign in without sending anything.

        Raises OSError or smtplib.SMTPException as they come, for the doctor to word.
        """
        server = self._connect(time.monotonic() + DEADLINE_S)
        try:
            self._log_in(server)
            _take(server.noop())
        finally:
            server.close()

    def send(self, message: EmailMessage) -> Sent | Spooled:
        """Hand one letter over; the same Message-ID again is the same letter again.

        Raises TryLater when the server is away or asks to wait, and GiveUp when it refuses the
        letter for good. A letter whose server hangs up after taking it is sent again: twice is
        better than never.
        """
        if not self.is_configured:
            return self._spool(message)
        deadline = time.monotonic() + DEADLINE_S
        with _translated():
            self._hand_over(message, deadline)
        self._spool_path(message).unlink(missing_ok=True)
        return Sent()

    def _hand_over(self, message: EmailMessage, deadline: float) -> None:
        server = self._connect(deadline)
        try:
            self._log_in(server)
            _patience(server, deadline)
            _take(server.mail(self._settings.mail_from))
            _patience(server, deadline)
            _take(server.rcpt(str(message["To"])), is_final=True)
            _patience(server, deadline)
            _take(
                server.data(message.as_bytes(policy=message.policy.clone(linesep="\r\n"))),
                is_final=True,
            )
        finally:
            server.close()

    def _connect(self, deadline: float) -> smtplib.SMTP:
        server = self._open(_left(deadline))
        try:
            if self._settings.smtp_security == "starttls":
                _patience(server, deadline)
                server.starttls(context=self._context())
            _patience(server, deadline)
            server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _open(self, patience_s: float) -> smtplib.SMTP:
        host, port = self._settings.smtp_host, self._settings.smtp_port
        if self._settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=patience_s, context=self._context())
        return smtplib.SMTP(host, port, timeout=patience_s)

    def _context(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context()

    def _log_in(self, server: smtplib.SMTP) -> None:
        settings = self._settings
        if not settings.smtp_user:
            return
        if settings.smtp_security == "none" and settings.smtp_host not in _LOOPBACK:
            raise smtplib.SMTPNotSupportedError("a password is sent over TLS only")
        server.login(settings.smtp_user, settings.smtp_password)

    def _spool(self, message: EmailMessage) -> Spooled:
        """Write the letter so that it survives a power cut; the same letter is the same file."""
        path = self._spool_path(message)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.part")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_folder(path.parent)
        return Spooled(path.name)

    def _spool_path(self, message: EmailMessage) -> Path:
        found = _TOKEN.fullmatch(str(message["Message-ID"]))
        if found is None:
            raise GiveUp("the letter has no usable Message-ID")
        return self._settings.spool_dir / f"{found[1]}.eml"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _left(deadline: float) -> float:
    """Return the seconds left, never so few that a call would not block at all."""
    return max(0.1, deadline - time.monotonic())


def _patience(server: smtplib.SMTP, deadline: float) -> None:
    """Let the next answer take what is left of the attempt and no more."""
    if server.sock is not None:
        server.sock.settimeout(_left(deadline))


def _take(answer: tuple[int, bytes], *, is_final: bool = False) -> None:
    """Raise what the server's answer means; its words may name the recipient and are left out.

    Only what is said about this recipient or this letter is final. A refusal before that is the
    fault of the set-up, and the letter is as good as before once that is mended.
    """
    code, _words = answer
    if is_final and code >= 500:
        raise GiveUp(f"the mail server refuses this letter ({code})")
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, b"")


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what smtplib and the network raise into the two ways to fail."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as err:
        raise TryLater(
            GREYLISTED_S, f"the mail server refuses our user name or password ({err.smtp_code})"
        ) from err
    except smtplib.SMTPNotSupportedError as err:
        raise TryLater(
            GREYLISTED_S, "no protected way to sign in to the mail server; nothing was sent"
        ) from err
    except smtplib.SMTPResponseException as err:
        raise TryLater(
            GREYLISTED_S, f"the mail server does not take letters now ({err.smtp_code})"
        ) from err
    except ssl.SSLError as err:
        why = f"the mail server's certificate is not to be trusted ({type(err).__name__})"
        raise TryLater(GREYLISTED_S, why) from err
    except (OSError, smtplib.SMTPException) as err:
        why = f"the mail server cannot be reached or hung up ({type(err).__name__})"
        raise TryLater(UNREACHABLE_S, why) from err
