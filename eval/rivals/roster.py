"""Who is asked, what each cannot do, and how each is built and opened."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from assistant.encoding import choice_of
from assistant.settings import Settings
from assistant.wire import documents_of, encoder_of, rebuild_index
from corpus import Span
from eval.rivals.reply import Finder, Quoting, RivalError
from eval.transcript import Provider, Ranker
from index.choosing import weights_folder

OURS = "soleus"
_SHOWN = 2
"""Passages a reply shows: LlamaIndex's default number of results."""
_NEVER = (
    "cannot say that it has no answer, name who speaks, read a follow-up, ask back or warn of an"
    " alarm sign; it needs a language model to word an answer"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A contestant ready to be asked."""

    provider: Provider
    ranker: Ranker
    units: tuple[Span, ...]
    """Everything it can find."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One contestant."""

    title: str
    what: str
    """What was set up, in a line."""
    cannot: str
    build: Callable[[Settings, Path], None]
    """Writes an index into a folder. Raises RivalError, PassageIndexError."""
    open: Callable[[Settings, Path], Opened]
    """Opens it again. Raises RivalError, PassageIndexError."""
    abstains: bool = False
    """Whether it can say that there is no answer."""
    package: str = ""
    """Optional package it needs, of the extra `rivals`."""

    @property
    def absent(self) -> str:
        """Why it cannot run here, and what to do; empty if it can."""
        if not self.package or find_spec(self.package):
            return ""
        return f"{self.package} is not installed; run: pip install -e '.[rivals]'"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who was tried and cannot run."""

    title: str
    reason: str


def _quoting(title: str, finder: Finder, settings: Settings, shown: int = _SHOWN) -> Opened:
    made = Quoting(title, finder, documents_of(settings), shown)
    return Opened(made, made, finder.units)


def _build_soleus(settings: Settings, folder: Path) -> None:
    rebuild_index(_at(settings, folder), force=True)


def _open_soleus(settings: Settings, folder: Path) -> Opened:
    from eval.providers.local import Soleus

    made = Soleus.open(_at(settings, folder))
    return Opened(made, made, tuple(each.span for each in made.assistant.shelf.passages))


def _at(settings: Settings, folder: Path) -> Settings:
    moved = settings.index.model_copy(update={"folder": folder})
    return settings.model_copy(update={"index": moved})


def _build_llama(settings: Settings, folder: Path) -> None:
    from eval.peers import build_and_persist

    build_and_persist(documents_of(settings), encoder_of(settings), folder)


def _open_llama(settings: Settings, folder: Path) -> Opened:
    from eval.rivals.llama import LlamaFinder

    finder = LlamaFinder.open(folder, encoder_of(settings), documents_of(settings))
    return _quoting("LlamaIndex", finder, settings)


def _build_bm25(settings: Settings, folder: Path) -> None:
    from eval.rivals.passages import cut

    cut(documents_of(settings), encoder_of(settings), folder)


def _open_bm25(settings: Settings, folder: Path) -> Opened:
    from eval.rivals.passages import Bm25Finder, kept_passages

    return _quoting("BM25 only", Bm25Finder(kept_passages(folder)), settings)


def _build_dense(settings: Settings, folder: Path) -> None:
    from eval.rivals.passages import build_dense

    build_dense(documents_of(settings), encoder_of(settings), folder)


def _open_dense(settings: Settings, folder: Path) -> Opened:
    from eval.rivals.passages import DenseFinder

    return _quoting("Dense only", DenseFinder.open(folder, encoder_of(settings)), settings)


def _build_txtai(settings: Settings, folder: Path) -> None:
    from eval.rivals.txtai_search import build_txtai

    build_txtai(documents_of(settings), weights_folder(choice_of(settings)), folder)


def _open_txtai(settings: Settings, folder: Path) -> Opened:
    from eval.rivals.txtai_search import TxtaiFinder

    return _quoting("txtai", TxtaiFinder(folder, documents_of(settings)), settings, shown=3)


ROSTER = {
    OURS: Entry(
        "Soleus",
        "the assistant as the page opens it",
        "cannot word an answer of its own: it only quotes",
        _build_soleus,
        _open_soleus,
        abstains=True,
    ),
    "llamaindex": Entry(
        "LlamaIndex",
        "VectorStoreIndex, its default splitter and 2 nodes a question, our encoder",
        _NEVER,
        _build_llama,
        _open_llama,
    ),
    "bm25": Entry(
        "BM25 only", "our passages by their words, best 2", _NEVER, _build_bm25, _open_bm25
    ),
    "dense": Entry(
        "Dense only", "our passages by meaning, best 2", _NEVER, _build_dense, _open_dense
    ),
    "txtai": Entry(
        "txtai",
        "hybrid search over single sentences, best 3 (the context its RAG takes), our encoder",
        _NEVER,
        _build_txtai,
        _open_txtai,
        package="txtai",
    ),
}
LEFT_OUT = (
    LeftOut(
        "Extractive reader",
        "Haystack 3 has none any more; txtai's Questions pipeline runs, but wants weights trained"
        " to cut out answers, and no package that ships any was found",
    ),
)


def entry_of(name: str) -> Entry:
    """One contestant. Raises RivalError for a name that is none."""
    if name not in ROSTER:
        raise RivalError(f"No rival is called {name}. There are: {', '.join(ROSTER)}")
    return ROSTER[name]
