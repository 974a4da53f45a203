"""What type of answer a sentence holds: a time, an amount, a cause, a way of doing.

A question that asks for an amount is not answered by a sentence that only names the thing; this is
the cheapest of the reading steps that a cosine cannot do.
"""

import re
from collections.abc import Mapping

from assistant.reading.asks import AskKind

_NUMBER = (
    r"(\d+([.,]\d+)?|(?<=for )an?|(?<=within )an?|(?<=after )an?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|fifteen|thirty|"
    r"sixty|several|few|couple of|a few|some)"
)
_TIME = r"(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"

HARD: Mapping[AskKind, tuple[re.Pattern[str], str]] = {
    AskKind.DURATION: (
        re.compile(rf"\b{_NUMBER}([ -](full|more|whole))?[ -]{_TIME}\b(?! ago)", re.I),
        "a length of time",
    ),
    AskKind.RECOVERY: (
        re.compile(
            rf"\b{_NUMBER}([ -](full|more|whole))? (hours?|days?|weeks?|"
            rf"months?)\b(?=.*\b(pain|settled?|gone|sorted|better|heal\w*|eas\w+|recover\w*|"
            rf"went)\b)"
            rf"|\b(pain|settled?|gone|sorted|better|heal\w*|eas\w+|"
            rf"recover\w*)\b.*\b{_NUMBER} (hours?|days?|weeks?|months?)\b",
            re.I,
        ),
        "a time until it is better",
    ),
    AskKind.DIAGNOSIS: (re.compile(r"(?!)"), "way to tell what somebody has"),
    AskKind.COMPARE: (
        re.compile(
            r"\b(than|rather|instead|switch\w*|gave up|better|enough|prefer\w*|differ\w*|"
            r"easier|worth more)\b",
            re.I,
        ),
        "comparison",
    ),
    AskKind.CONTENTS: (
        re.compile(r"\b(contains?|made of|made from|ingredients?|sizes?)\b", re.I),
        "word on what it is made of",
    ),
    AskKind.AMOUNT: (
        re.compile(
            r"\b\d+([.,]\d+)? ?(mg|milligrams?|g|grams?|kg|ml|millilit\w+|lit(re|"
            r"er)s?|oz|ounces?|pints?|tablets?|capsules?|teaspoons?|tsp|per ?cent|%)",
            re.I,
        ),
        "an amount",
    ),
    AskKind.COUNT: (
        re.compile(
            rf"\b{_NUMBER} (\w+ )?(reps?|repetitions|sets|times|sessions?|rounds|"
            rf"stretches|massages)\b|\b(once|twice|again)\b",
            re.I,
        ),
        "a number of times",
    ),
    AskKind.FREQUENCY: (
        re.compile(
            r"\b(daily|every (?!\d)|each|regular\w*|night and morning|"
            r"morning and night|throughout the day|through the day|times an? \w+|"
            r"once an?|twice an?|periodically|always|whenever)\b",
            re.I,
        ),
        "how often",
    ),
    AskKind.PRICE: (
        re.compile(r"[£$€]\s?\d|\b(price|costs?|pounds|dollars|euros)\b", re.I),
        "a price",
    ),
    AskKind.PLACE: (
        re.compile(r"\b(shop|store|website|web page|sold|buy|order|available from)\b", re.I),
        "a place",
    ),
    AskKind.DATE: (
        re.compile(
            r"\b(19|20)\d\d\b|\b(january|february|march|april|may|june|july|august|september|"
            r"october|november|december)\b",
            re.I,
        ),
        "a date",
    ),
}
"""Types that a sentence either holds or does not; without it, it does not answer."""

_SOFT: Mapping[AskKind, re.Pattern[str]] = {
    AskKind.PREVENT: re.compile(
        r"\b(prevent\w*|avoid\w*|at bay|against|less|cut down|fewer|regularly|daily|"
        r"keeps?)\b",
        re.I,
    ),
    AskKind.CAUSE: re.compile(
        r"\b(caus\w+|because|due to|leads?|leading|results?|overload\w*|overwork\w*|"
        r"reasons?|so that|blam\w+|"
        r"turned out|traced|explains?|means|makes?|leaves?|shorten\w*|compensat\w+|as it|"
        r"comes? from|develops?|behind)\b",
        re.I,
    ),
    AskKind.METHOD: re.compile(
        r"^(put|place|keep|hold|stand|squeeze|grab|grip|let|bend|straighten|press|move|lower|"
        r"lean)\b|"
        r"\b(by \w+ing|is done|with \w+ exercises|stand on|keep your|slowly to|gradually|"
        r"gentle|gently|firmer|"
        r"pressing|"
        r"squeezing|moves? (up|down|in|out))\b",
        re.I,
    ),
    AskKind.WHEN: re.compile(
        r"\b(once|after|before|until|when|straight away|only then|as soon as|while|"
        r"during|then|first|now)\b",
        re.I,
    ),
    AskKind.WHO: re.compile(
        r"\b(physio\w*|physical therap\w+|doctor|partner|friend|someone|professional|"
        r"specialist|therapist)\b",
        re.I,
    ),
    AskKind.WHICH: re.compile(
        r"\b(soleus|gastroc\w*|peroneus|peroneals?|tibialis|stretch|called|named?|"
        r"muscles?|shoes?|such as|clams)\b",
        re.I,
    ),
    AskKind.DEFINITION: re.compile(
        r"\b(means?|called|known as|names?|is (an?|the)|are (an?|the)|used to|plus some)\b|\(", re.I
    ),
}

_RELIEVES = re.compile(
    r"\b(help(s|ed)?|sort(s|ed)|settle[sd]?|eas(es|ed|e)|reliev\w+|better|improv\w+|gone|"
    r"drop in|difference|subside\w*|fix|solve)\b",
    re.I,
)
_ADVISES = re.compile(
    r"^(do not|don't|never|avoid|try|put|place|keep|hold|stand|take|squeeze|grab|grip|release|"
    r"let|bend|straighten|start|press|move|"
    r"lower|lean|increase|stretch|build|begin|repeat|use|spend|cut|reduce|wear|eat|drink|"
    r"massage|look|work|add|once|only|help|first|"
    r"next|then|now)\b|\bdo not\b|\b(should|suggests?|recommends?|advises?|advice|says to|"
    r"ought|must|need to|needs to|urges?|tells?|better to|"
    r"worth|wonders? (if|whether)|proposes?|the answer is|can safely)\b",
    re.I,
)


def holds(kind: AskKind, sentence: str) -> float:
    """1.0 when the sentence holds the type wanted, 0.0 when not, 0.5 when it cannot be told."""
    if kind in HARD:
        return float(bool(HARD[kind][0].search(sentence)))
    if kind is AskKind.WHETHER:
        return 1.0 if advises(sentence) or _RELIEVES.search(sentence) else 0.5
    if kind is AskKind.FIX:
        return float(advises(sentence) or bool(_RELIEVES.search(sentence)))
    pattern = _SOFT.get(kind)
    return 0.5 if pattern is None else float(bool(pattern.search(sentence)))


_ASKS = re.compile(
    r"\?\W*$|^(this|the|that) (poster|runner|author)( \w+)? (asks|wishes|thanks|"
    r"wants to hear|hopes)\b",
    re.I,
)


def asks_or_wishes(sentence: str) -> bool:
    """Whether a sentence asks, thanks or wishes rather than says anything."""
    return bool(_ASKS.search(sentence))


def advises(sentence: str) -> bool:
    """Whether a sentence tells what to do or not to do."""
    return bool(_ADVISES.search(sentence))
