"""Lines that name whoever wrote what follows: "sam82 wrote:", "Posted by Sam on 3 May", "#4"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from corpus.intake.threads.dates import DATE, without_time
from corpus.intake.threads.lines import words_of
from corpus.intake.threads.talk import talk

_LONGEST = 160
_DECORATION = " \t#*_~•·◦‣▪●○-–—«»|>↑:()[]"
_ROLE = re.compile(
    r"(original poster|op|(?:reply|answer|comment|response|post|message) ?#?\d{1,5}"
    r"|quoted in [a-z]+ [a-z0-9]+)\b(, follow-up|, continued)?(?! of \d)(.{0,80})",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"(?:(?:post|posted|reply|replied|comment|commented|answer|answered|submitted|asked|message"
    r") by:?|(?:beitrag|geschrieben|verfasst|antwort) von:?"
    r"|(?:re: [^»]{0,80} )?(?:\w+ )?(?:by|par|por|door|da|von) (?=[^»]{1,40}»)"
    r"|author: ?|from: ?|posted:|posted (?=\d|\w{3,9} \d)"
    r"|username: ?|user: ?|poster: ?)(.*)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:on .{4,60}?,? )?(?P<name>[^:;?!>,]{1,40}?),? (?:wrote|said|says|writes|replied|replies"
    r"|commented|comments|posted|answered|asked|asks|responded|schrieb|a écrit"
    r"|hat geschrieben)(?P<when>[^:.!?]{0,50}|.{0,50}\d[^:]{0,9})"
    r":?(?: ?[↑»])?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:(?:re|aw|antw|fwd?): ?)+([^:]{3,100})", re.IGNORECASE)
_ADDED = re.compile(
    r"\b(?:posted|wrote|said|says|replied|commented|answered|asked|edited|on|at|by|post|reply|re"
    r"|points?|likes?|upvotes?|member|senior|junior|moderator|admin|author|no|last)\b|(?<!\w)#?\d+(?!\w)|[&+]",
    re.IGNORECASE,
)
_LOGGED = re.compile(
    r"\[?(?P<when>[\d./-]{6,10},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?)(?:\]|\s-)\s"
    r"(?:(?P<name>[^:]{1,40}): ?)?(?P<words>.*)",
    re.IGNORECASE,
)
_STARTER = re.compile(r"\b(?:op|original poster|(?:topic|thread)[ -]?starter)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"<[^<>]{0,80}>?|\([^()]{0,80}@[^()]{0,80}\)|\bu/")
_PARTICLE = re.compile(r"(?<=\w) (?:of|the|from|de|von|van) (?=[A-Z])")
"""Inside a name, as in "Pete the Feet", such a word makes no sentence of it."""
_NAME = re.compile(r"[\w.\-'’@]+(?: [\w.\-'’@]+){0,2}\Z")


class Strength(IntEnum):
    """How sure a line is to begin a post."""

    DATED = 1
    """A name and a date; the byline of an article looks the same."""
    SAID = 2
    """ "sam82 wrote:"; it may also stand above a quotation."""
    POSTED = 3
    """ "Posted by …", "#4", "From: …"."""
    SUBJECT = 4
    """ "Re: …", of which there are several."""
    ROLE = 5
    """ "Original poster", "Reply 2"."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that begins a post."""

    strength: Strength
    name: str | None = None
    is_starter: bool = False
    role: str = ""
    """In lower case, where the line names a role instead of a person."""


def mark_in(line: str) -> Mark | None:
    """The mark that `line` is, or None. A line with words of the post in it is none."""
    bare = line.strip(_DECORATION)
    if not bare or len(line) > _LONGEST or bare.lower().startswith("originally posted"):
        return None
    for reader in _READERS:
        mark = reader(line, bare)
        if mark is not None:
            return mark
    return None


def logged_in(line: str) -> tuple[Mark, str] | None:
    """The mark and the words of a line of a messenger's log, or None if it is none.

    "[12/03/2024, 18:22:31] Sam: Try ice." What the messenger itself says has no name.
    """
    found = _LOGGED.match(line.lstrip())
    if found is None:
        return None
    words = found["words"].strip() if found["name"] else ""
    return Mark(Strength.POSTED, found["name"] or "the messenger"), words


