"""What Soleus may say: four honest endings and the record of why.

Shape learned from paper-qa's Context/Answer split and haiku.rag's citation ledger: a reply holds
citations as data, never as text to be split apart again.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.why import Why
from index import Passage, Span


class Level(StrEnum):
    """How soon somebody must be seen. SELF_CARE: no rule fired, which promises nothing."""

    SELF_CARE = "self_care"
    SEE_PROFESSIONAL = "see_professional"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 for self-care to 3 for an emergency."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class NoticeSource:
    """Who says what a notice or a note says."""

    organisation: str
    title: str
    checked: date | None
    """When we read it; None where only a year is known, which the title then says."""
    tag: str
    """How: "P" the organisation's own page or paper, "M" a copy of it, "S" a report of it."""
    address: str = ""
    """Without a scheme; shown, never followed. Empty where we know none."""


@dataclass(frozen=True, slots=True)
class Call:
    """A number that can be tapped."""

    number: str
    """As people read it, e.g. "116 123"."""

    @property
    def dial(self) -> str:
        """Digits only, with a leading plus where there is one."""
        return "".join(mark for mark in self.number if mark.isdigit() or mark == "+")


@dataclass(frozen=True, slots=True)
class Notice:
    """Fixed words about one warning sign, in the order in which they are shown."""

    rule: str
    """Id of the rule that fired."""
    level: Level
    act: str
    """What to do: always the first thing said."""
    because: str
    avoid: str
    """What not to do; may be empty."""
    meanwhile: str
    """What is safe until then; may be empty."""
    calls: tuple[Call, ...]
    sources: tuple[NoticeSource, ...]
    reviewed_by: str
    """Who has checked the rule, or "none yet"."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything said, a paragraph each."""
        said = (self.act, self.because, self.avoid, self.meanwhile)
        return tuple(line for line in said if line)


@dataclass(frozen=True, slots=True)
class Alert:
    """Every warning sign that was read in a conversation; the highest level leads."""

    notices: tuple[Notice, ...]
    """At least one, highest level first."""

    @property
    def level(self) -> Level:
        """Of the first notice."""
        return self.notices[0].level

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that fired."""
        return tuple(notice.rule for notice in self.notices)

    @property
    def message(self) -> str:
        """Every line of every notice, as plain text."""
        return "\n".join(line for notice in self.notices for line in notice.lines)


@dataclass(frozen=True, slots=True)
class EvidenceNote:
    """A short note of ours beside the texts' words: what better evidence says, and who says it."""

    id: str
    about: str
    text: str
    sources: tuple[NoticeSource, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words on the shelf that a sentence rests on."""

    marker: int
    """Number shown to the reader, from 1; within a reply the same words keep one marker."""
    passage: Passage
    """What opens when the citation is followed."""
    span: Span
    """The words highlighted in it; always inside `passage.span`."""

    @property
    def quote(self) -> str:
        """The highlighted words, character for character."""
        base = self.passage.span.start
        return self.passage.text[self.span.start - base : self.span.end - base]

    @property
    def step(self) -> int | None:
        """Which step of a procedure the words stand in; None where the shelf numbers none."""
        for sentence in self.passage.sentences:
            if sentence.step is not None and sentence.span.overlaps(self.span):
                return sentence.step
        return None


class Origin(StrEnum):
    """Who worded a sentence of an answer."""

    QUOTED = "quoted"
    """The shelf: the text is the cited words, character for character."""
    WRITTEN = "written"
    """A language model; checked against the cited words before anybody saw it."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer. Never without a citation."""

    text: str
    citations: tuple[Citation, ...]
    origin: Origin = Origin.QUOTED

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an answer sentence must cite the words it rests on")


class ItemKind(StrEnum):
    """How an item is introduced and laid out."""

    STATEMENT = "statement"
    PROCEDURE = "procedure"
    """Numbered steps, complete and in order."""
    DISAGREEMENT = "disagreement"
    """One side of a known disagreement; sides share the same `group`."""
    PRODUCT = "product"
    """A product mentioned: one poster's opinion or an advert, never a recommendation."""


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One point of an answer: who says it (fixed words of ours) and what they say (quoted)."""

    kind: ItemKind
    attribution: str
    """Fixed connective in plain words, e.g. "One forum poster (reply 4) says:"."""
    sentences: tuple[AnswerSentence, ...]
    group: str = ""
    """Heading shared by neighbouring items, e.g. what a disagreement is about; else empty."""


@dataclass(frozen=True, slots=True)
class NearbyTopic:
    """Something the shelf does cover, offered instead; `question` can be clicked."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Writing:
    """How far a language model had a hand in an answer."""

    model: str
    """Its name, as readers are shown it."""
    passed: int = 0
    """Sentences of its own that stand in the answer."""
    replaced: int = 0
    dropped: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    failure: str = ""
    """What went wrong, in plain words for the reader; empty when nothing did."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Quoted or checked sentences, direct answer first."""

    items: tuple[AnswerItem, ...]
    why: Why
    uncovered: tuple[str, ...] = ()
    """Parts of the question, in the reader's words, that the shelf does not cover."""
    nearby: tuple[NearbyTopic, ...] = ()
    notes: tuple[EvidenceNote, ...] = ()
    alert: Alert | None = None
    foreign: str = ""
    """Fixed words in the reader's own language, when they did not write English."""
    writing: Writing | None = None
    """None where no language model was asked: every sentence is quoted."""
    quotes: tuple[AnswerItem, ...] = ()
    """What the quoting composer says, for the reader who would rather have that; empty where
    `items` are those."""


@dataclass(frozen=True, slots=True)
class Clarification:
    """The question can be read several ways; each choice is a whole question to click."""

    prompt: str
    choices: tuple[NearbyTopic, ...]
    why: Why
    alert: Alert | None = None
    foreign: str = ""


class AbstentionReason(StrEnum):
    """Why nothing is said."""

    NOT_COVERED = "not covered"
    """The shelf holds no answer."""
    SMALL_TALK = "small talk"
    """A greeting, thanks or abuse: answered with fixed words, no search."""
    EMPTY = "empty"
    """Nothing readable was asked."""
    WAIT = "wait"
    """A warning sign comes first: what else was asked is left for later."""
    INSTRUCTION = "instruction"
    """The message tells the program what to do instead of asking something."""
    UNAVAILABLE = "unavailable"
    """Something of ours failed; the reader is told to try again."""


@dataclass(frozen=True, slots=True)
class Abstention:
    """Nothing on the shelf answers, said plainly, with what is near and whom to ask."""

    reason: AbstentionReason
    message: str
    """Fixed words."""
    nearby: tuple[NearbyTopic, ...]
    ask: str
    """Whom to ask instead: the operator's contact, from the settings."""
    why: Why
    notes: tuple[EvidenceNote, ...] = ()
    alert: Alert | None = None
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """An emergency: fixed words and nothing else. Made only by the guard."""

    alert: Alert
    foreign: str = ""


Reply = Answer | Clarification | Abstention | Escalation
