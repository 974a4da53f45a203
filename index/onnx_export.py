"""Makes an encoder ready for ONNX Runtime: once, when an index is built, never while serving."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from index.encoder_paths import EncoderPath
from index.encoders import SentenceTransformerEncoder
from index.errors import EncoderError
from index.onnx_alone import keep_to_itself
from index.onnx_encoder import MASK, PADDING, READS, TOKENS, VECTORS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_OPSET = 17
_PREPARED = "onnxruntime.quant"
_EXAMPLES = ["calf cramp", "it seized up in the last mile of a long run"]


def export(encoder: SentenceTransformerEncoder, path: EncoderPath) -> bytes:
    """The encoder as a file for ONNX Runtime: tokens and mask in, vectors of length 1 out.

    Raises:
        EncoderError: it cannot be made, and why; the other paths are not touched by that.
    """
    model = encoder.load()
    if not (encoder.folder / "tokenizer.json").is_file():
        raise EncoderError(f"{encoder.name} has no tokenizer.json, which this path reads.")
    try:
        with warnings.catch_warnings(), TemporaryDirectory(prefix="soleus-onnx-") as folder:
            warnings.simplefilter("ignore")  # of tracing: what it warns of is measured afterwards
            made = Path(folder) / "made.onnx"
            _trace(model, made)
            if path is EncoderPath.ONNX_INT8:
                made = _quantised(made)
            return _with_notes(made.read_bytes(), _notes(model))
    except ImportError as error:
        raise EncoderError(f"{error.name or error} is not installed; run: make install") from error
    except Exception as error:  # whatever an unusual model makes of it
        raise EncoderError(f"{encoder.name} cannot be made ready: {error}") from error


def _trace(model: "SentenceTransformer", made: Path) -> None:
    import torch

    class Whole(torch.nn.Module):
        """Encoder, pooling and all that follows, as one."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            found = self.model({TOKENS: tokens, MASK: mask})["sentence_embedding"]
            return torch.nn.functional.normalize(found, dim=1)

    given = model.tokenizer(_EXAMPLES, padding=True, return_tensors="pt")
    any_size = {TOKENS: {0: "texts", 1: "tokens"}, MASK: {0: "texts", 1: "tokens"}}
    # The newer exporter takes ten times as long, needs two more packages and gives no other graph.
    torch.onnx.export(
        Whole().eval(),
        (given[TOKENS], given[MASK]),
        str(made),
        input_names=[TOKENS, MASK],
        output_names=[VECTORS],
        dynamic_axes={**any_size, VECTORS: {0: "texts"}},
        opset_version=_OPSET,
        dynamo=False,
    )


def _quantised(made: Path) -> Path:
    """The same with weights of 8 bits. Seven are used: more overflow on processors before VNNI."""
    keep_to_itself()
    from onnxruntime.quantization import quantize_dynamic

    small = made.with_name("small.onnx")
    # The note spares a warning that the root logger would print.
    made.write_bytes(_with_notes(made.read_bytes(), {"onnx.quant.pre_process": _PREPARED}))
    quantize_dynamic(made, small, per_channel=True, reduce_range=True)
    return small


def _notes(model: "SentenceTransformer") -> Mapping[str, str]:
    if model.max_seq_length is None:
        raise ValueError("it does not say how much it reads")
    return {READS: str(model.max_seq_length), PADDING: str(model.tokenizer.pad_token_id or 0)}


def _with_notes(traced: bytes, notes: Mapping[str, str]) -> bytes:
    import onnx

    model = onnx.load_model_from_string(traced)
    onnx.helper.set_model_props(model, dict(notes))
    return bytes(model.SerializeToString())
