"""A scripted assistant: one made-up reply of every kind, and passages whose spans are exact."""

import re
import time
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.guard.guard import Verdict
from assistant.question import Question
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Alert,
    Answer,
    AnswerItem,
    AnswerSentence,
    Call,
    Citation,
    Clarification,
    Escalation,
    EvidenceNote,
    ItemKind,
    Level,
    NearbyTopic,
    Notice,
    NoticeSource,
    Reply,
)
from assistant.why import Rejected, Used, Why
from corpus import DocumentKind, Provenance, Span, TrustTier, Wording
from index import Passage, PassageSentence


def passage(
    document: str,
    title: str,
    section: str,
    speaker: str,
    sentences: tuple[str, ...],
    *,
    start: int = 100,
    steps: bool = False,
    wording: Wording = Wording.OUR_SUMMARY,
) -> Passage:
    """A passage of `sentences`, article when its speaker is the author, steps numbered on wish."""
    article = speaker == "author"
    separator = "\n" if steps else " "
    placed, at = [], start
    for number, text in enumerate(sentences, start=1):
        span = Span(document, at, at + len(text))
        placed.append(PassageSentence(span, text, number if steps else None))
        at += len(text) + len(separator)
    text = separator.join(sentences)
    return Passage(
        span=Span(document, start, start + len(text)),
        text=text,
        title=title,
        kind=DocumentKind.ARTICLE if article else DocumentKind.FORUM_THREAD,
        tier=TrustTier.PRACTITIONER if article else TrustTier.FORUM,
        wording=wording,
        section=section,
        speaker=speaker,
        sentences=tuple(placed),
    )


def cite(marker: int, source: Passage, words: str) -> Citation:
    """A citation of exactly these words of the passage."""
    at = source.text.index(words)
    base = source.span.start + at
    return Citation(marker, source, Span(source.span.document_id, base, base + len(words)))


def says(marker: int, source: Passage, words: str) -> AnswerSentence:
    """A sentence that quotes the words it cites."""
    return AnswerSentence(words, (cite(marker, source, words),))


RELEASE = passage(
    "cramp-release-article",
    "Releasing a calf cramp mid-run",
    "Before you stretch",
    "author",
    (
        "Leave stretching until the muscle has been helped to finish tightening.",
        "A fibre shortens all the way or not at all, so pulling on it halfway can tear it.",
        "Losing those few minutes is worth it.",
    ),
)
SQUEEZE = passage(
    "cramp-release-article",
    "Releasing a calf cramp mid-run",
    "The release, step by step",
    "author",
    (
        "Take firm hold of the cramping calf with both hands.",
        "Put one hand high, under the knee, and the other low, above the ankle.",
        "Press the hands towards each other; it hurts a lot, but only for seconds.",
        "Let go, then press once more in the same places.",
        "Breathe a few times before you go on to stretch.",
    ),
    start=700,
    steps=True,
)
KERB_FOR = passage(
    "outer-calf-thread",
    "Outer calf cramps and swells",
    "Reply 3",
    "reply 3",
    ("Stand on a kerb on your toes and let the heels sink slowly.", "Hold a sign to balance."),
    start=1200,
)
KERB_AGAINST = passage(
    "cramp-release-article",
    "Releasing a calf cramp mid-run",
    "Which stretches",
    "author",
    ("The author advises against heel drops off a kerb unless slow: the pull is too hard.",),
    start=1500,
)
SALT = passage(
    "race-week-thread",
    "Calf cramp a week before a half marathon",
    "Reply 1",
    "reply 1",
    (
        "Perhaps you eat too little salt; adding some seemed to help me, though that may be"
        " imagined.",
        "I wear calf sleeves and they seem to help.",
    ),
    start=300,
)
SPRAY = passage(
    "race-week-thread",
    "Calf cramp a week before a half marathon",
    "Reply 8",
    "reply 8",
    ("A friend's cramp went almost at once with a product called Cramp 911.",),
    start=2900,
)

WHY = Why(
    read_as="calf cramp mid run stretch immediately",
    carried=(),
    decided_by="a sentence answers the question in so many words",
    used=(
        Used(
            RELEASE.sentences[0].span,
            RELEASE.title,
            RELEASE.sentences[0].text,
            0.83,
            (("meaning", 0.71), ("words", 0.64)),
        ),
    ),
    rejected=(
        Rejected(
            SALT.sentences[1].span,
            SALT.title,
            SALT.sentences[1].text,
            0.31,
            "near the question, but does not answer it",
        ),
    ),
)
TOPICS = (
    NearbyTopic("Stretch a cramp at once?", "My calf cramped, should I stretch it straight away?"),
    NearbyTopic("Release a cramp", "How do I release a calf cramp?"),
    NearbyTopic("Outer ankle stretch", "How do I stretch the outside of my lower leg?"),
    NearbyTopic("Tight calves while running", "Why do my calves get tight when I run?"),
)
EXAMPLES = (
    *TOPICS,
    NearbyTopic("Before a race", "My calf cramped a week before my half marathon. Can I race?"),
    NearbyTopic("Heel drops", "Is it ok to hang my heels off a kerb?"),
)

