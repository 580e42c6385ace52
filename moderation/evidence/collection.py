"""Writes down how bytes were collected: for the record as JSON, for a reader as plain files."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import unquote

from moderation.evidence.notation import utc
from moderation.model import Collected

REQUEST: Final = "request-at-{}.txt"
HEADERS: Final = "headers-at-{}.txt"
CERTIFICATE: Final = "certificate-at-{}.pem"

_SHOWN: Final = 20
_NO_TLS: Final = "without TLS"


def as_record(answers: Sequence[Collected]) -> dict[str, Any]:
    """Return how answers came, as JSON can hold it; empty where no connection brought anything."""
    return {"answers": [_answer(one) for one in answers]} if answers else {}


def certificate_of(answers: Sequence[Collected]) -> bytes:
    """Return the certificate of the connection that answered last, in PEM; empty without one."""
    return next((_pem(one) for one in reversed(answers) if one.certificate), b"")


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate in DER, as browsers and openssl show it."""
    return hashlib.sha256(certificate).hexdigest()


def about(kept: Mapping[str, Any], native_id: str) -> list[dict[str, Any]]:
    """Return those kept answers that were asked for about one item, else all of them.

    A page that was put together from looks at many items holds requests that concern the others.
    """
    answers = list(kept.get("answers") or [])
    asked = [one for one in answers if native_id in unquote(str(one.get("url")))]
    return (asked or answers)[:_SHOWN]


def files(answers: Sequence[Mapping[str, Any]], when: str) -> dict[str, bytes]:
    """Return request and headers of answers as plain text, by name; when ends the names.

    Nothing where no connection brought anything.
    """
    if not answers:
        return {}
    return {
        REQUEST.format(when): _joined(_request(one) for one in answers),
        HEADERS.format(when): _joined(_headers(one) for one in answers),
    }


def date_of(answers: Sequence[Mapping[str, Any]]) -> datetime | None:
    """Return what the platform's own clock said with its last answer; None where nothing."""
    said = [
        told
        for one in answers
        for name, told in one["response_headers"]
        if str(name).lower() == "date"
    ]
    try:
        at = parsedate_to_datetime(said[-1]) if said else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _answer(one: Collected) -> dict[str, Any]:
    return {
        "method": one.method,
        "url": one.url,
        "cut": list(one.cut),
        "request_headers": [list(pair) for pair in one.request_headers],
        "status": one.status,
        "response_headers": [list(pair) for pair in one.response_headers],
        "http": one.http,
        "tls": one.tls or None,
        "cipher": one.cipher or None,
        "certificate_sha256": fingerprint(one.certificate) if one.certificate else None,
        "remote": one.remote,
        "client": one.client,
        "answered_at": utc(one.at),
    }


def _pem(one: Collected) -> bytes:
    return ssl.DER_cert_to_PEM_cert(one.certificate).encode()


def _request(one: Mapping[str, Any]) -> list[str]:
    cut = ", ".join(one["cut"]) or "nothing"
    return [
        f"{one['method']} {one['url']}",
        *_lines(one["request_headers"]),
        "",
        f"Sent to {one['remote']} ({_secured(one)}) by {one['client']}.",
        f"Cut, because it could open the account: {cut}.",
    ]


def _headers(one: Mapping[str, Any]) -> list[str]:
    return [
        f"{one['http']} {one['status']}",
        *_lines(one["response_headers"]),
        "",
        f"Complete at {one['answered_at']} by our clock.",
        f"Certificate of this connection, SHA-256: {one['certificate_sha256'] or _NO_TLS}",
    ]


def _secured(one: Mapping[str, Any]) -> str:
    return f"{one['tls']}, {one['cipher']}" if one["tls"] else _NO_TLS


def _lines(headers: Sequence[Sequence[str]]) -> list[str]:
    return [f"{name}: {_one_line(told)}" for name, told in headers]


def _one_line(told: str) -> str:
    """Return a header's value with what could break its line or hide in it as an escape."""
    return (
        told.encode("ascii", "backslashreplace").decode().replace("\r", "\\r").replace("\n", "\\n")
    )


def _joined(parts: Any) -> bytes:
    return ("\n\n----\n\n".join("\n".join(lines) for lines in parts) + "\n").encode()
