"""A Dockerfile as data: its stages, and what each of them does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction."""

    word: str
    rest: str


@dataclass(frozen=True, slots=True)
class Stage:
    """From one FROM to the next."""

    base: str
    name: str
    steps: tuple[Step, ...]

    def all_of(self, word: str) -> tuple[str, ...]:
        """What stands behind each instruction of this kind."""
        return tuple(step.rest for step in self.steps if step.word == word)

    @property
    def environment(self) -> dict[str, str]:
        """What its ENV and ARG lines set; what is said to a build comes before an ARG's default."""
        pairs = " ".join((*self.all_of("ARG"), *self.all_of("ENV")))
        return {name: value.strip('"') for name, value in re.findall(r'(\w+)=("[^"]*"|\S*)', pairs)}


def read_dockerfile(path: Path) -> tuple[Stage, ...]:
    """The stages of a file."""
    steps = tuple(_steps(path.read_text("utf-8")))
    starts = [at for at, step in enumerate(steps) if step.word == "FROM"]
    return tuple(
        _stage(steps[at:end]) for at, end in zip(starts, [*starts[1:], len(steps)], strict=True)
    )


def _steps(text: str) -> Iterator[Step]:
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for line in re.sub(r"\\\n\s*", "", bare).splitlines():
        if line.strip():
            word, _, rest = line.partition(" ")
            yield Step(word, rest.strip())


def _stage(steps: tuple[Step, ...]) -> Stage:
    base, _, name = steps[0].rest.partition(" AS ")
    return Stage(base, name, steps[1:])
