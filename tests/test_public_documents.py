from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.cli import main
from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.setup import build_demonstration
from corpus.errors import ExitCode
from evals.dataset import shipped_dataset
from evals.given import Given
from evals.scoring import score
from tests.conftest import SHARED

pytestmark = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the public documents are not here"
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The small demonstration region, and the real documents beside it."""
    root = tmp_path_factory.mktemp("documents")
    build_demonstration(Settings(data_dir=root), lambda _: None, size="small")
    words = ["--data-dir", str(root), "ingest", str(SHARED / "seeds")]
    assert main(words) == ExitCode.DONE
    return Assistant.open(Settings(data_dir=root))


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.answer(question)


def test_a_real_figure_leads_with_its_passage_and_paragraph(
    assistant: Assistant,
) -> None:
    answer = ask(assistant, "What is Kent's average weekly cost of residential care?")
    assert answer.status == "answered"
    assert answer.text.startswith("**£4,557** [1]")
    cited = answer.citations[0].citation
    assert cited.locator == "paragraph 5.1"
    assert cited.quote is not None
    assert "£4,557 per week" in cited.quote
    assert "invented" not in cited.title


def test_a_national_count_is_found(assistant: Assistant) -> None:
    answer = ask(assistant, "How many children were in care in England at March 2024?")
    assert answer.text.startswith("**83,630** [1]")


def test_every_quotation_is_a_verbatim_span_of_the_stored_text(
    assistant: Assistant,
) -> None:
    for sample in shipped_dataset("public_documents"):
        for marked in ask(assistant, sample.turns[-1]).citations:
            cited = marked.citation
            if cited.quote is not None and cited.document_id is not None:
                text = assistant.knowledge.library.get(cited.document_id).text
                assert cited.start is not None
                assert text[cited.start :].startswith(cited.quote)


def test_the_shipped_questions_are_answered_or_declined_as_expected(
    assistant: Assistant,
) -> None:
    wrong = {}
    for sample in shipped_dataset("public_documents"):
        scores = score(sample, Given.of(ask(assistant, sample.turns[-1])))
        if problems := [s.explanation for s in scores if not s.right]:
            wrong[sample.id] = problems
    assert len(wrong) <= 2, wrong


def test_ingesting_again_changes_nothing(
    assistant: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = assistant.holdings()
    main(
        [
            "--data-dir",
            str(assistant.settings.data_dir),
            "ingest",
            str(SHARED / "seeds"),
        ]
    )
    assert "unchanged" in capsys.readouterr().err
    assistant.reload()
    assert assistant.holdings() == before
