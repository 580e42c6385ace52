"""What an authority is asked, and whether its answer is to be believed: root pinned, all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from moderation.authorities import Authority
from moderation.errors import SettingsError

_SHA256: Final = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
# What the libraries raise over bytes that only look like an answer or a certificate.
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
_LONGEST_WAY: Final = 6
_LONGEST_SERIAL: Final = 160  # bits, as RFC 3161 has it


class Refused(Exception):
    """An answer that is not the stamp that was asked for; the message says in words why."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question to an authority: der is what is sent, nonce what the answer must repeat."""

    der: bytes
    nonce: int

    @classmethod
    def over(cls, message: bytes) -> Query:
        """Return a question for the time of these bytes, of which only the SHA-256 is sent."""
        asked = (
            TimestampRequestBuilder()
            .data(message)
            .hash_algorithm(HashAlgorithm.SHA256)
            .nonce(nonce=True)
            .cert_request(cert_request=True)
            .build()
        )
        if asked.nonce is None:
            msg = "a question without a nonce"
            raise ValueError(msg)
        return cls(asked.as_bytes(), asked.nonce)


@dataclass(frozen=True, slots=True)
class Token:
    """What a good answer says: the authority's time, and the number that it gave the stamp."""

    stamped_at: datetime
    serial: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """The certificates of the settings: only what leads to one of the roots is believed."""

    roots: tuple[x509.Certificate, ...]
    between: tuple[x509.Certificate, ...] = ()
    signer: x509.Certificate | None = None

    @classmethod
    def of(cls, authority: Authority) -> Anchors:
        """Read an authority's certificates. Raises SettingsError when a file holds none."""
        roots = _certificates(authority.ca)
        between = _certificates(authority.chain) if authority.chain else ()
        signers = _certificates(authority.certificate) if authority.certificate else ()
        return cls(roots, between, signers[0] if signers else None)


def check(answer: bytes, message: bytes, anchors: Anchors, nonce: int | None = None) -> Token:
    """Return what an authority's whole answer says of the time of message. Raises Refused.

    nonce is that of the question; None checks a stamp that is kept. The library's verdict is not
    taken alone: what has been got wrong before is checked here once more.
    """
    try:
        return _checked(decode_timestamp_response(answer), message, anchors, nonce)
    except _UNREADABLE as err:
        raise Refused(_NO_ANSWER) from err


def _checked(
    response: TimeStampResponse, message: bytes, anchors: Anchors, nonce: int | None
) -> Token:
    _granted(response)
    info = response.tst_info
    if info.message_imprint.hash_algorithm != _SHA256:
        raise Refused(_OTHER_HASH)
    if info.message_imprint.message != hashlib.sha256(message).digest():
        raise Refused(_OTHER_MESSAGE)
    if nonce is not None and info.nonce != nonce:
        raise Refused(_OTHER_NONCE)
    _led_to_a_root(_signer(response, anchors), _embedded(response), anchors, info.gen_time)
    _verified(response, message, anchors, nonce)
    if info.serial_number.bit_length() > _LONGEST_SERIAL:
        raise Refused(_NO_ANSWER)
    return Token(info.gen_time.astimezone(UTC), f"{info.serial_number:X}")


_NO_ANSWER: Final = "The answer is no time stamp."
_NOT_GRANTED: Final = "The authority did not grant the time stamp (status {})."
_OTHER_HASH: Final = "The time stamp is not over a SHA-256."
_OTHER_MESSAGE: Final = "The time stamp is over something else."
_OTHER_NONCE: Final = "The time stamp answers another question."
_NO_SIGNER: Final = "The time stamp does not say whose it is."
_OTHER_SIGNER: Final = "The time stamp is not by the certificate of the settings."
_OTHER_ROOT: Final = "The time stamp does not lead to the authority's root certificate."
_UNVERIFIED: Final = "The time stamp does not verify."


def _granted(response: TimeStampResponse) -> None:
    if response.status != 0:
        raise Refused(_NOT_GRANTED.format(response.status))


def _embedded(response: TimeStampResponse) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_der_x509_certificate(der) for der in response.signed_data.certificates)


def _signer(response: TimeStampResponse, anchors: Anchors) -> x509.Certificate:
    """Return the one certificate that the answer says signed it."""
    told = list(response.signed_data.signer_infos)
    if len(told) != 1:
        raise Refused(_NO_SIGNER)
    pinned = (anchors.signer,) if anchors.signer else ()
    named: set[x509.Certificate] = {
        one
        for one in (*_embedded(response), *pinned)
        if (one.issuer, one.serial_number) == (told[0].issuer, told[0].serial_number)
    }
    if len(named) != 1:
        raise Refused(_OTHER_SIGNER if pinned else _NO_SIGNER)
    signer = named.pop()
    if pinned and signer not in pinned:
        raise Refused(_OTHER_SIGNER)
    return signer


def _led_to_a_root(
    signer: x509.Certificate,
    embedded: Sequence[x509.Certificate],
    anchors: Anchors,
    at: datetime,
) -> None:
    """Walk from the signer to a root of the settings; what the answer brings along is no root."""
    here, others = signer, (*anchors.between, *embedded)
    for _ in range(_LONGEST_WAY):
        if any(_issued(root, here, at) for root in anchors.roots):
            return
        above = next((one for one in others if one != here and _issued(one, here, at)), None)
        if above is None:
            break
        here = above
    raise Refused(_OTHER_ROOT)


def _issued(issuer: x509.Certificate, issued: x509.Certificate, at: datetime) -> bool:
    """Say whether one certificate was issued by another that may issue, both valid at a time."""
    if not (_is_valid(issued, at) and _is_valid(issuer, at) and _may_issue(issuer)):
        return False
    try:
        issued.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _is_valid(one: x509.Certificate, at: datetime) -> bool:
    return one.not_valid_before_utc <= at <= one.not_valid_after_utc


def _may_issue(one: x509.Certificate) -> bool:
    try:
        found = one.extensions.get_extension_for_class(x509.BasicConstraints)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False
    return found.value.ca


def _verified(
    response: TimeStampResponse, message: bytes, anchors: Anchors, nonce: int | None
) -> None:
    verifier = VerifierBuilder(
        tsa_certificate=anchors.signer,
        intermediates=list(anchors.between),
        roots=list(anchors.roots),
        nonce=nonce,
    ).build()
    try:
        good = verifier.verify_message(response, message)
    except (VerificationError, ValueError) as err:
        raise Refused(_UNVERIFIED) from err
    if not good:
        raise Refused(_UNVERIFIED)


def _certificates(path: Path) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as err:
        msg = (
            f"{path} is not a readable PEM file of certificates. Check the WATCHROOM_TSA settings."
        )
        raise SettingsError(msg) from err
