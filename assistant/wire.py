"""The only place that chooses real parts: settings in, a working assistant out."""

from pathlib import Path

from assistant.admit import AdmitSettings
from assistant.bearing import Bearing
from assistant.checking.check import Checker
from assistant.documents import documents_of as documents_of  # found here by many
from assistant.documents import sources_of
from assistant.encoding import Told, asking_encoder, building_encoder, still_fits
from assistant.engines import engine_of as engine_of
from assistant.guard.guard import Guard
from assistant.guarding import guard_of
from assistant.models.model import Model
from assistant.pipeline import Assistant, Stage, untimed
from assistant.reading.lexicon import read_lexicon
from assistant.reading.reader import Reader
from assistant.reading.spelling import Speller
from assistant.release import read_topics
from assistant.select import SelectSettings
from assistant.settings import Settings
from assistant.shelf import Shelf, ShelfTopic
from assistant.weights import Weights
from assistant.writing.rewrite import REWRITE_SECONDS, Rewriter
from assistant.writing.writer import Writer
from corpus import Document, load_documents
from corpus.disagreements import load_disagreements
from corpus.library.library import Library
from corpus.notes import load_notes
from corpus.out_of_scope import load_out_of_scope
from corpus.products import load_products
from index import Passage
from index.build import BuildSummary, sync_index
from index.choosing import AnyEncoder
from index.encode import Progress
from index.engine import Engine
from index.errors import IndexNotBuiltError
from index.opening import open_live
from index.shelf_index import ShelfIndex


def encoder_of(settings: Settings) -> AnyEncoder:
    """The encoder for questions to the index as it is, not loaded yet. Raises EncoderError."""
    return asking_encoder(settings, engine_of(settings))


def rebuild_index(
    settings: Settings,
    *,
    force: bool = False,
    progress: Progress | None = None,
    own: Library | None = None,
    encoder: AnyEncoder | None = None,
    told: Told | None = None,
) -> BuildSummary:
    """Build the index unless a sound one is there. Raises CorpusError, PassageIndexError.

    `own`: the club's documents as they are about to be. `encoder`: one that is loaded already;
    it is used if it is the one the index was made with. `told`: as in `building_encoder`.
    """
    engine = engine_of(settings)
    if encoder is None or force or not still_fits(encoder, engine):
        encoder = building_encoder(settings, engine, force=force, told=told)
    return sync_index(
        engine,
        sources_of(settings, own),
        encoder,
        path=Path(settings.index.folder),
        out_of_scope=load_out_of_scope(),
        force=force,
        progress=progress,
    )


def indexed_passages(settings: Settings, document_id: str) -> tuple[Passage, ...]:
    """A document's passages as the index has them now; none if it has none.

    Raises DamagedIndexError.
    """
    try:
        opened = engine_of(settings).open()
    except IndexNotBuiltError:
        return ()
    return ShelfIndex(opened, encoder_of(settings)).passages_of(document_id)


def open_assistant(
    settings: Settings,
    encoder: AnyEncoder | None = None,
    stage: Stage = untimed,
    guard: Guard | None = None,
    engine: Engine | None = None,
    model: Model | None = None,
) -> Assistant:
    """An assistant over the built index. Loads no encoder: the first question does.

    What a club has added counts as it is in the index, whatever lies in its folder by now.

    `guard`, `engine`: ones that are open already; else they are opened here. `model`: the language
    model that words answers; none is opened here, so that one outlives a change of the index.

    Raises CorpusError, PassageIndexError (index missing or stale, with the command that builds
    it), LexiconError, RulesError.
    """
    documents = load_documents()
    opened = open_live(
        documents,
        encoder or encoder_of(settings),
        engine or engine_of(settings),
        out_of_scope=load_out_of_scope(),
    )
    return assemble(documents, opened, settings, stage, guard, model)


def assemble(
    documents: tuple[Document, ...],
    opened: ShelfIndex,
    settings: Settings,
    stage: Stage = untimed,
    guard: Guard | None = None,
    model: Model | None = None,
) -> Assistant:
    """An assistant over an opened index; `documents` are those that came with Soleus."""
    lexicon = read_lexicon()
    answer, llm = settings.answer, settings.llm
    checker = Checker.load() if model else None
    return Assistant(
        reader=Reader(lexicon, Speller(lexicon.words, opened.vocabulary)),
        searcher=opened,
        bearing=Bearing(opened, lexicon, Weights()),
        shelf=shelf_of(documents, opened),
        lexicon=lexicon,
        admit_settings=AdmitSettings(answer.threshold),
        select_settings=SelectSettings(answer.max_items, answer.max_words),
        top_k=answer.passages,
        guard=guard or guard_of(settings),
        topics=read_topics(),
        contact=settings.operator.contact,
        stage=stage,
        writer=Writer(model, checker, llm.max_tokens) if model and checker else None,
        rewriter=(
            Rewriter(model, checker.words, min(REWRITE_SECONDS, llm.deadline))
            if model and checker and llm.rewrite
            else None
        ),
    )


def shelf_of(documents: tuple[Document, ...], opened: ShelfIndex) -> Shelf:
    """Passages, topics, disagreements, products and evidence notes of the documents."""
    topics = tuple(
        ShelfTopic(document.id, topic.name, topic.question)
        for document in documents
        for topic in document.topics
    )
    return Shelf(
        opened,
        topics,
        load_disagreements(documents),
        load_products(documents),
        load_notes(documents),
    )
