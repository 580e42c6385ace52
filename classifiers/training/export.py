"""Writes the trained encoder as the int8 files that ship, and proves that they say the same."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from classifiers.encoder import Encoder as OnnxEncoder
from classifiers.outputs import OUTPUTS, PLACE
from classifiers.training.encoder import Encoder, tensors
from classifiers.training.network import EXACT, lower, upper
from classifiers.weights_file import LOWER, UPPER

_PARITY_TEXTS = 1_000
_LEAST_LIKENESS = 0.97


def export(trained: Encoder, out: Path) -> None:
    """Write the int8 files into a folder; files that are there are written over."""
    _write(lower(trained), out / LOWER)
    _write(upper(trained), out / UPPER)


def _write(network: onnx.ModelProto, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.onnx")
        onnx.save(network, plain)
        quantize_dynamic(
            plain,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=False,
            op_types_to_quantize=["MatMul", "Attention", "Gather"],
            nodes_to_exclude=EXACT,
            # The shapes behind Attention are not known to the quantiser; all of them are floats.
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )


def check_parity(
    trained: Encoder, tokenizer: Tokenizer, shipped: OnnxEncoder, texts: Sequence[str]
) -> dict[str, float]:
    """Return how the files that ship differ from the trained model on a thousand texts.

    The shipped encoder must read every text to the end. Raises RuntimeError where the two do not
    rank texts alike, at the end or halfway up: then the export went wrong.
    """
    chosen = [text for text in texts if text][:: max(1, len(texts) // _PARITY_TEXTS)]
    chosen = chosen[:_PARITY_TEXTS]
    trained.eval()
    with torch.no_grad():
        ours = [
            np.stack(trained(*tensors(tokenizer, chosen[begin : begin + 50])))
            for begin in range(0, len(chosen), 50)
        ]
    wanted = np.concatenate(ours, axis=1)[:, :, : len(OUTPUTS)]
    found = np.stack([(read.logits[0], read.halfway[0]) for read in shipped.read(chosen)], axis=1)
    compared = [PLACE[name] for name in ("toxicity", "abuse")]
    likeness = [
        float(np.corrcoef(wanted[stage, :, place], found[stage, :, place])[0, 1])
        for stage in range(len(wanted))
        for place in compared
    ]
    apart = np.abs(wanted - found)[0][:, compared]
    if min(likeness) < _LEAST_LIKENESS:
        msg = f"the exported encoder does not say what the trained one says: {likeness}"
        raise RuntimeError(msg)
    return {
        "texts": len(chosen),
        "correlation": round(min(likeness), 5),
        "mean_difference_of_logits": round(float(apart.mean()), 4),
    }
