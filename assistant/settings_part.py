"""What every part of the settings is: frozen, and without unknown keys."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The folder of app.py, where relative paths in the settings start."""


class Part(BaseModel):
    """One section of the settings."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, use_attribute_docstrings=True
    )