ANSWER = Answer(
    items=(
        AnswerItem(
            ItemKind.STATEMENT,
            "One article says:",
            (
                says(1, RELEASE, RELEASE.sentences[0].text),
                says(2, RELEASE, RELEASE.sentences[1].text),
            ),
        ),
        AnswerItem(
            ItemKind.PROCEDURE,
            "The same article describes how to release it:",
            tuple(says(3 + i, SQUEEZE, s.text) for i, s in enumerate(SQUEEZE.sentences)),
        ),
        AnswerItem(
            ItemKind.STATEMENT,
            "One forum poster (reply 1) says:",
            (says(8, SALT, SALT.sentences[0].text),),
        ),
    ),
    why=WHY,
)
DISPUTE = Answer(
    items=(
        AnswerItem(
            ItemKind.DISAGREEMENT,
            "One article says:",
            (says(1, KERB_AGAINST, KERB_AGAINST.text),),
            group="heel drops off a kerb",
        ),
        AnswerItem(
            ItemKind.DISAGREEMENT,
            "One forum poster (reply 3) says:",
            (
                says(2, KERB_FOR, KERB_FOR.sentences[0].text),
                says(3, KERB_FOR, "Hold a sign to balance."),
            ),
            group="heel drops off a kerb",
        ),
    ),
    why=WHY,
)
PRODUCT = Answer(
    items=(
        AnswerItem(
            ItemKind.STATEMENT,
            "One forum poster (reply 1) says:",
            (
                AnswerSentence(
                    SALT.sentences[1].text,
                    (cite(1, SALT, SALT.sentences[1].text), cite(2, SALT, "seem to help")),
                ),
            ),
        ),
        AnswerItem(
            ItemKind.PRODUCT, "One forum poster (reply 8) says:", (says(3, SPRAY, SPRAY.text),)
        ),
    ),
    why=WHY,
    uncovered=("how much magnesium should I take",),
    nearby=TOPICS[:2],
)
LONG = Answer(
    items=tuple(
        AnswerItem(ItemKind.STATEMENT, f"Point {n}:", (says(n, SALT, SALT.sentences[1].text),))
        for n in range(1, 1501)
    ),
    why=WHY,
)
HOSTILE_WORDS = "<script>window.hacked = 1</script> **bold** [x](javascript:alert(1)) <img src=x"
HOSTILE = passage(
    "hostile-thread", "<b>Title</b>", "<i>Part</i>", "reply 1", (HOSTILE_WORDS, "After it.")
)
HOSTILE_ANSWER = Answer(
    items=(AnswerItem(ItemKind.STATEMENT, "<u>Who</u>", (says(1, HOSTILE, HOSTILE_WORDS),)),),
    why=WHY,
    uncovered=("<script>window.hacked = 2</script>",),
)
CLARIFY = Clarification(
    prompt="How long for what? Pick the one you mean.",
    choices=(
        NearbyTopic("Calf stretch", "How long should I hold a calf stretch?"),
        NearbyTopic("Outer ankle stretch", "How long should I hold the outer ankle stretch?"),
    ),
    why=WHY,
)
ABSTAIN = Abstention(
    reason=AbstentionReason.NOT_COVERED,
    message="Nothing on our shelf answers that.",
    nearby=TOPICS[:3],
    ask="Ask the club's physio contact: physio at harriers dot example.",
    why=WHY,
)
THANKS = Abstention(
    reason=AbstentionReason.SMALL_TALK,
    message="You're welcome. Ask about calf cramps or lower-leg pain whenever you like.",
    nearby=TOPICS[:2],
    ask="",
    why=WHY,
)
SOURCE = NoticeSource(
    "Health service", "Leg clots", date(2026, 11, 22), "P", "health.example/leg-clots"
)
EMERGENCY = Notice(
    rule="RF91",
    level=Level.EMERGENCY,
    act="Call 999 now. Say it is the chest.",
    because="These signs can mean something that cannot wait.",
    avoid="Do not wait to see if it passes.",
    meanwhile="",
    calls=(Call("999"),),
    sources=(SOURCE, NoticeSource("Race", "Medical advice", None, "S")),
    reviewed_by="none yet",
)
URGENT = Notice(
    rule="RF92",
    level=Level.URGENT,
    act="Contact your surgery or NHS 111 today about this leg.",
    because="Signs like these in one leg need a test.",
    avoid="Do not rub the leg.",
    meanwhile="Call 999 if the chest hurts.",
    calls=(Call("111"), Call("999")),
    sources=(SOURCE,),
    reviewed_by="Dr Q. Example",
)
SEE = Notice(
    rule="RF93",
    level=Level.SEE_PROFESSIONAL,
    act="Book to see a GP before you run again.",
    because="Pain on the bone should be looked at.",
    avoid="",
    meanwhile="",
    calls=(),
    sources=(SOURCE,),
    reviewed_by="none yet",
)
FOREIGN = "Qui i testi sono in inglese.\nIn caso di emergenza chiami il 112."
ESCALATE = Escalation(Alert((EMERGENCY, URGENT)))
NOTES = (
    EvidenceNote(
        "stretching", "Stretching a cramp", "A review still counts stretching as help.", (SOURCE,)
    ),
    EvidenceNote(
        "signs-leg-clot", "Signs of a clot in the leg", "Swelling, warmth, pain.", (SOURCE,)
    ),
)
NOTED = replace(ANSWER, notes=NOTES)
WAIT = Abstention(
    AbstentionReason.WAIT, "What else you asked can wait.", (), "", WHY, alert=Alert((URGENT,))
)
INSTRUCTION = Abstention(
    AbstentionReason.INSTRUCTION, "That reads like an instruction.", (), "", WHY
)
SIGNS: tuple[tuple[str, Verdict], ...] = (
    ("swollen", Verdict(ESCALATE.alert, frozenset())),
    ("hot calf", Verdict(Alert((URGENT, SEE)), frozenset())),
    ("shin bone", Verdict(Alert((SEE,)), frozenset())),
    ("ciao", Verdict(None, frozenset(), FOREIGN)),
    ("aiuto", Verdict(Alert((EMERGENCY,)), frozenset(), FOREIGN)),
)


