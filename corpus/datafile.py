"""The one way a TOML data file of the shelf is read: parsed, validated, or refused."""

import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from corpus.errors import InvalidCatalogError

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\r\n]+$")]
"""A line of text that says something."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A stable name made of lower-case words and hyphens."""


class DataModel(BaseModel):
    """Base of everything read from a data file: never changed, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_Model = TypeVar("_Model", bound=BaseModel)


def read_data(path: Path, model: type[_Model]) -> _Model:
    """The file at `path` as a `model`.

    Raises:
        InvalidCatalogError: the file is absent, is no TOML, or does not validate.
    """
    try:
        return parse_data(path.read_text(encoding="utf-8"), path.name, model)
    except OSError as problem:
        raise InvalidCatalogError(
            f"{path.name} cannot be read ({problem.strerror}). "
            f"Put it back at {path}, for example with: git checkout -- {path}"
        ) from problem
    except UnicodeDecodeError as problem:
        raise InvalidCatalogError(f"{path.name} is not UTF-8. Save it as UTF-8.") from problem


def parse_data(content: str, name: str, model: type[_Model]) -> _Model:
    """The content of a data file called `name` as a `model`; raises as `read_data` does."""
    try:
        return model.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as problem:
        raise InvalidCatalogError(f"{name} is not valid TOML: {problem}. Mend that line.") from None
    except ValidationError as problem:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in error['loc']) or 'the whole file'}: {error['msg']}"
            for error in problem.errors(include_url=False, include_input=False)
        )
        raise InvalidCatalogError(
            f"{name} is not as corpus/README.md describes it: {wrong}. Mend these entries."
        ) from None
