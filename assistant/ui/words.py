"""Fixed words of the page: how sources, speakers and levels are named to the reader."""

from collections.abc import Mapping
from types import MappingProxyType

from corpus import DocumentKind, TrustTier, Wording
from index import Passage

STANDING_LINE = "AI assistant: not a person, not a doctor"
PRODUCT_LABEL = "Product mention: one poster’s opinion"
UNCOVERED_LEAD = "Not on our shelf"
DISAGREEMENT_LEAD = "Our sources disagree"
NEARBY_LEAD = "What the shelf does cover"
NOT_SET_UP = (
    "Soleus is not fully set up, so it cannot answer anything. Whoever runs this page has to mend"
    " that first; until then, asking again will not help."
)
STILL_LOADING = "Soleus is still loading, longer than it should. Please ask again in a minute."
LOOKING = "Looking through the shelf…"

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


def badge(passage: Passage) -> str:
    """Kind and speaker in a few words, e.g. "Forum post · reply 4"; an article is just that."""
    if passage.kind is DocumentKind.ARTICLE:
        return "Article"
    return f"Forum post · {passage.speaker}"


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
    """An escalation level in words; one we have no words for is shown as it is called."""
    return _LEVELS.get(level, level.replace("_", " ").capitalize())


def level_class(level: str) -> str:
    """The class that colours an escalation; never text of its own making."""
    return level.replace("_", "-") if level in _LEVELS else "other"
