"""Whether a file can be a model file, told before a process is started for it."""

from pathlib import Path

from assistant.models.model import Failure, ModelError

_MAGIC = b"GGUF"
GET_ONE = "python -m assistant models list shows models to get"


def require_gguf(path: Path) -> None:
    """Raise ModelError where there is no file, or it begins as no GGUF file does."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise ModelError(
            Failure.NO_RUNTIME,
            f"The model file {path.name} of [llm] gguf: {reason}. Check the path; {GET_ONE}.",
        ) from None
    if start != _MAGIC:
        raise ModelError(
            Failure.NO_RUNTIME,
            f"{path.name}, named by [llm] gguf, is no GGUF model file. Name one; {GET_ONE}.",
        )
