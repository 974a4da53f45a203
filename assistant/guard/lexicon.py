"""The words the rules are written in: body parts, concepts and cues, read from `lexicons/*.toml`.

Checked whole at load: an unknown key, a phrase that does not parse or a name that stands for
nothing stops the start, because a guard that silently lacks a word is worse than none.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import RulesError
from assistant.guard.patterns import Names, Phrase, PhraseBook, parse_all
from assistant.guard.spelling import Vocabulary, read_real_words

FOLDER = Path(__file__).parent / "lexicons"
CUES = frozenset(
    "negator weak_negator not_negator seeming past not_past present resolved not_resolved"
    " hypothetical general fiction animal idiom presumed other_person self_person stop verb"
    " afterwards_no subject".split()
)
"""What the reading of a sentence needs besides the rules' own concepts; all must be there."""
Kind = TypeVar("Kind", bound=BaseModel)
_Text = Annotated[str, Field(min_length=1)]
_Texts = Annotated[tuple[_Text, ...], Field(min_length=1)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Part(_Data):
    phrases: _Texts


class _Concept(_Data):
    phrases: _Texts
    history: bool = False
    lasting: bool = False
    part: str | None = None
    local: bool = False
    setting: bool = False
    personal: bool = False


class _File(_Data):
    words: dict[str, _Texts] = {}
    spelling: dict[str, _Text] = {}
    part: dict[str, _Part] = {}
    zone: dict[str, _Texts] = {}
    concept: dict[str, _Concept] = {}
    cue: dict[str, _Part] = {}


@dataclass(frozen=True, slots=True)
class Concept:
    """Something a rule can ask for."""

    name: str
    history: bool = False
    """It counts though it is past: a clot once had, a flight last week."""
    lasting: bool = False
    """It counts though it has passed off: fainting, coughing blood."""
    part: str | None = None
    """The body part it says by itself."""
    local: bool = False
    """It belongs to no body part, or says its own; none is looked for."""
    setting: bool = False
    """It says when, where or how long; no sign by itself."""
    personal: bool = False
    """It is somebody's own and cannot be borrowed: a mother's clot says little of the reader."""


@dataclass(frozen=True)
class GuardLexicon:
    """Everything words are looked up in."""

    concepts: Mapping[str, Concept]
    zones: Mapping[str, frozenset[str]]
    """Zone, or body part, to the body parts in it."""
    parts: PhraseBook
    phrases: PhraseBook
    """Concepts by name, cues as "cue:NAME"."""
    vocabulary: Vocabulary


def read_guard_lexicon(folder: Path = FOLDER, extra: Iterable[Path] = ()) -> GuardLexicon:
    """The lexicon of every *.toml in `folder` and the files `extra`. Raises RulesError."""
    shipped = sorted(folder.glob("*.toml"))
    if not shipped:
        raise RulesError(f"No lexicon in {folder.name}/. Reinstall Soleus: the guard needs it.")
    merged = _merge([(path.name, read_toml(path, _File)) for path in (*shipped, *extra)])
    return _build(merged)


def read_toml(path: Path, kind: type[Kind]) -> Kind:
    """A file of the guard, checked. Raises RulesError, naming file and place."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise RulesError(f"Safety file {path.name}: {reason}. Soleus does not start.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"Safety file {path.name} is not valid TOML: {error}.") from None
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(map(str, each['loc']))}: {each['msg']}"
            for each in error.errors(include_url=False, include_input=False)[:5]
        )
        raise RulesError(f"Safety file {path.name}: {places}.") from None


def _merge(files: list[tuple[str, _File]]) -> _File:
    """One lexicon; a concept in two files has the phrases of both and the flags of the first."""
    words: dict[str, tuple[str, ...]] = {}
    spelling: dict[str, str] = {}
    parts: dict[str, _Part] = {}
    zones: dict[str, tuple[str, ...]] = {}
    concepts: dict[str, _Concept] = {}
    cues: dict[str, _Part] = {}
    for _, file in files:
        for name, listed in file.words.items():
            words[name] = (*words.get(name, ()), *listed)
        spelling |= file.spelling
        for name, part in file.part.items():
            parts[name] = _joined(parts.get(name), part)
        for name, listed in file.zone.items():
            zones[name] = (*zones.get(name, ()), *listed)
        for name, cue in file.cue.items():
            cues[name] = _joined(cues.get(name), cue)
        for name, concept in file.concept.items():
            before = concepts.get(name)
            concepts[name] = (
                before.model_copy(update={"phrases": (*before.phrases, *concept.phrases)})
                if before
                else concept
            )
    return _File(words=words, spelling=spelling, part=parts, zone=zones, concept=concepts, cue=cues)


def _joined(before: _Part | None, more: _Part) -> _Part:
    return _Part(phrases=(*before.phrases, *more.phrases)) if before else more


def _build(file: _File) -> GuardLexicon:
    zones = {name: frozenset({name}) for name in file.part}
    for name, members in file.zone.items():
        if unknown := sorted(set(members) - set(file.part)):
            raise RulesError(f"Zone {name!r} names body parts that are not there: {unknown}.")
        zones[name] = frozenset(members)
    classes = {name: frozenset(listed) for name, listed in file.words.items()}
    if clash := sorted(zones.keys() & classes.keys()):
        raise RulesError(f"Both a class of words and a body part or zone: {clash}.")
    if missing := sorted(CUES - file.cue.keys()):
        raise RulesError(f"Cues are missing: {missing}.")
    if unknown := sorted(file.cue.keys() - CUES):
        raise RulesError(f"Nothing reads these cues: {unknown}.")
    names = Names(classes, zones, file.spelling)
    parts = _parsed({name: part.phrases for name, part in file.part.items()}, names)
    phrases = [
        *_parsed({name: concept.phrases for name, concept in file.concept.items()}, names),
        *_parsed({f"cue:{name}": cue.phrases for name, cue in file.cue.items()}, names),
    ]
    for name, concept in file.concept.items():
        if concept.part is not None and concept.part not in file.part:
            raise RulesError(f"Concept {name!r}: there is no body part {concept.part!r}.")
    return GuardLexicon(
        concepts={
            name: Concept(name, c.history, c.lasting, c.part, c.local, c.setting, c.personal)
            for name, c in file.concept.items()
        },
        zones=zones,
        parts=PhraseBook(parts),
        phrases=PhraseBook(phrases),
        vocabulary=Vocabulary(
            _words_of(phrase for _, phrase in (*parts, *phrases)), read_real_words(), file.spelling
        ),
    )


def _parsed(named: Mapping[str, _Texts], names: Names) -> list[tuple[str, Phrase]]:
    return [
        (name, phrase)
        for name, texts in named.items()
        for text in texts
        for phrase in parse_all(text, names)
    ]


def _words_of(phrases: Iterable[Phrase]) -> Iterator[str]:
    for phrase in phrases:
        for element in phrase.elements:
            yield from element.words
