"""Whose key signed a pack, read from its file: the key may have changed since it was made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from moderation.errors import InvalidInput
from moderation.evidence.bag import TAG_MANIFEST, VERIFY_KEY, VERIFY_SIGNATURE
from moderation.evidence.opened import Opened
from moderation.evidence.unzip import Unzipped


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signed a pack; fingerprint is empty where the file has no good signature.

    A forger can sign with a key of their own, so only a known key is one to tell a recipient.
    """

    fingerprint: str
    is_present: bool
    is_known: bool


def signer_of(pack: Path, present: str, known: Collection[str]) -> Signer:
    """Return whose key signed a pack.

    present is the fingerprint of the key that signs today, known those of all the organisation's
    keys, the earlier ones included.
    """
    found = _signature_of(pack)
    return Signer(found, found == present, found in {present, *known})


def _signature_of(pack: Path) -> str:
    """Return the fingerprint where the signature is good; nothing else of the file is read."""
    try:
        with Unzipped(pack) as zipped:
            opened = Opened(zipped)
            signer = opened.signed(VERIFY_KEY, VERIFY_SIGNATURE, TAG_MANIFEST)
    except InvalidInput:
        return ""
    return "" if opened.faults else signer
