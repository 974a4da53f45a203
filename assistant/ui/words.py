"""Fixed words of the page: how sources, speakers and levels are named to the reader."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from assistant.reply import Answer, EvidenceNote, NoticeSource, Origin
from assistant.why import Drafted, Outcome
from corpus import DocumentKind, TrustTier, Wording
from index import Passage

STANDING_LINE = "AI assistant: not a person, not a doctor"
PRODUCT_LABEL = "Product mention: one poster’s opinion"
UNCOVERED_LEAD = "Not on our shelf"
DISAGREEMENT_LEAD = "Our sources disagree"
NEARBY_LEAD = "What the shelf does cover"
LOOKING = "Looking through the shelf…"
LOOKING_AGAIN = "Looking again, together with what you asked before…"
UNCHECKED = (
    "Soleus could not check this message for warning signs. With chest pain, trouble breathing,"
    " collapse, confusion, or a leg that is suddenly swollen, hot, pale or numb: call your local"
    " emergency number now."
)
QUOTED = "Quoted from the shelf, word for word"
SHOW_QUOTES = "Show the quotes instead"
SHOW_WRITTEN = "Show the written answer"
EVIDENCE_LEAD = "What better evidence says"
SIGNS_LEAD = "Signs to look for"
OWN_WORDS = "Soleus’s own words, not the texts’."
_SIGNS = "signs-"
"""Ids of notes on a condition that was only named begin so (assistant/guard/conditions.toml)."""

_TIERS: Mapping[TrustTier, str] = MappingProxyType(
    {
        TrustTier.CLINICIAN: "Written by a named clinician or a health service.",
        TrustTier.PRACTITIONER: (
            "Written from professional experience; the text states no credential."
        ),
        TrustTier.FORUM: "A runner telling other runners what they did; nobody checked it.",
    }
)
_LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "emergency": "Emergency",
        "urgent": "Urgent",
        "see_professional": "See a professional",
        "self_care": "Please note",
    }
)
_OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.PASSED: "passed",
        Outcome.COPIED: "a quote, word for word",
        Outcome.REPLACED: "replaced by a quote",
        Outcome.DROPPED: "left out",
    }
)
_READABLE = frozenset({Outcome.PASSED, Outcome.COPIED})
_TAGS: Mapping[str, str] = MappingProxyType(
    {
        "P": "read on its own page",
        "M": "read in a copy",
        "S": "read in a report of it",
    }
)


def badge(passage: Passage) -> str:
    """Kind and speaker in a few words, e.g. "Forum post · reply 4"; an article is just that."""
    if passage.kind is DocumentKind.ARTICLE:
        return "Article"
    return f"Forum post · {passage.speaker}"


def kind_name(kind: DocumentKind) -> str:
    """What sort of text it is, in the words of its badge."""
    return "Article" if kind is DocumentKind.ARTICLE else "Forum thread"


def kind_class(passage: Passage) -> str:
    """The class that colours a source: "article" or "forum"."""
    return "article" if passage.kind is DocumentKind.ARTICLE else "forum"


def wording(passage: Passage) -> str:
    """Whose words are shown, put before the document's title."""
    if passage.wording is Wording.OUR_SUMMARY:
        return "our summary of"
    return "quoted from"


def wording_note(passage: Passage) -> str:
    """The same as a whole sentence, for the sources panel."""
    if passage.wording is Wording.OUR_SUMMARY:
        return "We restated this text in our own words; these are not its author’s."
    return "These are the author’s own words, as published."


def tier_note(tier: TrustTier) -> str:
    """How much weight a document carries, said to the reader."""
    return _TIERS[tier]


def level_words(level: str) -> str:
    """How soon somebody must be seen; a level we have no words for is shown as it is called."""
    return _LEVELS.get(level, level.replace("_", " ").capitalize())


def level_class(level: str) -> str:
    """The class that colours a warning; never text of its own making."""
    return level.replace("_", "-") if level in _LEVELS else "other"


def day(when: date) -> str:
    """A date as people write it, e.g. "22 November 2026"."""
    return f"{when.day} {when:%B %Y}"


def days(count: int) -> str:
    """How long that is."""
    return "a day" if count == 1 else f"{count} days"


def tag_words(tag: str) -> str:
    """How a source was read, in words; a tag we have no words for is shown as it is."""
    return _TAGS.get(tag, tag)


def source_line(source: NoticeSource) -> str:
    """Who says it, where, when we read it, and its address as text."""
    checked = f", checked {day(source.checked)}" if source.checked else ""
    address = f" · {source.address}" if source.address else ""
    return f"{source.organisation}: {source.title}{checked}{address}"


def review_line(reviewed_by: str) -> str:
    """Who has reviewed a warning."""
    return f"Reviewed by: {reviewed_by}"


def note_lead(note: EvidenceNote) -> str:
    """Under which heading a note stands: what research says, or signs of what was only named."""
    return SIGNS_LEAD if note.id.startswith(_SIGNS) else EVIDENCE_LEAD


def is_written(answer: Answer) -> bool:
    """Whether any sentence of an answer is in a language model's words."""
    return any(
        sentence.origin is Origin.WRITTEN for item in answer.items for sentence in item.sentences
    )


def author(answer: Answer) -> str:
    """Who worded an answer."""
    if answer.writing is None or not is_written(answer):
        return QUOTED
    return f"Worded by {answer.writing.model}, each sentence checked against the texts"


def outcome(became: Outcome) -> str:
    """What became of a drafted sentence."""
    return _OUTCOMES[became]


def drafted_text(one: Drafted) -> str:
    """A drafted sentence as anybody may read it: empty where it did not pass the check."""
    return one.text if one.outcome in _READABLE else ""
