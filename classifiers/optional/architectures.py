"""The model classes that may be built, and how weights and a tokenizer are fitted to one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from classifiers.optional import memory
from classifiers.optional.safe_files import read_json
from moderation.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Family:
    """What belongs together; offset says that positions count from behind the padding token."""

    model_type: str
    prefix: str
    offset: bool = False

    @property
    def model(self) -> str:
        """Return the class of the model."""
        return f"{self.prefix}ForSequenceClassification"


_FAMILIES: Final = (
    Family("bert", "Bert"),
    Family("roberta", "Roberta", offset=True),
    Family("xlm-roberta", "XLMRoberta", offset=True),
    Family("albert", "Albert"),
    Family("distilbert", "DistilBert"),
    Family("deberta-v2", "DebertaV2"),
)
ALLOWED: Final = {family.model: family for family in _FAMILIES}
_TOKENIZERS: Final = frozenset(f"{family.prefix}Tokenizer" for family in _FAMILIES)
# A tokenizer.json by itself; the second is what the library has called it since its version 5.
_PLAIN: Final = frozenset({"PreTrainedTokenizer", "TokenizersBackend"})
_TOKENIZER_FILES: Final = (
    *("tokenizer.json", "vocab.txt", "vocab.json"),
    *("sentencepiece.bpe.model", "spiece.model", "spm.model"),
)
# Older checkpoints carry their position numbers, and RoBERTa's a layer that was never used.
_HARMLESS: Final = re.compile(
    r"\.embeddings\.(?:position_ids|token_type_ids)$|^roberta\.pooler\.dense\.(?:weight|bias)$"
)
MOST_TOKENS: Final = 512
_NAMED: Final = 5


def family_of(class_name: object) -> Family:
    """Return the family of a model class. Raises SettingsError for one that is not allowed."""
    family = ALLOWED.get(class_name) if isinstance(class_name, str) else None
    if family is None:
        raise SettingsError(
            f"The model is of the class {class_name}, which is not allowed. Allowed are: "
            f"{', '.join(ALLOWED)}."
        )
    return family


def configuration(family: Family, folder: Path, outputs: int = 0) -> Any:
    """Return the configuration in a folder's config.json, without what could lead elsewhere.

    outputs is their number where it is known better than by this file.
    """
    import transformers

    values = read_json(folder / "config.json")
    if values.get("model_type") != family.model_type:
        raise SettingsError(
            f"{folder / 'config.json'} describes a model of the type {values.get('model_type')}, "
            f"but the weights are for {family.model_type}."
        )
    kept = {key: value for key, value in values.items() if _is_plain(key)}
    if outputs:
        names = [f"LABEL_{place}" for place in range(outputs)]
        kept["id2label"] = dict(enumerate(names))
        kept["label2id"] = {name: place for place, name in enumerate(names)}
    try:
        return getattr(transformers, f"{family.prefix}Config").from_dict(kept)
    except (TypeError, ValueError) as err:
        raise SettingsError(f"{folder / 'config.json'} does not describe such a model.") from err


def _is_plain(key: str) -> bool:
    """Say whether a key only describes; others name code, kernels or formats to fetch."""
    return not (key.startswith("_") or key.endswith(("_implementation", "_config", "auto_map")))


def build(family: Family, config: Any, state: Mapping[str, Any]) -> Any:
    """Return the model with exactly these weights. Raises SettingsError where they do not fit."""
    import torch
    import transformers

    model = getattr(transformers, family.model)(config)
    wanted = {name: tuple(one.shape) for name, one in model.state_dict().items()}
    given = {
        name: tuple(one.shape) if isinstance(one, torch.Tensor) else None
        for name, one in state.items()
        if not _HARMLESS.search(name)
    }
    faults = [
        *_fault("lack", wanted.keys() - given.keys()),
        *_fault("have too many:", given.keys() - wanted.keys()),
        *_fault(
            "have another shape:",
            [name for name in wanted.keys() & given.keys() if wanted[name] != given[name]],
        ),
    ]
    if faults:
        raise SettingsError(
            f"The weights do not fit a {family.model}: they {'; they '.join(faults)}."
        )
    model.load_state_dict({name: state[name] for name in wanted})
    return model.eval()


def _fault(what: str, names: Iterable[str]) -> list[str]:
    found = sorted(names)
    if not found:
        return []
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return [f"{what} {', '.join(found[:_NAMED])}{more}"]


def tokenizer(family: Family, folder: Path, vocabulary: int) -> Any:
    """Return the tokenizer in a folder. Raises SettingsError for one of another model."""
    import transformers

    if not any((folder / name).is_file() for name in _TOKENIZER_FILES):
        raise SettingsError(
            f"{folder} holds no tokenizer: one of {', '.join(_TOKENIZER_FILES)} is needed."
        )
    kind = getattr(transformers, _tokenizer_class(family, folder))
    try:
        made = kind.from_pretrained(str(folder.resolve()), local_files_only=True)
    except Exception as err:
        if memory.ran_out(err):
            raise
        # The library breaks in its own ways over a damaged or incomplete file.
        raise SettingsError(
            f"The tokenizer in {folder} cannot be used ({type(err).__name__}); a whole "
            "tokenizer.json always can."
        ) from err
    # One that was made of the wrong files knows almost nothing and would call every word unknown.
    if not vocabulary <= 2 * len(made) or len(made) > vocabulary:
        raise SettingsError(
            f"The tokenizer in {folder} knows {len(made)} tokens and the model {vocabulary}: they "
            "do not belong together."
        )
    return made


def _tokenizer_class(family: Family, folder: Path) -> str:
    path = folder / "tokenizer_config.json"
    named = read_json(path).get("tokenizer_class") if path.is_file() else None
    if named is None:
        return f"{family.prefix}Tokenizer"
    bare = str(named).removesuffix("Fast")
    if bare in _PLAIN:
        return "PreTrainedTokenizerFast"
    if bare not in _TOKENIZERS:
        raise SettingsError(f"{path} names the class {named}, which is not allowed.")
    return bare


def tokens_at_most(family: Family, config: Any, chosen: int) -> int:
    """Return how many tokens one window may have; RoBERTa's first positions are for padding."""
    room = int(config.max_position_embeddings)
    if family.offset:
        room -= int(config.pad_token_id) + 1
    return min(room, chosen, MOST_TOKENS)
