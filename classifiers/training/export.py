"""Writes the trained encoder as the int8 ONNX file that ships, and proves that it says the same."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn

from classifiers.encoder import Encoder as OnnxEncoder
from classifiers.outputs import OUTPUTS, PLACE
from classifiers.training.encoder import Encoder, tensors

log = logging.getLogger("training")

_OPSET = 18
_PARITY_TEXTS = 1_000
_LEAST_LIKENESS = 0.97


class Exported(nn.Module):
    """What the file computes: the logits that ship, and each token's pull towards "abuse".

    The heads are linear in the mean over tokens, so the pulls of a text's tokens add up to the
    logit (but for the offset): an explanation that costs nothing and is exact for the last layer.
    """

    def __init__(self, trained: Encoder) -> None:
        super().__init__()
        self.bert = trained.bert
        self.weight = nn.Parameter(trained.head.weight[: len(OUTPUTS)].detach().clone())
        self.bias = nn.Parameter(trained.head.bias[: len(OUTPUTS)].detach().clone())

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits (texts, outputs) and pulls (texts, tokens)."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        count = mask.sum(dim=1).clamp(min=1.0)
        logits = ((hidden * mask).sum(dim=1) / count) @ self.weight.T + self.bias
        pulls = (hidden * mask * self.weight[PLACE["abuse"]]).sum(dim=-1) / count
        return logits, pulls


def export(trained: Encoder, path: Path) -> None:
    """Write the int8 file. The example is padded: one of whole rows would drop the mask."""
    model = Exported(trained).eval()
    ids = torch.tensor([[101, 2017, 2024, 102, 0, 0], [101, 2017, 2024, 1037, 2204, 102]])
    mask = torch.tensor([[1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1]])
    texts, tokens = torch.export.Dim("texts", min=1), torch.export.Dim("tokens", min=2)
    shape = {0: texts, 1: tokens}
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder, "plain.onnx"), Path(folder, "ready.onnx")
        with torch.no_grad():
            torch.onnx.export(
                model,
                (ids, mask),
                plain,
                input_names=["input_ids", "attention_mask"],
                output_names=["logits", "pulls"],
                dynamic_shapes={"input_ids": shape, "attention_mask": shape},
                opset_version=_OPSET,
                dynamo=True,
                external_data=False,
            )
        bare = onnx.load(plain)
        del bare.graph.value_info[:]
        onnx.save(bare, plain)
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        bare = onnx.load(ready)
        del bare.graph.value_info[:]
        onnx.save(bare, ready)
        quantize_dynamic(
            ready,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=False,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=_heads(bare),
        )


def _heads(graph: onnx.ModelProto) -> list[str]:
    """Return the names of the nodes that make the logits: too small to gain from bytes."""
    makers = {out: node for node in graph.graph.node for out in node.output}
    found, wanted = [], ["logits"]
    while wanted:
        node = makers.get(wanted.pop())
        if node is not None and node.op_type in {"MatMul", "Gemm", "Add", "Transpose"}:
            found.append(node.name)
            wanted.extend(node.input if node.op_type == "Add" else node.input[1:2])
    return found


def check_parity(
    trained: Encoder, tokenizer: Tokenizer, shipped: OnnxEncoder, texts: Sequence[str]
) -> dict[str, float]:
    """Return how the file that ships differs from the trained model on a thousand texts.

    Raises RuntimeError where the two do not rank texts alike: then the export went wrong.
    """
    chosen = [text for text in texts if text][:: max(1, len(texts) // _PARITY_TEXTS)]
    chosen = chosen[:_PARITY_TEXTS]
    trained.eval()
    with torch.no_grad():
        ours = [
            trained(*tensors(tokenizer, chosen[begin : begin + 50]))[:, : len(OUTPUTS)].numpy()
            for begin in range(0, len(chosen), 50)
        ]
    wanted = np.concatenate(ours)
    found = np.stack([read.logits[0] for read in shipped.read(chosen)])
    likeness = [
        float(np.corrcoef(wanted[:, PLACE[name]], found[:, PLACE[name]])[0, 1])
        for name in ("toxicity", "abuse")
    ]
    apart = np.abs(wanted - found)[:, [PLACE["toxicity"], PLACE["abuse"]]]
    if min(likeness) < _LEAST_LIKENESS:
        msg = f"the exported encoder does not say what the trained one says: {likeness}"
        raise RuntimeError(msg)
    return {
        "texts": len(chosen),
        "correlation": round(min(likeness), 5),
        "mean_difference_of_logits": round(float(apart.mean()), 4),
    }
