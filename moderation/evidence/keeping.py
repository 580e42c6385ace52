"""Opens the vault of an installation: a folder, or a bucket where the settings name one."""

from __future__ import annotations

from urllib.parse import urlsplit

from moderation.errors import SettingsError
from moderation.evidence.vault import Vault
from moderation.settings import Settings


def vault_of(settings: Settings) -> Vault:
    """Return the vault that the settings mean; nothing is read or written yet.

    Raises SettingsError where a bucket is named and what speaks to it is not installed.
    """
    if not settings.vault_url:
        return Vault(settings.vault_dir)
    try:
        # Only who keeps evidence in a bucket installs what speaks to one.
        from moderation.evidence.in_bucket import Bucket, Place
    except ImportError as err:
        msg = "WATCHROOM_VAULT_URL names a bucket: install watchroom[s3], which speaks to one."
        raise SettingsError(msg) from err
    parts = urlsplit(settings.vault_url)
    return Vault(
        Bucket(
            Place(
                bucket=parts.hostname or "",
                prefix=parts.path,
                endpoint=settings.vault_endpoint,
                region=settings.vault_region,
                key_id=settings.vault_key_id,
                secret_key=settings.vault_secret_key,
                lock_days=settings.vault_lock_days,
            )
        )
    )
