"""Messages, replies and assistants put together by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.admit import AdmitSettings
from assistant.bearing import Bearing
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reading.lexicon import read_lexicon
from assistant.reading.reader import Reader
from assistant.reading.spelling import Speller
from assistant.release import read_topics
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Alert,
    Answer,
    AnswerItem,
    AnswerSentence,
    Citation,
    Clarification,
    Escalation,
    EvidenceNote,
    ItemKind,
    NearbyTopic,
    Notice,
    Reply,
)
from assistant.reply import Level as Haste
from assistant.select import SelectSettings
from assistant.shelf import Shelf
from assistant.texts import HeldTexts
from assistant.weights import Weights
from assistant.why import Rejected, Used, Why
from corpus import Document, Span
from eval.cases.case import Half, Level
from eval.safety.messages import Message
from eval.safety.triage import Judged, Seen
from tests.assistant.made import FakeSearcher, passage
from tests.eval.rivals.shelf import document

HEELS = document("heels", "Heels down for sixty seconds. Then walk about.")
SHELF: Mapping[str, Document] = {HEELS.id: HEELS}
NOTHING = Why("", (), "")


def message(
    name: str = "m-1",
    level: Level = Level.URGENT,
    *turns: str,
    rules: Sequence[str] = (),
    kind: str = "plain",
    half: Half = Half.DEV,
) -> Message:
    """One message."""
    return Message(name, half, turns or ("one leg swollen",), level, frozenset(rules), kind)


def judged(wanted: Level, got: Level, **more: object) -> Judged:
    """A message of one level that was read as another."""
    fired = more.pop("fired", ())
    assert isinstance(fired, tuple)
    return Judged(message("m-1", wanted, **more), Seen(got, fired))  # type: ignore[arg-type]


def notice(level: Haste = Haste.URGENT, act: str = "Ring today.", avoid: str = "") -> Notice:
    """What one rule says."""
    return Notice("RF02", level, act, "It may be a clot.", avoid, "", (), (), "none yet")


def alert(level: Haste = Haste.URGENT) -> Alert:
    """A warning of one notice."""
    return Alert((notice(level),))


def answer(*sentences: str, source: Document = HEELS, **more: object) -> Answer:
    """An answer that quotes these sentences of a text; one that is not there is cited falsely."""
    said = []
    for n, words in enumerate(sentences, start=1):
        start = max(source.text.find(words), 0)
        span = Span(source.id, start, start + len(words))
        whole = passage(words, document=source.id, start=start)
        said.append(AnswerSentence(words, (Citation(n, whole, span),)))
    item = AnswerItem(ItemKind.STATEMENT, "An article says:", tuple(said))
    return Answer((item,), NOTHING, **more)  # type: ignore[arg-type]


def abstention(
    reason: AbstentionReason = AbstentionReason.NOT_COVERED,
    message: str = "Not here.",
    why: Why = NOTHING,
) -> Abstention:
    """Nothing is said."""
    topic = NearbyTopic("Heels", "How long are heels held?")
    return Abstention(reason, message, (topic,), "Ask a physio.", why)


def emergency() -> Escalation:
    """Fixed words only."""
    return Escalation(alert(Haste.EMERGENCY), "Dutch words")


def clarification() -> Clarification:
    """A choice."""
    return Clarification("Which one?", (NearbyTopic("Heels", "How long?"),), NOTHING, alert())


def note(text: str = "Evidence is mixed.") -> EvidenceNote:
    """A note of ours."""
    return EvidenceNote("n", "Salt", text, ())


def looked_at(*texts: str) -> Why:
    """A record: the first text was used, the others left out."""
    span = Span("heels", 0, 5)
    left = tuple(Rejected(span, "", text, 0.0, "") for text in texts[1:])
    return Why("as read", (), "", (Used(span, "", texts[0], 1.0, ()),), left)


def bare_assistant() -> Assistant:
    """The shipped guard and lexicon over an empty shelf."""
    lexicon = read_lexicon()
    return Assistant(
        reader=Reader(lexicon, Speller(lexicon.words)),
        searcher=FakeSearcher(),
        bearing=Bearing((), lexicon, Weights()),
        shelf=Shelf(HeldTexts(()), (), (), ()),
        lexicon=lexicon,
        admit_settings=AdmitSettings(0.0),
        select_settings=SelectSettings(),
        top_k=5,
        guard=open_guard(read_contacts("UK")),
        topics=read_topics(),
    )


@dataclass
class Replies:
    """Replies as it is told; remembers what it was asked."""

    to: Callable[[Question], Reply]

    def __post_init__(self) -> None:
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Reply:
        """The reply it was made with."""
        self.asked.append(question)
        return self.to(question)


def always(reply: Reply) -> Replies:
    """The same reply to everything."""
    return Replies(lambda _question: reply)


def look(turns: Sequence[str]) -> Seen:
    """A guard that knows two words, and hears no denial."""
    text = " ".join(turns)
    if "chest" in text:
        return Seen(Level.EMERGENCY, ("RF01",))
    return Seen(Level.URGENT, ("RF02",)) if "swollen" in text else Seen(Level.SELF_CARE, ())
