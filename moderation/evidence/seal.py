"""The organisation's Ed25519 key: made on first use, it signs what was captured and packed."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from moderation.errors import SettingsError

PRIVATE_FILE: Final = "evidence-signing.key.pem"
PUBLIC_FILE: Final = "evidence-signing.pub.pem"


class SigningKey:
    """The key pair of one installation, kept in a folder that only its owner may open."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @classmethod
    def of(cls, folder: Path) -> SigningKey:
        """Return the key kept in folder, made there when there is none yet.

        Raises SettingsError when the key was lost while its public half is still there: a new one
        made in silence would no longer match the fingerprint that the organisation published.
        """
        private_file, public_file = folder / PRIVATE_FILE, folder / PUBLIC_FILE
        try:
            if not private_file.exists():
                _make(private_file, public_file)
            key = cls(_read(private_file))
            if not public_file.exists():
                _write_once(public_file, key.public_pem, 0o644)
        except OSError as err:
            msg = (
                f"The signing key in {folder} cannot be read or made ({err.strerror}). Give "
                "Watchroom the right to read and write that folder."
            )
            raise SettingsError(msg) from err
        return key

    @property
    def public_pem(self) -> bytes:
        """Return the public key as PEM, for packs and for publishing."""
        return self._private.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def fingerprint(self) -> str:
        """Return what people compare with the published one."""
        return fingerprint(self.public_pem)

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the signature; the same data gives the same signature."""
        return self._private.sign(data)


def verify(public_pem: bytes, data: bytes, signature: bytes) -> bool:
    """Say whether the signature over data was made with the private half of this key."""
    try:
        key = load_pem_public_key(public_pem)
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signature, data)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True


def fingerprint(public_pem: bytes) -> str:
    """Return the SHA-256 of the key's DER form, in hexadecimal.

    It is what `openssl pkey -pubin -in KEY.pem -outform DER | sha256sum` prints. Raises ValueError
    when the bytes are no public key.
    """
    try:
        key = load_pem_public_key(public_pem)
    except UnsupportedAlgorithm as err:
        raise ValueError(str(err)) from err
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def is_as_written(public_pem: bytes) -> bool:
    """Say whether a public key stands in the one form in which it is written, to the last byte."""
    try:
        key = load_pem_public_key(public_pem)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) == public_pem


def _make(private_file: Path, public_file: Path) -> None:
    # Asked in this order, because another process may be writing both: the private half first.
    if public_file.exists() and not private_file.exists():
        msg = (
            f"The signing key {private_file} is gone, but its public half is there. "
            f"Restore it from the backup. To start with a new key, move {public_file.name} away "
            "and publish the new fingerprint."
        )
        raise SettingsError(msg)
    private_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    _write_once(private_file, pem, 0o600)


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as err:
        raise SettingsError(_UNUSABLE.format(path=path)) from err
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingsError(_UNUSABLE.format(path=path))
    return key


_UNUSABLE: Final = (
    "{path} is not an Ed25519 key in PEM form without a password. Restore it from the backup, or "
    "move it and its public half away to start with a new key."
)


def _write_once(path: Path, data: bytes, mode: int) -> None:
    """Write a file that another process may be making too: the first one stays."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
