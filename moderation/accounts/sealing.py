"""The key that seals accounts' secrets: it lies in a file, never in the database."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from moderation.errors import SettingsError

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class _Key:
    """One key and the name under which sealed secrets point to it."""

    id: str
    raw: bytes


class SealingKeys:
    """The keys of one installation: new secrets are sealed with the first, old ones open with any.

    The file holds one key a line, "id base64", the current one first.
    """

    def __init__(self, path: Path, keys: tuple[_Key, ...]) -> None:
        self._path = path
        self._keys = keys

    @classmethod
    def of(cls, path: Path) -> SealingKeys:
        """Return the keys of the file, made there when there is none yet.

        Raises SettingsError when the file cannot be read or made, or holds something else.
        """
        try:
            if not path.exists():
                _write(path, (_new(),))
            return cls(path, _read(path))
        except OSError as err:
            msg = (
                f"The key file {path} cannot be read or made ({err.strerror}). It seals the "
                "accounts' access; give Watchroom the right to read and write it."
            )
            raise SettingsError(msg) from err

    def fresh(self) -> SealingKeys:
        """Return the keys as the file holds them now."""
        return SealingKeys.of(self._path)

    def holds(self, key_id: str) -> bool:
        """Say whether what was sealed with this key can be opened."""
        return any(key.id == key_id for key in self._keys)

    @property
    def current(self) -> str:
        """Return the name of the key that new secrets are sealed with."""
        return self._keys[0].id

    def seal(self, text: str, about: str) -> bytes:
        """Return the sealed text; it opens only under the same about."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._keys[0].raw).encrypt(nonce, text.encode(), about.encode())

    def open(self, key_id: str, sealed: bytes, about: str) -> str:
        """Return what was sealed.

        Raises SettingsError when the key is not in the file, or does not fit.
        """
        key = next((one for one in self._keys if one.id == key_id), None)
        if key is None:
            raise SettingsError(
                f"An account's secret was sealed with a key that {self._path} does not hold. Put "
                "the right key file back, or give the account its access again with `watchroom "
                "accounts reconnect`."
            )
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return AESGCM(key.raw).decrypt(nonce, body, about.encode()).decode()
        except InvalidTag as err:
            raise SettingsError(
                "An account's secret does not open: it, or the key file, was changed. Give the "
                "account its access again with `watchroom accounts reconnect`."
            ) from err

    def with_new_key(self) -> SealingKeys:
        """Add a key and make it the current one; the older ones still open what they sealed."""
        keys = (_new(), *self._keys)
        _write(self._path, keys)
        return SealingKeys(self._path, keys)

    def without_old_keys(self) -> SealingKeys:
        """Keep the current key alone; call it when nothing is sealed with another any more."""
        keys = self._keys[:1]
        _write(self._path, keys)
        return SealingKeys(self._path, keys)


def _new() -> _Key:
    return _Key(secrets.token_hex(8), secrets.token_bytes(_KEY_BYTES))


def _read(path: Path) -> tuple[_Key, ...]:
    keys = []
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        key_id, _, coded = line.strip().partition(" ")
        try:
            raw = base64.b64decode(coded, validate=True)
        except ValueError:
            raw = b""
        if len(raw) != _KEY_BYTES:
            raise SettingsError(
                f"The key file {path} holds a line that is no key. Put the right file back."
            )
        keys.append(_Key(key_id, raw))
    if not keys:
        raise SettingsError(f"The key file {path} is empty. Put the right file back.")
    return tuple(keys)


def _write(path: Path, keys: tuple[_Key, ...]) -> None:
    """Replace the file as a whole, durably: a crash leaves the old one or the new one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    lines = "".join(f"{key.id} {base64.b64encode(key.raw).decode()}\n" for key in keys)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(lines)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