def looks_like_a_name(text: str, *, in_capitals: bool = True) -> bool:
    """Whether `text` could be what somebody calls themselves: "sam82", "Jo Fell".

    `in_capitals`: a name of several words begins each with a capital letter or a digit.
    """
    if text.count("(") != text.count(")"):
        return False  # the end of something said in brackets
    text = text.strip(_DECORATION)
    if not 2 <= len(text) <= 30 or _NAME.match(text) is None or text.endswith("."):
        return False
    each = text.split()
    if not any(character.isalpha() for character in text):
        return False
    if any(word.lower() in talk().nobody for word in words_of(_PARTICLE.sub(" ", text))):
        return False
    capital = all(
        word[0].isupper() or not word.isalpha() for word in _PARTICLE.sub(" ", text).split()
    )
    return capital or len(each) == 1 or not in_capitals


def _role(line: str, bare: str) -> Mark | None:
    found = _ROLE.fullmatch(bare)
    if found is None or len(found[3].split()) > 8:
        return None
    if found[1].lower() == "op" and DATE.search(found[3]):
        return None  # "OP · 2 days ago" tells more of a name that stands beside or above it
    rest = without_time(found[3]).strip(_DECORATION + ",.")
    rest = _ADDED.sub(" ", rest).strip(_DECORATION + ",.")
    if rest and not looks_like_a_name(rest):
        return None
    name = found[1].lower()
    starter = name in {"op", "original poster"}
    if rest and not starter:
        return Mark(Strength.POSTED, rest)
    return Mark(Strength.ROLE, rest or None, starter, name + (found[2] or "").lower())


def _posted(line: str, bare: str) -> Mark | None:
    if re.fullmatch(r"#\d{1,5}|no\. ?\d{1,5}", line.strip(" *_[]()|"), re.IGNORECASE):
        return Mark(Strength.POSTED)
    found = _POSTED.fullmatch(bare)
    if found is None:
        return None
    name, is_starter, dated = _who(found[1], in_capitals=False)
    return None if name is None and not dated else Mark(Strength.POSTED, name, is_starter)


def _said(line: str, bare: str) -> Mark | None:
    found = _SAID.fullmatch(" ".join(_ADDRESS.sub(" ", re.sub(r"^\d{1,4}[.)] ", "", bare)).split()))
    if found is None or not looks_like_a_name(found["name"], in_capitals=False):
        return None
    when = without_time(found["when"])
    if _ADDED.sub(" ", when).strip(_DECORATION + ",.") or not (":" in line or DATE.search(bare)):
        return None
    name = found["name"].strip(_DECORATION)
    return Mark(Strength.SAID, name, bool(_STARTER.search(name)))


def _subject(line: str, bare: str) -> Mark | None:
    found = _SUBJECT.fullmatch(bare)
    return None if found is None else Mark(Strength.SUBJECT, role=found[1].strip().lower())


def _dated(line: str, bare: str) -> Mark | None:
    if DATE.search(bare) is None or bare.lower().startswith("by "):
        return None  # the byline of an article is no mark
    name, is_starter, dated = _who(bare)
    if not dated:
        return None
    strength = Strength.POSTED if "»" in line or re.search(r"#\d", line) else Strength.DATED
    return Mark(strength, name, is_starter)


def _who(words: str, *, in_capitals: bool = True) -> tuple[str | None, bool, bool]:
    """A name among dates and figures; whether it is the starter's; whether a date stands there."""
    rest = without_time(_ADDRESS.sub(" ", words))
    dated = bool(DATE.search(words))
    starter = _STARTER.search(rest) is not None
    rest = " ".join(_STARTER.sub(" ", rest).split()).strip(_DECORATION + ",.")
    rest = " ".join(_ADDED.sub(" ", rest).split()).strip(_DECORATION + ",.")
    if not rest:
        return None, starter, dated
    if looks_like_a_name(rest, in_capitals=in_capitals):
        return rest, starter, dated
    return None, starter, False


_READERS: tuple[Callable[[str, str], Mark | None], ...] = (_role, _posted, _said, _dated, _subject)