def screen(question: Question) -> Verdict:
    """A guard that knows a few words, whenever they were said; "unscreened" breaks it."""
    said = " ".join((*question.earlier, question.text)).lower()
    if "unscreened" in said:
        raise RuntimeError("scripted guard failure")
    return next((verdict for sign, verdict in SIGNS if sign in said), Verdict(None, frozenset()))


REPLIES: tuple[tuple[str, Reply], ...] = (
    ("hostile", HOSTILE_ANSWER),
    ("kerb", DISPUTE),
    ("magnesium", PRODUCT),
    ("how long", CLARIFY),
    ("knee", ABSTAIN),
    ("thanks", THANKS),
    ("swollen", ESCALATE),
    ("noted", NOTED),
    ("wait", WAIT),
    ("ignore all", INSTRUCTION),
)
SHELF = {
    source.span.document_id: Provenance(author, address, "unknown", date(2026, 11, 1))
    for source, author, address in (
        (RELEASE, "unnamed; says they have worked with hundreds of athletes", "unknown"),
        (KERB_FOR, "forum members, unnamed", "https://forum.example/outer-calf"),
        (SALT, "forum members, unnamed", "javascript:alert(1)"),
    )
}


@dataclass
class ScriptedAssistant:
    """Answers by keyword; "boom" raises, "echo" says back every turn it was given.

    What it screens itself comes back with the reply, as from the real one.
    """

    asked: list[Question] = field(default_factory=list)

    def __call__(self, question: Question) -> Reply:
        reply = self._reply(question)
        if isinstance(reply, Escalation) or "unscreened" in question.text:
            return reply
        verdict = screen(question)
        return replace(reply, alert=verdict.alert or reply.alert, foreign=verdict.foreign)

    def _reply(self, question: Question) -> Reply:
        self.asked.append(question)
        if "boom" in question.text:
            raise RuntimeError("scripted failure")
        if "slow" in question.text:
            time.sleep(1.5)
        if "echo" in question.text:
            return self._echo(question)
        if "long story" in question.text:
            return LONG
        for word, reply in REPLIES:
            if re.search(word, question.text, re.IGNORECASE):
                return reply
        return ANSWER

    def _echo(self, question: Question) -> Reply:
        times = sum(one.text == question.text for one in self.asked)
        heard = f"{times}x " + " / ".join((*question.earlier, question.text))
        why = Why(read_as=question.text, carried=question.earlier, decided_by="the script")
        return Abstention(AbstentionReason.NOT_COVERED, f"Heard: {heard}", (), "", why)
