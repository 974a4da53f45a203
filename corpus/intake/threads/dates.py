"""Days and times as boards write them beside a name."""

import re

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|märz?|mai|janv|févr|avr|juin|juil|août|déc|enero|abril|januar|februar|juni|juli)"
)
DATE = re.compile(
    r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:T(?=\d))?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|(?:(?:mo|di|mi|do|fr|sa|so),? )?\d{1,2}(?:st|nd|rd|th|\.)?[ -](?:of )?"
    rf"{_MONTH}\.?,?(?:[ -]\d{{4}}| '\d\d)?"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
    r"|(?:\d{1,3}|an?|one|a few|last) ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w"
    r"|wks?|weeks?|mo|months?|y|yrs?|years?)\.? ago"
    r"|(?:yesterday|today)(?=,? (?:at )?\d)|just now)",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\b\.?)?Z?|\b\d{1,2} ?[ap]m\b"
    r"|\b(?:GMT|UTC|BST|EST|EDT|PST|PDT|CET|CEST)\b(?: ?[+-]\d+)?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)


def without_time(text: str) -> str:
    """`text` without days and times."""
    return CLOCK.sub(" ", DATE.sub(" ", text))
