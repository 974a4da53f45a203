"""Personal data masked in a copy of a message, before any of it could leave the machine.

Covers what can be found without a model: e-mail addresses, telephone and health-service numbers,
dates of birth, postcodes, links and the names people give themselves. Names of others in running
text are not found; the page says so nowhere, because nothing leaves the machine unmasked or
otherwise unless the operator chooses a hosted model.
"""

import re

_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), "[e-mail]"),
    (re.compile(r"\b(?:https?://|www\.)\S{1,500}"), "[link]"),
    (re.compile(r"(?<![\w@])@\w{2,30}\b"), "[handle]"),
    (
        re.compile(
            r"\b(?:born|dob|d\.o\.b\.?|date of birth)\b\D{0,12}\d{1,4}[./ -]\w{1,9}[./ -]\d{2,4}", re.I
        ),
        "[date of birth]",
    ),
    (re.compile(r"(?<![\w.+])\+?\(?\d(?:[ ().-]{0,2}\d){6,15}(?!\w)"), "[number]"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "[postcode]"),
    (
        re.compile(
            r"\b((?:my name(?:'s| is)|i'?m called|call me|this is|name:)\s+)"
            r"(?!the |a |an |my |not |so |very )[A-Z][\w'-]{1,20}(?:\s+[A-Z][\w'-]{1,20})?"
        ),
        r"\1[name]",
    ),
    (
        re.compile(r"\b((?:My name(?:'s| is)|I'?m called|Call me|This is|Name:)\s+)"
                   r"[A-Z][\w'-]{1,20}(?:\s+[A-Z][\w'-]{1,20})?"),
        r"\1[name]",
    ),
    (re.compile(r"\b(I'?m |i'?m )(?=[A-Z])(?!I\b)[A-Z][a-z'-]{1,20}(?:\s+[A-Z][a-z'-]{1,20})?(?=[,.!?]|\s+(?:and|from|here))"),
     r"\1[name]"),
    (
        re.compile(
            r"((?:cheers|thanks|thank you|regards|best wishes|ta|love|yours)[,!. ]{1,3}\n?\s*)"
            r"[A-Z][a-z'-]{1,20}(?:\s+[A-Z][a-z'-]{1,20})?\s*[x.!]*\s*$",
            re.I,
        ),
        r"\1[name]",
    ),
)  # fmt: skip


def masked(text: str) -> str:
    """`text` with personal data replaced by what it is, in brackets. Linear in its length."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text
