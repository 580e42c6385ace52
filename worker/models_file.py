"""Reads WATCHROOM_MODELS: a TOML file with one table for each model that an organisation adds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from classifiers.optional import languages
from classifiers.optional.model_settings import ACTIVATIONS, LONG_TEXTS, ModelSettings
from classifiers.registry import KINDS
from moderation.combining import SHIPPED_AS, SHIPPED_NAME
from moderation.errors import SettingsError
from moderation.policy_checks import Table
from moderation.taxonomy import LABELS

_KEYS: Final = (
    *("kind", "path", "config", "sha256", "labels", "languages", "activation", "long_texts"),
    *("max_tokens", "threads", "batch_size", "timeout_s", "memory_mb"),
)
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
# A lease on a page of comments lasts a minute, and several models may be late.
LONGEST_TIMEOUT_S: Final = 50
# PyTorch and its tokenizers alone take a good 300 MB before any weights.
LEAST_MEMORY_MB: Final = 500


def read(path: Path | None) -> tuple[ModelSettings, ...]:
    """Return the models of a file, in its order; no file means none.

    Raises SettingsError naming every fault. A relative path in it starts from the file's folder.
    """
    if path is None:
        return ()
    faults: list[str] = []
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise SettingsError(f"models {path}: {err.strerror or 'cannot be read'}") from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise SettingsError(f"models {path}: not a TOML file: {err}") from err
    root = Table(values, "", faults)
    models = tuple(_model(name, root.table(name), path.parent) for name in values)
    if faults:
        raise SettingsError(f"models {path}: {'; '.join(faults)}")
    return models


def _model(name: str, table: Table, folder: Path) -> ModelSettings:
    table.knows(_KEYS)
    _check_name(name, table)
    kind = table.one_of("kind", KINDS)
    config = table.text("config", default="")
    if (kind == "detoxify") != bool(config):
        table.faults.append(f"{name}.config is needed for detoxify, and for nothing else")
    return ModelSettings(
        name=name,
        kind=kind,
        path=_path(table.text("path"), folder),
        sha256=_sha256(table),
        config=_path(config, folder) if config else None,
        labels=_labels(table.optional("labels")),
        languages=_languages(table),
        activation=table.one_of("activation", ACTIVATIONS, default=""),
        long_texts=table.one_of("long_texts", LONG_TEXTS, default="windows"),
        max_tokens=_number(table, "max_tokens", 512, 16, 512),
        threads=_number(table, "threads", 1, 1, 64),
        batch_size=_number(table, "batch_size", 16, 1, 256),
        timeout_s=_number(table, "timeout_s", 30, 1, LONGEST_TIMEOUT_S),
        memory_mb=_number(table, "memory_mb", 0, LEAST_MEMORY_MB, 1_000_000),
    )


def _check_name(name: str, table: Table) -> None:
    if not _NAME.fullmatch(name):
        table.faults.append(
            f"{name}: a model's name is at most 40 small letters, digits and hyphens"
        )
    if name == SHIPPED_NAME or name.startswith((SHIPPED_AS, "rules")):
        table.faults.append(f"{name} is the name of a detector that ships")


def _path(given: str, folder: Path) -> Path:
    return (folder / Path(given).expanduser()).resolve()


def _sha256(table: Table) -> str:
    given = table.text("sha256").lower()
    if given and not _SHA256.fullmatch(given):
        table.faults.append(f"{table.where}.sha256 must be 64 hexadecimal digits")
    return given


def _labels(table: Table) -> dict[str, str]:
    return {label: table.one_of(label, LABELS) for label in table.values}


def _languages(table: Table) -> tuple[str, ...]:
    given = table.texts("languages") or (languages.ENGLISH,)
    allowed = languages.known()
    for name in given:
        if name not in allowed:
            table.faults.append(
                f"{table.where}.languages names {name!r}; allowed: {', '.join(allowed)}"
            )
    return given


def _number(table: Table, key: str, default: int, low: int, high: int) -> int:
    """Return a whole number from low to high, or the default where the key is absent."""
    value = table.count(key, default=default)
    if key in table.values and not low <= value <= high:
        table.faults.append(f"{table.where}.{key} must be from {low} to {high}")
    return value
