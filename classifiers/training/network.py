"""Writes the trained encoder down as two ONNX networks, node by node, in the form that runs fast.

The lower one answers halfway up, the upper one goes on from there. They read one text at a time, so
there is no mask. Attention is one node of onnxruntime's own set, which can be had in bytes; adding
and evening out (LayerNormalization) stay apart, because the node that does both at once takes
several times as long on a processor.
"""

from __future__ import annotations

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn

from classifiers.outputs import OUTPUTS, PLACE
from classifiers.training.encoder import HALFWAY, MAX_TOKENS, Encoder

INPUT, HIDDEN, LOGITS, PULLS = "input_ids", "hidden", "logits", "pulls"
_PRODUCT, _PULL = "said", "pull"
# The last step stays exact: it costs next to nothing.
EXACT = [_PRODUCT, _PULL]
_OPSET, _IR = 18, 9
_OURS = "com.microsoft"


def lower(trained: Encoder) -> onnx.ModelProto:
    """Return the lower network: hidden states (1, tokens, width), and what it says halfway up.

    That is logits (1, outputs) and each token's pull towards "abuse" (1, tokens). The heads are
    linear in the mean over tokens, so the pulls of a text's tokens add up to the logit (but for the
    offset): an explanation that costs nothing and is exact for the last layer before the heads.
    Raises ValueError where the encoder was never widened, and so has no heads halfway up.
    """
    if trained.early is None:
        raise ValueError("an encoder that was never widened says nothing halfway up")
    bert, parts = trained.bert, _Parts(trained.bert.config.layer_norm_eps)
    at = _embedded(parts, bert.embeddings)
    for number in range(HALFWAY):
        at = _layer(parts, bert, at, number)
    parts.node("Identity", [at], HIDDEN)
    _said(parts, trained.early, at)
    takes = helper.make_tensor_value_info(INPUT, onnx.TensorProto.INT64, ["texts", "tokens"])
    return _model(parts, takes, [_states(bert, HIDDEN)])


def upper(trained: Encoder) -> onnx.ModelProto:
    """Return the upper network: from the lower one's hidden states to logits and pulls."""
    bert, parts = trained.bert, _Parts(trained.bert.config.layer_norm_eps)
    at = HIDDEN
    for number in range(HALFWAY, bert.config.num_hidden_layers):
        at = _layer(parts, bert, at, number)
    _said(parts, trained.head, at)
    return _model(parts, _states(bert, HIDDEN), [])


def _states(bert: nn.Module, name: str) -> onnx.ValueInfoProto:
    shape = ["texts", "tokens", bert.config.hidden_size]
    return helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)


def _model(
    parts: _Parts, takes: onnx.ValueInfoProto, gives: list[onnx.ValueInfoProto]
) -> onnx.ModelProto:
    said = [
        helper.make_tensor_value_info(LOGITS, onnx.TensorProto.FLOAT, ["texts", len(OUTPUTS)]),
        helper.make_tensor_value_info(PULLS, onnx.TensorProto.FLOAT, ["texts", "tokens"]),
    ]
    graph = helper.make_graph(parts.nodes, "encoder", [takes], said + gives, parts.tensors)
    sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OURS, 1)]
    return helper.make_model(graph, opset_imports=sets, ir_version=_IR)


