"""A time-stamp authority on 127.0.0.1: openssl's own answers over HTTP, with faults to order."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import count
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client._rust import parse_timestamp_request

from connectors.limits import Limits
from moderation.authorities import Authority
from tests.standins.base import Answer, Request, StandIn
from tests.standins.faults import SOON_S, FaultScript

# For a question to which no answer comes; openssl answers in a moment, but not on a busy machine.
SHORT: Final = Limits(connect_s=SOON_S, read_s=SOON_S, total_s=SOON_S)

_CONFIG: Final = """\
[tsa]
default_tsa = here
[here]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
ess_cert_id_chain = no
"""


class Trick(Enum):
    """What the authority does instead of answering what it was asked."""

    OTHER_NONCE = "a good stamp that answers another question"
    OTHER_MESSAGE = "a good stamp of something else"
    REFUSAL = "a proper answer that grants no stamp"
    TOO_MUCH = "a megabyte"
    ELSEWHERE = "a redirect"


@dataclass(frozen=True)
class Made:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """Return the certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        """Return the certificate as DER."""
        return self.certificate.public_bytes(Encoding.DER)


class StampAuthority(StandIn):
    """One authority with certificates of its own in folder.

    between puts an authority between root and signer, which is then in .chain. brings_root embeds
    the root in each answer, as a rogue does that hopes to be believed; .trick and the faults of
    every stand-in say how it fails.
    """

    platform = "time_stamps"

    def __init__(
        self,
        folder: Path,
        name: str = "time-office",
        *,
        between: bool = False,
        brings_root: bool = False,
        faults: FaultScript | None = None,
    ) -> None:
        super().__init__(faults=faults)
        self.name = name
        self.trick: Trick | None = None
        self._folder = folder / name
        self._folder.mkdir(parents=True)
        self._numbers = count(1)
        self.root = _issue(f"{name} root", None, is_authority=True)
        above = _issue(f"{name} between", self.root, is_authority=True) if between else self.root
        self.signer = _issue(f"{name} signer", above)
        self._brings_root = brings_root
        self.ca = self._keep("root.pem", self.root.pem)
        self.chain = self._keep("chain.pem", above.pem) if between else None
        self.certificate = self._keep("signer.pem", self.signer.pem)
        self._prepare()

    def authority(self, *, is_pinned: bool = False) -> Authority:
        """Return the settings that lead here; pinned, they take this signer's stamps alone."""
        certificate = self.certificate if is_pinned else None
        return Authority(self.name, self.url, self.ca, self.chain, certificate)

    def reply(self, query: bytes) -> bytes:
        """Return openssl's answer to a question, as the trick would have it."""
        asked = self._tricked(query)
        number = next(self._numbers)
        question, answer = self._folder / f"{number}.tsq", self._folder / f"{number}.tsr"
        question.write_bytes(asked)
        self._openssl("-queryfile", str(question), "-out", str(answer))
        made = answer.read_bytes()
        return self._with_root(made) if self._brings_root else made

    def answer(self, request: Request) -> Answer:
        """Answer one question."""
        if self.trick is Trick.TOO_MUCH:
            return Answer(b"0" * 1_000_000, content_type="application/timestamp-reply")
        if self.trick is Trick.ELSEWHERE:
            return Answer(status=302, headers={"Location": f"{self.url}/elsewhere"})
        return Answer(self.reply(request.body), content_type="application/timestamp-reply")

    def _tricked(self, query: bytes) -> bytes:
        asked = parse_timestamp_request(query)
        if self.trick is Trick.OTHER_NONCE:
            nonce = (asked.nonce or 0).to_bytes(20, "big").lstrip(b"\0")
            return query.replace(nonce, nonce[:-1] + bytes([nonce[-1] ^ 1]))
        digest = asked.message_imprint.message
        if self.trick is Trick.OTHER_MESSAGE:
            return query.replace(digest, hashlib.sha256(b"something else").digest())
        if self.trick is Trick.REFUSAL:
            # An algorithm that this authority does not take: the last arc of SHA-256's name.
            sha256 = bytes.fromhex("0609608648016503040201")
            return query.replace(sha256, sha256[:-1] + b"\x04")
        return query

    def _with_root(self, answer: bytes) -> bytes:
        """Put the two certificates in DER's order, which openssl does not."""
        signer, root = self.signer.der, self.root.der
        for first, second in ((signer, root), (root, signer)):
            if first + second in answer:
                return answer.replace(first + second, b"".join(sorted((signer, root))))
        raise AssertionError("the answer does not hold both certificates")

    def _prepare(self) -> None:
        key = self.signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._keep("signer.key", key)
        self._keep("serial", b"01\n")
        config = _CONFIG.format(folder=self._folder)
        if self._brings_root:
            config += f"certs = {self._folder}/root.pem\n"
        self._keep("openssl.cnf", config.encode())

    def _keep(self, name: str, data: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(data)
        return path

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", str(self._folder / "openssl.cnf"), *arguments],
            check=True,
            capture_output=True,
        )


def _issue(name: str, issuer: Made | None, *, is_authority: bool = False) -> Made:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not is_authority:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    made = builder.sign(issuer.key if issuer else key, hashes.SHA256())
    return Made(made, key)
