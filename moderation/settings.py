"""Every setting with its unit and default, read once from the environment; all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from moderation import authorities
from moderation.authorities import Authority
from moderation.errors import SettingsError

PREFIX: Final = "WATCHROOM_"


class Secret(str):
    """A text that never shows itself in a log or a traceback."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


NO_SECRET: Final = Secret("")


@dataclass(frozen=True, slots=True)
class Settings:
    """How one installation is set up. Times are in seconds; folders are absolute.

    base_url is what stands in front of every link in a mail; it decides whether cookies are
    Secure. An empty smtp_host means that mail is not configured and waits in the spool folder.
    An empty redis_url means the embedded profile: one process and no broker. An empty vault_url
    keeps the vault in the data folder; "s3://bucket/prefix" keeps it in a bucket.
    """

    data_dir: Path
    database_url: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8080
    base_url: str = "http://127.0.0.1:8080"
    org: str = "organisation"
    policy_path: Path | None = None
    redis_url: Secret = NO_SECRET
    mail_from: str = "watchroom@localhost"
    hr_mailbox: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: Secret = NO_SECRET
    smtp_security: str = "starttls"
    log_level: str = "info"
    session_idle_s: int = 1800
    session_max_s: int = 36000
    detectors: tuple[str, ...] = ()
    models_path: Path | None = None
    settle_s: float = 4.0
    secrets_key: Path | None = None
    live_pages: Path | None = None
    vault_url: str = ""
    vault_endpoint: str = ""
    vault_region: str = ""
    vault_key_id: str = ""
    vault_secret_key: Secret = NO_SECRET
    vault_lock_days: int = 0
    authorities: tuple[Authority, ...] = ()
    checkpoint_mailbox: str = ""
    checkpoint_folder: Path | None = None

    @property
    def vault_dir(self) -> Path:
        """Return where sealed bytes lie."""
        return self.data_dir / "vault"

    @property
    def spool_dir(self) -> Path:
        """Return where letters wait while mail is not configured."""
        return self.data_dir / "spool"

    @property
    def keys_dir(self) -> Path:
        """Return where the organisation's signing key lies."""
        return self.data_dir / "keys"

    @property
    def packs_dir(self) -> Path:
        """Return where packs lie that were made for somebody."""
        return self.data_dir / "packs"

    @property
    def connectors_dir(self) -> Path:
        """Return where connectors keep what is theirs alone."""
        return self.data_dir / "connectors"

    @property
    def secrets_key_path(self) -> Path:
        """Return the file whose key seals the accounts' access; it belongs into no database."""
        return self.secrets_key or self.keys_dir / "account-secrets.key"

    @property
    def checkpoints_dir(self) -> Path:
        """Return where the checkpoints of the audit chain are written; better on other storage."""
        return self.checkpoint_folder or self.data_dir / "checkpoints"

    @property
    def profile(self) -> str:
        """Return "production" where a broker is set, else "embedded"."""
        return "production" if self.redis_url else "embedded"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read every WATCHROOM_... variable; NAME_FILE names a file that holds the value.

        Raises SettingsError that lists every fault, one a line.
        """
        return _Reader(environ).settings()


class _Reader:
    """Collects faults while it reads, so that a person mends them in one go."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._faults: list[str] = []

    def settings(self) -> Settings:
        data_dir = Path(self._text("DATA_DIR", "watchroom-data")).expanduser().resolve()
        port = self._number("PORT", 8080, 1, 65535)
        host = self._text("HOST", "127.0.0.1")
        values: dict[str, Any] = {
            "data_dir": data_dir,
            "database_url": self._text("DATABASE_URL", f"sqlite:///{data_dir / 'watchroom.db'}"),
            "host": host,
            "port": port,
            "base_url": self._url("BASE_URL", f"http://127.0.0.1:{port}"),
            "org": self._text("ORG", "organisation"),
            "policy_path": self._path("POLICY"),
            "redis_url": Secret(self._text("REDIS_URL", "")),
            "mail_from": self._text("MAIL_FROM", "watchroom@localhost"),
            "hr_mailbox": self._text("HR_MAILBOX", ""),
            "smtp_host": self._text("SMTP_HOST", ""),
            "smtp_port": self._number("SMTP_PORT", 587, 1, 65535),
            "smtp_user": self._text("SMTP_USER", ""),
            "smtp_password": Secret(self._text("SMTP_PASSWORD", "")),
            "smtp_security": self._choice("SMTP_SECURITY", "starttls", ("starttls", "tls", "none")),
            "log_level": self._choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
            "session_idle_s": self._number("SESSION_IDLE_S", 1800, 60, 86400),
            "session_max_s": self._number("SESSION_MAX_S", 36000, 300, 604800),
            "detectors": self._names("DETECTORS"),
            "models_path": self._path("MODELS"),
            "settle_s": float(self._number("SETTLE_S", 4, 0, 600)),
            "secrets_key": self._path("SECRETS_KEY"),
            "live_pages": self._path("LIVE_PAGES"),
            "vault_url": self._bucket("VAULT_URL"),
            "vault_endpoint": self._url("VAULT_ENDPOINT", ""),
            "vault_region": self._text("VAULT_REGION", ""),
            "vault_key_id": self._text("VAULT_KEY_ID", ""),
            "vault_secret_key": Secret(self._text("VAULT_SECRET_KEY", "")),
            "vault_lock_days": self._number("VAULT_LOCK_DAYS", 0, 0, 36500),
            "authorities": authorities.read(self._text, self._faults.append, PREFIX),
            "checkpoint_mailbox": self._text("CHECKPOINT_MAILBOX", ""),
            "checkpoint_folder": self._path("CHECKPOINT_FOLDER"),
        }
        self._unknown()
        if self._faults:
            raise SettingsError("\n".join(self._faults))
        return Settings(**values)

    _KNOWN: Final = frozenset(
        {
            "DATA_DIR", "DATABASE_URL", "HOST", "PORT", "BASE_URL", "ORG", "POLICY", "REDIS_URL",
            "MAIL_FROM", "HR_MAILBOX", "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD",
            "SMTP_SECURITY", "LOG_LEVEL", "SESSION_IDLE_S", "SESSION_MAX_S", "DETECTORS",
            "MODELS", "SETTLE_S", "SECRETS_KEY", "VAULT_URL", "VAULT_ENDPOINT", "VAULT_REGION",
            "VAULT_KEY_ID", "VAULT_SECRET_KEY", "VAULT_LOCK_DAYS", "CHECKPOINT_MAILBOX",
            "CHECKPOINT_FOLDER", "LIVE_PAGES", *authorities.KNOWN,
        }
    )  # fmt: skip

    def _unknown(self) -> None:
        for name in sorted(self._environ):
            bare = name.removeprefix(PREFIX).removesuffix("_FILE")
            if name.startswith(PREFIX) and bare not in self._KNOWN:
                self._faults.append(f"{name} is not a setting of Watchroom; check the spelling.")

    def _text(self, name: str, default: str) -> str:
        full = PREFIX + name
        path = self._environ.get(f"{full}_FILE")
        if path is None:
            return self._environ.get(full, "").strip() or default
        try:
            return Path(path).read_text(encoding="utf-8").strip() or default
        except (OSError, UnicodeDecodeError):
            self._faults.append(f"{full}_FILE names a file that cannot be read as text.")
            return default

    def _checked(self, name: str, default: Any, read: Callable[[str], Any], rule: str) -> Any:
        given = self._text(name, "")
        if not given:
            return default
        try:
            return read(given)
        except ValueError:
            self._faults.append(f"{PREFIX}{name} must be {rule}.")
            return default

    def _number(self, name: str, default: int, low: int, high: int) -> int:
        def read(given: str) -> int:
            value = int(given)
            if not low <= value <= high:
                raise ValueError(given)
            return value

        return int(self._checked(name, default, read, f"a whole number from {low} to {high}"))

    def _choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        def read(given: str) -> str:
            if given.lower() not in allowed:
                raise ValueError(given)
            return given.lower()

        return str(self._checked(name, default, read, "one of " + ", ".join(allowed)))

    def _url(self, name: str, default: str) -> str:
        def read(given: str) -> str:
            parts = urlsplit(given)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError(given)
            return given.rstrip("/")

        return str(
            self._checked(name, default, read, "an address such as https://watchroom.example.org")
        )

    def _bucket(self, name: str) -> str:
        def read(given: str) -> str:
            parts = urlsplit(given)
            if parts.scheme != "s3" or not parts.hostname or parts.query or parts.fragment:
                raise ValueError(given)
            return given.rstrip("/")

        return str(self._checked(name, "", read, "an address such as s3://bucket/prefix"))

    def _path(self, name: str) -> Path | None:
        given = self._text(name, "")
        return Path(given).expanduser().resolve() if given else None

    def _names(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self._text(name, "").split(",") if part.strip())
