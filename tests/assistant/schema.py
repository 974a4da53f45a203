"""The documented shape of a reply as JSON."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "reply.schema.json"


def schema() -> dict[str, Any]:
    """The schema as it stands in docs/."""
    read: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return read


@cache
def _validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def faults(payload: object) -> list[str]:
    """Everything in a payload that the schema does not allow; empty when it is as documented."""
    return [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(payload)]