class _Parts:
    """The nodes and weights of a network while it is written; each is named after what it makes."""

    def __init__(self, epsilon: float) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: list[onnx.TensorProto] = []
        self._epsilon = epsilon

    def weight(self, name: str, value: Tensor) -> str:
        held = np.ascontiguousarray(value.detach().numpy())
        self.tensors.append(numpy_helper.from_array(held, name))
        return name

    def node(self, kind: str, takes: list[str], makes: str, domain: str = "", **how: int) -> str:
        self.nodes.append(helper.make_node(kind, takes, [makes], name=makes, domain=domain, **how))
        return makes

    def evened(self, takes: str, norm: nn.LayerNorm, makes: str) -> str:
        weights = [
            self.weight(f"{makes}.scale", norm.weight),
            self.weight(f"{makes}.shift", norm.bias),
        ]
        self.nodes.append(
            helper.make_node(
                "LayerNormalization",
                [takes, *weights],
                [makes],
                name=makes,
                epsilon=self._epsilon,
            )
        )
        return makes

    def added(self, first: str, second: str, makes: str) -> str:
        return self.node("Add", [first, second], makes)

    def turned(self, takes: str, linear: nn.Linear, makes: str) -> str:
        """Multiply by the matrix and add the offset."""
        held = self.weight(f"{makes}.weight", linear.weight.T)
        product = self.node("MatMul", [takes, held], f"{makes}.product")
        return self.added(product, self.weight(f"{makes}.offset", linear.bias), makes)


def _embedded(parts: _Parts, embeddings: nn.Module) -> str:
    """Each token's word, and where it stands: all of one text, so of one kind."""
    words = parts.weight("words.table", embeddings.word_embeddings.weight)
    placed = embeddings.position_embeddings.weight[:MAX_TOKENS]
    places = parts.weight(
        "places.table", (placed + embeddings.token_type_embeddings.weight[0])[None]
    )
    parts.node("Shape", [INPUT], "tokens", start=1, end=2)
    ends = [
        parts.weight("zero", torch.tensor([0])),
        "tokens",
        parts.weight("one", torch.tensor([1])),
    ]
    both = parts.added(
        parts.node("Gather", [words, INPUT], "words"),
        parts.node("Slice", [places, *ends], "places"),
        "both",
    )
    return parts.evened(both, embeddings.LayerNorm, "embedded")


def _layer(parts: _Parts, bert: nn.Module, at: str, number: int) -> str:
    layer, name = bert.encoder.layer[number], f"{number}."
    asks = layer.attention.self
    three = (asks.query, asks.key, asks.value)
    attended = parts.node(
        "Attention",
        [
            at,
            parts.weight(f"{name}asks.weight", torch.cat([one.weight.T for one in three], dim=1)),
            parts.weight(f"{name}asks.offset", torch.cat([one.bias for one in three])),
        ],
        f"{name}attended",
        _OURS,
        num_heads=bert.config.num_attention_heads,
    )
    out = layer.attention.output
    told = parts.added(parts.turned(attended, out.dense, f"{name}told"), at, f"{name}told_all")
    middle = parts.evened(told, out.LayerNorm, f"{name}middle")
    wide = layer.intermediate.dense
    raised = parts.node(
        "MatMul", [middle, parts.weight(f"{name}raised.weight", wide.weight.T)], f"{name}raised"
    )
    bent = parts.node(
        "FastGelu",
        [raised, parts.weight(f"{name}raised.offset", wide.bias)],
        f"{name}bent",
        _OURS,
    )
    lowered = parts.turned(bent, layer.output.dense, f"{name}lowered")
    return parts.evened(
        parts.added(lowered, middle, f"{name}lowered_all"), layer.output.LayerNorm, f"{name}end"
    )


def _said(parts: _Parts, head: nn.Linear, at: str) -> None:
    weight, offset = head.weight[: len(OUTPUTS)], head.bias[: len(OUTPUTS)]
    axis = parts.weight("axis", torch.tensor([1]))
    mean = parts.node("ReduceMean", [at, axis], "mean", keepdims=0)
    product = parts.node("MatMul", [mean, parts.weight("heads", weight.T)], _PRODUCT)
    parts.added(product, parts.weight("heads.offset", offset), LOGITS)
    pull = parts.node("MatMul", [at, parts.weight("abuse", weight[PLACE["abuse"]])], _PULL)
    read = parts.node("Shape", [at], "read", start=1, end=2)
    count = parts.node("Cast", [read], "count", to=onnx.TensorProto.FLOAT)
    parts.node("Div", [pull, count], PULLS)
