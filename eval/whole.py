"""Files are written whole or not at all."""

from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Puts `content` at `path`, text as UTF-8: whoever reads finds the old file or the new one."""
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
    unfinished.replace(path)
