from __future__ import annotations

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assistant", "tools", "corpus", "index", "tui", "evals")


def modules_after(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_help_imports_nothing_heavy() -> None:
    loaded = modules_after(
        "import contextlib, io\n"
        "from assistant.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()) as out:\n"
        "    with contextlib.suppress(SystemExit):\n"
        "        main(['--help'])\n"
        "assert 'chat' in out.getvalue()"
    )
    heavy = {
        "torch", "chromadb", "langchain", "langchain_core", "pandas", "textual",
        "sentence_transformers", "onnxruntime", "numpy", "shapely", "pyarrow",
    }  # fmt: skip
    assert not loaded & heavy


@pytest.mark.parametrize("package", PACKAGES)
def test_package_name_belongs_to_this_project_alone(package: str) -> None:
    owners = set(packages_distributions().get(package, ["placements"]))
    assert owners == {"placements"}


@pytest.mark.parametrize("package", PACKAGES)
def test_package_imported_is_the_one_in_this_tree(package: str) -> None:
    module = __import__(package)
    assert module.__file__ is not None
    assert Path(module.__file__).parent == ROOT / package


def test_asking_never_imports_torch(region_dir: Path) -> None:
    loaded = modules_after(
        "from pathlib import Path\n"
        "from assistant.engine import Assistant\n"
        "from assistant.settings import Settings\n"
        f"assistant = Assistant.open(Settings(data_dir=Path({str(region_dir)!r})))\n"
        "assistant.answer('which homes near Kent take a boy of 14?')\n"
        "assistant.answer('what do the reports say about missing episodes?')"
    )
    assert not loaded & {"torch", "sentence_transformers", "transformers", "textual"}


def test_every_module_is_of_readable_length() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long
