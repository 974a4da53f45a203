"""One reading as an entry of the catalogue: named, guessed at, remarked on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.guard.instructions import instructs
from corpus import DocumentKind, TrustTier
from corpus.errors import NoTextError
from corpus.intake.reading import Reading
from corpus.intake.tidy import one_line
from corpus.library.card import LONGEST, CardChange
from corpus.library.entry import Entry, digests_of, new_id
from corpus.parse import parse_sections


@dataclass(frozen=True, slots=True)
class Arrival:
    """The bytes of one file or page, and where they came from."""

    name: str
    origin: str
    content: bytes
    folder: str = ""
    stamp: str = ""
    address: str = ""
    """Where it stands on the web; empty for a file."""
    media_type: str = ""
    charset: str = ""
    """How a site says its letters are encoded; empty for a file."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading with the entry it would have."""

    entry: Entry
    text: str
    sentences: int


def judge(
    arrival: Arrival, digest: str, part: str, reading: Reading, today: date, tier: TrustTier | None
) -> Judged:
    """The entry of a reading, with what can be guessed; `digest` is that of the bytes.

    Raises:
        NoTextError: there is no sentence to quote.
    """
    title = _shown(reading.title)
    sections = parse_sections(reading.text, reading.kind, untitled=title)
    sentences = [reading.text[s.start : s.end] for each in sections for s in each.sentences]
    if not sentences:
        raise NoTextError("It has no sentence that could be quoted.")
    text_digest, words_digest = digests_of(reading.text)
    entry = Entry(
        id=new_id(title, arrival.origin, part, ()),
        title=title,
        kind=reading.kind,
        author=_shown(reading.author),
        published=_shown(reading.published),
        address=_shown(reading.address),
        tier=guessed_tier(reading.kind),
        origin=arrival.origin,
        origin_digest=digest,
        text_digest=text_digest,
        words_digest=words_digest,
        added=today,
        part=part,
        folder=arrival.folder,
        stamp=arrival.stamp,
        remarks=(*reading.remarks, *_planted(sentences)),
    )
    if tier is not None:
        entry = CardChange(tier=tier).applied_to(entry)
    return Judged(entry, reading.text, len(sentences))


def guessed_tier(kind: DocumentKind) -> TrustTier:
    """How far a text is vouched for until the operator says so: never as a clinician's."""
    return TrustTier.FORUM if kind is DocumentKind.FORUM_THREAD else TrustTier.PRACTITIONER


def parts_of(name: str, readings: Sequence[Reading]) -> tuple[str, ...]:
    """What tells the readings of one file apart from one time to the next; empty for a lone one.

    A table of posts may hold one thread today and two tomorrow, so it always has parts.
    """
    if len(readings) == 1 and not name.lower().endswith(".csv"):
        return ("",)
    parts: list[str] = []
    for reading in readings:
        title = _shown(reading.title)
        same = sum(part == title or part.startswith(f"{title} (") for part in parts)
        parts.append(f"{title} ({same + 1})" if same else title)
    return tuple(parts)


def is_same(old: Entry, new: Entry) -> bool:
    """Whether two entries differ in nothing that anybody would notice."""
    unnoticed = replace(
        new,
        id=old.id,
        added=old.added,
        origin_digest=old.origin_digest,
        stamp=old.stamp,
        folder=old.folder,
    )
    return unnoticed == old


def _shown(value: str) -> str:
    return one_line(value)[:LONGEST].strip() or "unknown"


def _planted(sentences: Sequence[str]) -> tuple[str, ...]:
    count = sum(map(instructs, sentences))
    if not count:
        return ()
    what = "1 sentence looks" if count == 1 else f"{count} sentences look"
    which = "it is" if count == 1 else "they are"
    return (f"{what} like instructions to a program; {which} never quoted.",)
