"""The import contracts hold, and each of them would notice if it did not.

A contract with a misspelt module is kept for ever. So the rooms are copied, an import that the
contract forbids is written into the copy, and the contract must break.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
CONTRACTS: list[dict[str, Any]] = CONFIG["contracts"]
PROTECTED = [c for c in CONTRACTS if c["type"] == "protected"]
LAYERED = [c for c in CONTRACTS if c["type"] == "layers"]
CODE = [path for room in CONFIG["root_packages"] for path in (ROOT / room).rglob("*.py")]
EVERYWHERE = {"numpy", "pydantic"}  # arrays and checks of input: no door, on purpose
BYSTANDER = "corpus/errors.py"  # no contract lets it import anything


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rooms' code and the contracts, to be broken at will."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path in CODE:
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return tmp_path


def verdicts(copy: Path) -> tuple[dict[str, bool], str]:
    """Whether each contract is kept, by its name, and the whole report."""
    lint = Path(sys.executable).with_name("lint-imports")
    command = [str(lint), "--no-cache"]
    wide = {**os.environ, "COLUMNS": "200"}  # one contract, one line
    report = subprocess.run(command, cwd=copy, env=wide, capture_output=True, text=True).stdout
    found = re.findall(r"^(.+) (KEPT|BROKEN)", report, re.MULTILINE)
    return {name: verdict == "KEPT" for name, verdict in found}, report


def add_import(copy: Path, file: str, module: str) -> None:
    with (copy / file).open("a", encoding="utf-8") as code:
        code.write(f"\nimport {module}\n")


def lowest_and_highest(contract: dict[str, Any]) -> tuple[str, str]:
    """The ends of a stack of layers, as far as they exist."""
    [container] = contract.get("containers", [""])
    rooms = [re.split(r"\W+", layer.strip("()"))[0] for layer in contract["layers"]]
    names = [f"{container}.{room}".lstrip(".") for room in rooms]
    there = [n for n in names if file_of(n)]
    return there[-1], there[0]


def libraries_of(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in plain | parts}


def file_of(module: str) -> str:
    stem = module.replace(".", "/")
    choices = (f"{stem}.py", f"{stem}/__init__.py")
    return next((name for name in choices if (ROOT / name).is_file()), "")


def test_every_library_has_its_doors() -> None:
    guarded = {library for contract in PROTECTED for library in contract["protected_modules"]}
    ours = {*CONFIG["root_packages"], *sys.stdlib_module_names, *EVERYWHERE}
    used = {name for path in CODE for name in libraries_of(path)} - ours
    assert used - guarded == set()


def test_every_contract_is_kept(copy: Path) -> None:
    kept, report = verdicts(copy)
    assert kept == {contract["name"]: True for contract in CONTRACTS}, report


def test_a_library_let_in_by_another_door_is_noticed(copy: Path) -> None:
    libraries = [library for contract in PROTECTED for library in contract["protected_modules"]]
    for library in libraries:
        add_import(copy, BYSTANDER, library)
    kept, report = verdicts(copy)
    assert {c["name"]: kept[c["name"]] for c in PROTECTED} == {c["name"]: False for c in PROTECTED}
    assert [name for name in libraries if f"corpus.errors -> {name}" not in report] == []


@pytest.mark.parametrize("contract", LAYERED, ids=lambda contract: contract["id"])
def test_a_room_that_reaches_upstairs_is_noticed(copy: Path, contract: dict[str, Any]) -> None:
    lowest, highest = lowest_and_highest(contract)
    add_import(copy, file_of(lowest), highest)
    kept, report = verdicts(copy)
    assert not kept[contract["name"]], report
