"""Settings, parts and servers that the tests of letters share."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from moderation.settings import Secret, Settings
from tests.servers import MailServer, free_port
from tests.world import ORG

PASSWORD = "correct-horse-battery"


def settings_for(folder: Path, server: MailServer | None = None, **more: Any) -> Settings:
    """Return settings with mail to the server, or with mail not configured."""
    chosen = Settings(
        data_dir=folder,
        database_url="sqlite://",
        org=ORG,
        base_url="https://watchroom.northmoor.example",
        mail_from="watchroom@northmoor.example",
    )
    if server is not None:
        chosen = replace(chosen, smtp_host=server.host, smtp_port=server.port, smtp_security="none")
    return replace(chosen, **more)


def letter() -> EmailMessage:
    """Return one letter."""
    message = EmailMessage()
    message["Subject"] = "Watchroom: a critical item needs a person (I-12)"
    message["From"] = "watchroom@northmoor.example"
    message["To"] = "lead@northmoor.example"
    message["Message-ID"] = "<alert.0123456789abcdef@watchroom.internal>"
    message.set_content("Reference: I-12\n")
    return message


@dataclass(frozen=True)
class Certificate:
    """A certificate of our own making, good for one name."""

    pem: Path

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem)
        return context

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.pem))


def certificate(folder: Path, name: str = "localhost", days: int = 2) -> Certificate:
    """Return a certificate for a name; negative days make one that has run out."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / f"{name}.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return Certificate(pem)


@dataclass
class GuardedServer:
    """A mail server that insists on TLS and a password, as most do."""

    port: int
    taken: list[bytes] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802  # The name is aiosmtpd's.
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.taken.append(envelope.original_content)
        return "250 OK"


@contextmanager
def guarded(own: Certificate, *, starttls: bool = True) -> Iterator[GuardedServer]:
    """Run a mail server behind a certificate.

    With STARTTLS it asks for a password; aiosmtpd does not see that a connection which began as
    TLS is protected too, so there it asks for none.
    """

    def check(
        _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any
    ) -> AuthResult:
        good = LoginPassword(b"watchroom", PASSWORD.encode())
        return AuthResult(success=given == good, handled=False)

    handler = GuardedServer(free_port())
    more: dict[str, Any] = {"ssl_context": own.server()}
    if starttls:
        more = {
            "tls_context": own.server(),
            "require_starttls": True,
            "authenticator": check,
            "auth_required": True,
        }
    controller = Controller(
        handler,
        hostname="localhost",
        port=handler.port,
        **more,
    )
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


def secured(folder: Path, server: GuardedServer, **more: Any) -> Settings:
    """Return settings for a guarded server."""
    return replace(
        settings_for(folder),
        smtp_host="localhost",
        smtp_port=server.port,
        **({"smtp_user": "watchroom", "smtp_password": Secret(PASSWORD)} | more),
    )
