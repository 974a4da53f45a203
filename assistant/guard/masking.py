"""Personal data masked in a copy of a message, before any of it could leave the machine.

Covers what can be found without a model: e-mail addresses, telephone and health-service numbers,
dates of birth, postcodes, links and the names people give themselves. Names of others in running
text are not found. With quoting answers nothing leaves the machine at all; this stands ready for a
hosted model.
"""

import re

_NAME = r"[A-Z][\w'-]{1,20}(?:\s+[A-Z][\w'-]{1,20})?"
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), "[e-mail]"),
    (re.compile(r"\b(?:https?://|www\.)\S{1,500}"), "[link]"),
    (re.compile(r"(?<![\w@])@\w{2,30}\b"), "[handle]"),
    (
        re.compile(
            r"\b(?:born|dob|d\.o\.b\.?|date of birth)\b\D{0,12}"
            r"\d{1,4}[./ -]\w{1,9}[./ -]\d{2,4}",
            re.I,
        ),
        "[date of birth]",
    ),
    (re.compile(r"(?<![\w.+])\+?\(?\d(?:[ ().-]{0,2}\d){6,15}(?!\w)"), "[number]"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.I), "[postcode]"),
    (
        re.compile(
            r"\b((?:[Mm]y name(?:'s| is)|[Ii]'?m called|[Cc]all me|[Tt]his is|[Nn]ame:)\s+)" + _NAME
        ),
        r"\1[name]",
    ),
    (
        re.compile(
            r"\b(my name(?:'s| is)|i'?m called)\s+"
            r"(?!on\b|in\b|the\b|not\b|at\b|down\b|still\b|\[)[a-z][\w'-]{1,20}",
            re.I,
        ),
        r"\1 [name]",
    ),
    (
        re.compile(r"\b([Ii]'?m )(?!I\b)[A-Z][a-z'-]{1,20}(?=[,.!?]|$|\s+(?:and|from|here|by)\b)"),
        r"\1[name]",
    ),
    (
        re.compile(
            r"((?:[Cc]heers|[Tt]hanks|[Tt]hank you|[Rr]egards|[Bb]est wishes|[Tt]a|[Ll]ove)"
            r"(?:[,!. ]{1,3}\n?|\n)\s{0,5})" + _NAME + r"\s{0,3}[x.!]{0,5}\s{0,20}$"
        ),
        r"\1[name]",
    ),
)


def masked(text: str) -> str:
    """`text` with personal data replaced by what it is, in brackets. Linear in its length."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text
