"""Whether the questions and their labels are sound, as far as a program can tell.

Faults are named by case id and never quote a question: it may be a sealed one.
"""

from collections.abc import Iterator, Mapping, Sequence

from corpus import Document, DocumentKind, Span
from eval.cases.case import Case, Fact
from eval.cases.overlap import runs_of, shared_runs

Claims = Mapping[str, Sequence[Span]]


def faults_of(
    cases: Sequence[Case],
    documents: Sequence[Document],
    claims: Claims,
    other_texts: Sequence[str] = (),
) -> tuple[str, ...]:
    """Everything unsound, in plain words; empty when nothing is.

    `other_texts` may not be repeated either, e.g. those that the shelf restates.
    """
    texts = {document.id: document for document in documents}
    runs = runs_of([*(document.text for document in documents), *other_texts])
    found = [f"{case.id}: {fault}" for case in cases for fault in _of_case(case, texts, claims)]
    found += [
        f"{case.id}: shares a run of words with the texts"
        for case in cases
        for message in (case.asked.text, *case.asked.earlier)
        if shared_runs(message, runs)
    ]
    needed = {claim for case in cases for fact in case.facts for claim in fact.claims}
    found += [f"no case needs claim {claim}" for claim in sorted(set(claims) - needed)]
    return tuple(found)


def _of_case(case: Case, texts: Mapping[str, Document], claims: Claims) -> Iterator[str]:
    named = [*(claim for fact in case.facts for claim in fact.claims), *case.also]
    if strange := sorted(set(named) - set(claims)):
        yield f"names claims that are not on the shelf: {', '.join(strange)}"
        return
    right = []
    for number, fact in enumerate(case.facts, start=1):
        for claim in fact.claims:
            words = [texts[span.document_id].words_at(span) for span in claims[claim]]
            right += words
            if not _says(fact, words):
                yield f"fact {number}: nothing in `say` is found in our words for {claim}"
    for bad in case.must_not_say:
        if any(bad.pattern.search(words) for words in right):
            yield f"must_not_say /{bad.pattern.pattern}/ is found in a right quote"
    kinds = {_tier(texts[span.document_id]) for claim in named for span in claims[claim]}
    if not case.attribution <= kinds:
        yield "expects an attribution that none of its claims has"


def _says(fact: Fact, words: Sequence[str]) -> bool:
    return any(way.search(each) for way in fact.say for each in words)


def _tier(document: Document) -> str:
    return "article" if document.kind is DocumentKind.ARTICLE else "forum"
