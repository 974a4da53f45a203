"""What is asked: cut a message into clauses and tell the asking ones, and what they ask for."""

import re
from dataclasses import dataclass
from enum import StrEnum


class AskKind(StrEnum):
    """The type of answer wanted. A passage that lacks the type does not answer."""

    DURATION = "how long"
    AMOUNT = "how much"
    COUNT = "how many times"
    FREQUENCY = "how often"
    RECOVERY = "how long until it is better"
    DIAGNOSIS = "what it is that hurts"
    CONTENTS = "what is in it"
    PREVENT = "how to keep it from coming"
    COMPARE = "which is better"
    PRICE = "what it costs"
    PLACE = "where to get it"
    DATE = "on which date"
    WHEN = "when"
    CAUSE = "why"
    METHOD = "how it is done"
    FIX = "what to do about it"
    WHICH = "which one"
    WHO = "who"
    DEFINITION = "what it is"
    WHETHER = "whether"
    OPEN = "anything that helps"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the message, as typed, and whether it asks something."""

    text: str
    asks: bool
    kind: AskKind


_TIME_UNITS = r"seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|months?|years?"
_KINDS: tuple[tuple[AskKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (AskKind.PRICE, r"\b(cost|costs|price|prices|cheap|cheapest|afford|how expensive)\b"),
        (
            AskKind.PLACE,
            r"\bwhere (can|do|could|should|would|to) ?(i|you|we|one)? ?(buy|get|order|find)"
            r"|\b(which|what) (shop|store|website|brands?)\b"
            r"|\b(any|which|what) .{0,30}\bbrands?\b|\bwhere .{0,12}(buy|order)\b",
        ),
        (
            AskKind.CONTENTS,
            r"\b(made of|made from|contains?|ingredients?|what('s| is) in (it|them|this|"
            r"that))\b"
            r"|\b(what|which) (\w+ ){0,2}(size|colour|color|temperature|strength|weight|level|"
            r"thickness|height)\b"
            r"|\bhow (big|hot|cold|high|heavy|thick|strong|wide)\b",
        ),
        (
            AskKind.DIAGNOSIS,
            r"\b(do|have|did) (i|we|you think i) (have |got |just )?(a |an |have |had |got |"
            r"torn|pulled|strained|ruptured|snapped|done)"
            r"|\b(cramp|strain|tear|sprain|pull) or (a |an |just )?(cramp|"
            r"strain|tear|sprain|pull)\b"
            r"|\b(is|could|can|might) (it|this|that) (just |only |really |"
            r"be )*(a |an )?(strain|tear|clot|dvt|sprain|rupture|fracture|"
            r"torn|strained|broken|serious)"
            r"|\bhow (do|can|would) (i|you) (know|tell) (if|whether)\b|\bhow to tell\b|\b(is|"
            r"was|are) (it|this|that|mine|these) .{0,25}\bor\b|\bdiagnos",
        ),
        (
            AskKind.COMPARE,
            r"\b(better|worse|more \w+|less \w+|faster|harder) than\b|\bdiffer(ence|s|"
            r"ently)?\b|\bdifferent (from|to|than)\b|"
            r"\bcompared? (to|with)\b|\bvs\b|\bversus\b|\bwhich is (better|best|worse)\b|"
            r"\b(have|has|got) (more|less|better)\b",
        ),
        (
            AskKind.RECOVERY,
            r"\b(how long|how many (days|weeks|months)|how soon|when).{0,60}\b(heal|heals|"
            r"better|recover|recovery|sore|last|lasts|"
            r"go away|goes away|off|fixed?|gone|normal|hurt|back to|"
            r"settle)\b|\brecovery time\b",
        ),
        (
            AskKind.DURATION,
            rf"\bhow long\b|\bhow many ({_TIME_UNITS})\b|\bhow much time\b"
            r"|\bfor how many\b",
        ),
        (
            AskKind.FREQUENCY,
            r"\bhow (often|frequently|regularly)\b"
            r"|\bhow many (times|days) (a|per|each|every) \w+\b",
        ),
        (
            AskKind.COUNT,
            r"\bhow many (reps?|repetitions|sets|times|sessions|rounds|squeezes|massages|"
            r"stretches|steps)\b",
        ),
        (
            AskKind.AMOUNT,
            r"\bwhat (percentage|percent)\b|\bhow (much|many)\b(?! (does|do) (it|this|that|"
            r"they) (help|hurt))"
            r"|\b(dose|doses|dosage|milligrams?|mg|grams?|litres?|liters?|ml)\b",
        ),
        (AskKind.DATE, r"\bwhat (date|day|year)\b|\bwhen (is|was) the\b"),
        (
            AskKind.WHEN,
            r"\bwhen (can|could|will|should|may|do|is it|am i|to)\b|\bhow soon\b"
            r"|\bbefore or after\b|\bhow will i know when\b",
        ),
        (
            AskKind.CAUSE,
            r"\bhow (do|does|can|could) .{2,40}\b(cause|affect|lead|make|give|help|work|"
            r"hurt)\b|\bwhy\b|\bhow come\b|\bcaus(e|es|ed|ing)\b|\breasons? (for|why|behind|"
            r"it)\b"
            r"|\bwhat makes\b|\bwhats? (is )?behind\b|\bwhere does .{0,30} come from"
            r"|\bwhat (brings|triggers|leads)\b|\bwhat(s|'s| is) (wrong|"
            r"going on|happening|up) with\b",
        ),
        (
            AskKind.PREVENT,
            r"\b(prevent\w*|avoid\w*|ward off|keep .{0,30}(away|at bay|from)|"
            r"stop .{0,40}(happening|coming back|again|from))\b",
        ),
        (
            AskKind.FIX,
            r"\bhelp( me)?\W*$|^\W*help\b|\b(treatments?|treat|treating|cure|cures|fix|"
            r"get rid of|heal|rehab|recover|relief|sort out|"
            r"exercises? for|stretch(es)? for|help(s)? with|deal with|solution|"
            r"loosen|what helps|what works|what to do)\b"
            r"|\bwhat (do|can|should|could|would|shall) (i|you|we|ppl|people) (do|"
            r"try)\b|\bwhat did (you|people|ppl|everyone) (do|try)\b"
            r"|\b(any|some|your) (advice|tips?|suggestions?|ideas?)\b|\bhow (do|"
            r"can|did|would) (i|you|we|u) (stop|get over|get past|sort)\b",
        ),
        (
            AskKind.METHOD,
            r"\bhow (do|can|should|would|could|to|does one|d'you|are you)\b|\bhow's it done\b"
            r"|\b(best|right|correct|proper) way\b|\bstep by step\b|\bhow 2\b"
            r"|\bshow me\b|\btalk me through\b|\binstructions?\b|\bways? to\b",
        ),
        (AskKind.WHO, r"\bwho (should|can|do|to|would|could)\b"),
        (
            AskKind.WHICH,
            r"\bwhich\b|\bwhat (muscle|stretch|stretches|exercise|exercises|kind|type|sort|"
            r"shoes|else|part)s?\b",
        ),
        (
            AskKind.DEFINITION,
            r"^\W*(so )?what('?s| is| are|s) (an? |the )?[\w-]+( [\w-]+){0,2}\W*$"
            r"|\bwhat does .{0,40} mean\b|\bmeaning of\b|\bwhere is the\b",
        ),
        (
            AskKind.WHETHER,
            r"\b(should|shall|can|could|may) (i|we|you|he|she|they|my)\b"
            r"|^\W*(and |but |so |or )?(is|are|do|does|did|will|would|has|have|"
            r"can|could|should)\b"
            r"|\b(is|are) (it|they|there|these|those|this) \w+"
            r"|\b(ok|okay|safe|worth|any good|good idea|bad idea) "
            r"|\b(help|helps|work|works|any good|worth it|ok|okay|allowed)\W*\?",
        ),
    )
)
_ASKING = re.compile(
    r"^\W*(and |but |so |also |or |ok |then |plus )*"
    r"(how|what|whats|what's|why|which|who|where|when|wot|wat|wich|hows|anyone|anybody|shall|"
    r"should)\b"
    r"|^\W*(and |but |so |also |or |ok |then |plus )*"
    r"((is|are|can|could|would|will|am)(n't|nt)? (i|it|you|u|he|she|we|they|this|that|these|those|"
    r"there|my|your|the|a|an|any|anyone|anybody|one|some|people|runners|other|others|\w+ing|\w+s)|"
    r"(does|do|did|has|have)(n't|nt)? (i|it|you|u|he|she|we|they|this|that|these|those|any|anyone|"
    r"anybody|one|some|people|runners|other|others|\w+ing|\w+s|\w+ \d+|cramp|salt|ice|heat|massage|"
    r"potassium|magnesium|compression|physio))\b"
    r"|\b(any|some) (advice|tips?|ideas?|suggestions?|thoughts|help)\b"
    r"|\b(wondering|wonder|know|sure|tell me|unsure|curious|asking) (if|whether|how|what|why|"
    r"which|when|where|who)\b"
    r"|\b(what|how) (to do|should i do|do i do|can i do)\b"
    r"|^\W*help\b|\b(please|pls|plz) (help|advise|explain|tell)|\bhelp me\b|\badvice (please|"
    r"needed|on|about)\b"
    r"|\b(best|right|proper|correct) (way|stretch|thing)\b|\btell me (about|more)\b|\bexplain\b"
)
_ENDERS = re.compile(
    r"(?<=[?!])\s*|(?<=\.)\s+|\n+|(?:^|\s+)\(?\d{1,2}\)\s+|(?<=\u2026)\s*|\.{2,}\s*"
)
_JOINED = re.compile(
    r"(?:\s*[,;]\s*|\s+)(?:and|but|also|plus|&)\s+(?:also\s+)?"
    r"(?=(?:how|what|whats|what's|why|which|who|where|when)\b"
    r"|(?:is|are|can|could|should|does|do|will) (?:i|it|my|there|this|that|these|they|you|we|"
    r"the|a|an|any|anyone|u)\b)"
    r"|\s*[,;-]\s+(?=(?:how|what|whats|what's|why|which|who|where|should|can|does)\b)",
    re.IGNORECASE,
)


def kind_of(clause: str) -> AskKind:
    """The type of answer a clause wants, by its question words; OPEN when none says."""
    low = clause.lower().strip()
    return next((kind for kind, pattern in _KINDS if pattern.search(low)), AskKind.OPEN)


def clauses_in(message: str) -> tuple[Clause, ...]:
    """Cut a message into clauses, in order; those that ask are marked."""
    found: list[Clause] = []
    for sentence in _ENDERS.split(message):
        for piece in _JOINED.split(sentence):
            text = piece.strip(" \t,;-")
            if any(char.isalnum() for char in text):
                asks = text.endswith("?") or bool(_ASKING.search(text.lower()))
                found.append(Clause(text, asks, kind_of(text)))
    return tuple(found)
