"""The rules of the house that no linter knows."""

import ast
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED_TEXTS = ROOT.parent / "shared" / "corpus"
ROOMS = ("corpus", "index", "assistant", "eval")
DATA_FOLDERS = (
    "corpus/texts",
    "index/artifacts",
    "assistant/prompts",
    "assistant/rules",
    "eval/questions",
    "eval/results",
    "tests/golden",
)
LONGEST_MODULE = 300
LONGEST_COPY = 7  # words in a row that may stand in a source text as well
HEAVY = ("bm25s", "faiss", "gradio", "llama_index", "openai", "sentence_transformers", "torch")


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is tracked by git or about to be."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what belongs to the project is not known")
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(
        ROOT / name for name in sorted(listing.split("\0")) if name and (ROOT / name).is_file()
    )


@cache
def python_files() -> tuple[Path, ...]:
    return tuple(path for path in project_files() if path.suffix == ".py")


@cache
def texts() -> dict[str, str]:
    """Every project file that can be read as text, by its path from the root."""
    readable = {}
    for path in project_files():
        try:
            readable[name_of(path)] = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return readable


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of(path: Path) -> Iterator[str]:
    """Dotted names a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def names_bound_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)


def test_the_project_has_files_to_judge() -> None:
    assert ROOT / "pyproject.toml" in project_files()
    assert Path(__file__).resolve() in python_files()


@pytest.mark.parametrize("folder", DATA_FOLDERS)
def test_data_folders_hold_no_code(folder: str) -> None:
    assert [name_of(p) for p in python_files() if p.is_relative_to(ROOT / folder)] == []


def test_no_module_is_longer_than_a_few_screens() -> None:
    lengths = {name_of(p): len(p.read_text("utf-8").splitlines()) for p in python_files()}
    rooms = (*(f"{room}/" for room in ROOMS), "app.py")
    too_long = {n: k for n, k in lengths.items() if n.startswith(rooms) and k > LONGEST_MODULE}
    assert too_long == {}


def test_no_test_folder_is_a_package() -> None:
    """`tests/index/__init__.py` would shadow `index` and break collection."""
    assert [
        p for p in python_files() if p.is_relative_to(ROOT / "tests") and p.stem == "__init__"
    ] == []


def test_nobody_binds_the_name_eval() -> None:
    """`import eval.case` would hide the builtin; `from eval.case import Case` does not."""
    assert [name_of(p) for p in python_files() if "eval" in names_bound_by(p)] == []


def test_nobody_imports_the_front_door() -> None:
    guests = [name_of(p) for p in python_files() if "app" in imports_of(p)]
    assert [name for name in guests if not name.startswith("tests/")] == []


def test_the_front_door_opens_by_itself() -> None:
    """app.py is no package, so the import contracts cannot see it: it is held to them here."""
    allowed = {"assistant"} | sys.stdlib_module_names
    assert {name.split(".")[0] for name in imports_of(ROOT / "app.py")} - allowed == set()


def test_every_library_in_use_is_declared() -> None:
    declared = {canonical(name) for name in declared_requirements("dev", "load", "rivals")}
    ours = {*ROOMS, "tests", "app"} | sys.stdlib_module_names
    used = {name.split(".")[0] for path in python_files() for name in imports_of(path)} - ours
    distributions = packages_distributions()
    undeclared = {
        name
        for name in used
        # One that is not installed here (an optional rival) goes by its own name.
        if declared.isdisjoint(map(canonical, distributions.get(name, [name])))
    }
    assert undeclared == set()


def test_every_declared_library_is_pinned() -> None:
    pins = re.findall(r"^([\w.-]+)==[\w.]+$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert {canonical(n) for n in declared_requirements()} - {canonical(n) for n in pins} == set()


def declared_requirements(*extras: str) -> list[str]:
    """What is always needed, and what these extras add ("dev" unless others are named)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    added = [project["optional-dependencies"][extra] for extra in extras or ("dev",)]
    wanted = [*project["dependencies"], *(each for extra in added for each in extra)]
    return [re.split(r"[^\w.-]", requirement, maxsplit=1)[0] for requirement in wanted]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_file_knows_whose_machine_it_was_written_on() -> None:
    # Spelled in two halves, so that this file does not accuse itself.
    places = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/var/fol" + "ders/"]
    hosts = ["py" + "pi.org", "python" + "hosted.org", "download.py" + "torch.org"]
    hosts += ["npm" + "js.org", "deb.deb" + "ian.org"]
    found = {(n, w) for n, text in texts().items() for w in (*places, *hosts) if w in text}
    assert found == set()


def test_the_vocabulary_loads_without_the_machinery() -> None:
    """Types and tests must not wait seconds for a neural network they do not use."""
    code = (
        "import sys, corpus, index, assistant, assistant.reply, assistant.question\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names_the_two_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text("utf-8")


def test_the_changelog_says_what_the_version_in_hand_brings() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[({re.escape(version)}|Unreleased)\]", changelog, re.MULTILINE)


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(RuntimeError, match="offline"):
        socket.create_connection(("192.0.2.1", 9), timeout=1)  # an address nobody owns
    with pytest.raises(RuntimeError, match="offline"):
        socket.getaddrinfo("soleus.invalid", 80)


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def runs_of(text: str) -> Iterator[tuple[str, ...]]:
    words = words_of(text)
    return zip(*(words[k:] for k in range(LONGEST_COPY + 1)), strict=False)


def copies(ours: Iterable[tuple[str, str]], theirs: Iterable[str]) -> list[str]:
    known = {run for text in theirs for run in runs_of(text)}
    return [f"{n}: {' '.join(run)}" for n, text in ours for run in runs_of(text) if run in known]


def test_a_copied_sentence_would_be_noticed() -> None:
    source = "Keep the heel down, and hold the stretch for thirty seconds."
    ours = [("ours", "you should keep the heel\ndown and hold the STRETCH briefly")]
    assert copies(ours, [source]) == ["ours: keep the heel down and hold the stretch"]


def test_no_sentence_of_a_source_text_was_copied() -> None:
    if not SHARED_TEXTS.is_dir():
        pytest.skip("the source texts are not beside this checkout: nothing to compare with")
    sources = sorted(p for p in SHARED_TEXTS.iterdir() if p.suffix in {".txt", ".jsonl"})
    assert sources
    assert copies(texts().items(), (p.read_text("utf-8") for p in sources)) == []
