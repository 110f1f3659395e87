"""The BERT network of all-MiniLM-L6-v2, drawn as an ONNX graph.

Devlin and others, "BERT" (2019), section 3; six layers, 384 wide, twelve
heads, GELU, layer norm after each residual. Mean pooling over the tokens
present and scaling to length one are part of the graph, so that what comes out
is the sentence's vector.
"""

from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS = 6
WIDTH = 384
HEADS = 12
HEAD_WIDTH = WIDTH // HEADS
LAYER_NORM_EPSILON = 1e-12
# Added to a score to leave a padded token out: far below any real score, yet
# finite, so that no row of the softmax can become NaN.
LEFT_OUT = -1e9
OPSET = 20  # the first with Gelu as one operation
IR_VERSION = 9  # the one that came with that opset


@dataclass
class Sheet:
    """A graph being drawn: nodes in order, constants by name."""

    weights: dict[str, np.ndarray]
    nodes: list = field(default_factory=list)
    constants: dict[str, np.ndarray] = field(default_factory=dict)

    def add(self, operation: str, *inputs: str, outputs: int = 1, **attributes):
        """Draw one operation; returns its output's name, or names if several."""
        names = [f"{operation}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operation, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name: str, value: np.ndarray) -> str:
        """Put a value into the graph once and return its name."""
        self.constants.setdefault(name, np.ascontiguousarray(value))
        return name

    def linear(self, x: str, name: str) -> str:
        """x @ Wᵀ + b, for the linear layer of that name."""
        return self._affine(x, name, self.weights[f"{name}.weight"].T, self.weights[f"{name}.bias"])

    def stacked_linear(self, x: str, name: str, parts: list[str]) -> str:
        """Several linear layers over the same input as one, outputs side by side."""
        matrix = np.concatenate([self.weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        return self._affine(x, name, matrix, bias)

    def _affine(self, x: str, name: str, matrix: np.ndarray, bias: np.ndarray) -> str:
        product = self.add("MatMul", x, self.constant(f"{name}.weight", matrix))
        return self.add("Add", product, self.constant(f"{name}.bias", bias))

    def layer_norm(self, x: str, name: str) -> str:
        """Layer norm over the last axis with the scale and bias of that name."""
        scale = self.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def integers(self, *values: int) -> str:
        """A vector of integers, for shapes and axes."""
        return self.constant("i_" + "_".join(map(str, values)), np.array(values, np.int64))

    def number(self, value: float) -> str:
        """One float."""
        return self.constant(f"f_{value}", np.array(value, np.float32))


def draw_graph(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The encoder as a checked ONNX model, fp32.

    In: `token_ids` and `mask`, int64 [batch, length]; mask 1 for a token, 0
    for padding. Out: `vector`, float32 [batch, 384], each row of length one.
    """
    sheet = Sheet(weights)
    mask = sheet.add("Cast", "mask", to=TensorProto.FLOAT)
    hidden = _embed(sheet, "token_ids")
    keys_left_out = _keys_left_out(sheet, mask)
    for layer in range(LAYERS):
        hidden = _transformer_layer(sheet, hidden, keys_left_out, f"encoder.layer.{layer}")
    sheet.add("Identity", _mean_of_length_one(sheet, hidden, mask))
    return _model(sheet)


def _embed(sheet: Sheet, token_ids: str) -> str:
    """Word plus position plus segment, layer-normed: [batch, length, 384]."""
    words = sheet.constant("words", sheet.weights["embeddings.word_embeddings.weight"])
    # There is one segment only, so its vector is folded into the positions.
    positions = sheet.constant(
        "positions",
        sheet.weights["embeddings.position_embeddings.weight"]
        + sheet.weights["embeddings.token_type_embeddings.weight"][0],
    )
    length = sheet.add("Shape", token_ids, start=1, end=2)
    here = sheet.add("Slice", positions, sheet.integers(0), length, sheet.integers(0))
    return sheet.layer_norm(
        sheet.add("Add", sheet.add("Gather", words, token_ids), here), "embeddings.LayerNorm"
    )


def _keys_left_out(sheet: Sheet, mask: str) -> str:
    """0 for a token, a very low score for padding: [batch, 1, 1, length]."""
    absent = sheet.add("Sub", sheet.number(1.0), mask)
    return sheet.add(
        "Unsqueeze", sheet.add("Mul", absent, sheet.number(LEFT_OUT)), sheet.integers(1, 2)
    )


def _transformer_layer(sheet: Sheet, x: str, keys_left_out: str, layer: str) -> str:
    attended = sheet.linear(
        _attention(sheet, x, keys_left_out, f"{layer}.attention.self"),
        f"{layer}.attention.output.dense",
    )
    x = sheet.layer_norm(sheet.add("Add", x, attended), f"{layer}.attention.output.LayerNorm")
    wide = sheet.add("Gelu", sheet.linear(x, f"{layer}.intermediate.dense"))
    narrow = sheet.linear(wide, f"{layer}.output.dense")
    return sheet.layer_norm(sheet.add("Add", x, narrow), f"{layer}.output.LayerNorm")


def _attention(sheet: Sheet, x: str, keys_left_out: str, name: str) -> str:
    """Scaled dot-product attention in twelve heads: [batch, length, 384]."""
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    together = sheet.stacked_linear(x, f"{name}.query_key_value", parts)
    query, key, value = (
        _into_heads(sheet, part)
        for part in sheet.add("Split", together, outputs=3, axis=-1, num_outputs=3)
    )
    scores = sheet.add("MatMul", query, sheet.add("Transpose", key, perm=[0, 1, 3, 2]))
    scaled = sheet.add("Div", scores, sheet.number(float(np.sqrt(HEAD_WIDTH))))
    shares = sheet.add("Softmax", sheet.add("Add", scaled, keys_left_out), axis=-1)
    heads = sheet.add("Transpose", sheet.add("MatMul", shares, value), perm=[0, 2, 1, 3])
    return sheet.add("Reshape", heads, sheet.integers(0, 0, WIDTH))


def _into_heads(sheet: Sheet, x: str) -> str:
    """[batch, length, 384] to [batch, 12, length, 32]."""
    split = sheet.add("Reshape", x, sheet.integers(0, 0, HEADS, HEAD_WIDTH))
    return sheet.add("Transpose", split, perm=[0, 2, 1, 3])


def _mean_of_length_one(sheet: Sheet, hidden: str, mask: str) -> str:
    """Mean over the tokens present, scaled to length one: [batch, 384].

    The mean's divisor cancels in the scaling, so the sum is enough.
    """
    present = sheet.add("Unsqueeze", mask, sheet.integers(2))
    total = sheet.add("ReduceSum", sheet.add("Mul", hidden, present), sheet.integers(1), keepdims=0)
    return sheet.add("LpNormalization", total, axis=-1, p=2)


def _model(sheet: Sheet) -> onnx.ModelProto:
    sheet.nodes[-1].output[0] = "vector"
    graph = helper.make_graph(
        sheet.nodes,
        "all-MiniLM-L6-v2",
        inputs=[
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("token_ids", "mask")
        ],
        outputs=[helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["batch", WIDTH])],
        initializer=[
            numpy_helper.from_array(value, name) for name, value in sheet.constants.items()
        ],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
    )
    onnx.checker.check_model(model)
    return model
