"""What replies are held against: claims and texts of the shelf, its passages, the support judge."""

from collections.abc import Sequence

from assistant.judge.support import SupportJudge
from corpus import Document, Span, load_claims
from eval.run.scoring import Yardstick


def yardstick_of(documents: Sequence[Document], passages: Sequence[Span]) -> Yardstick:
    """For the shelf as it is. Raises CorpusError."""
    judge = SupportJudge.load()
    return Yardstick(
        claims=load_claims(documents),
        texts={document.id: document.text for document in documents},
        passages=tuple(passages),
        supports=lambda sentence, evidence: judge.supports(sentence, evidence).supported,
    )
