"""Posts as they were found, made into a thread: tidied, quotations seen to, roles for names."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from corpus.intake.threads.furniture import sort_out, told
from corpus.intake.threads.lines import is_rule, lines_of, without_headings, words_of
from corpus.intake.threads.posts import ORIGINAL_POSTER, Entry, Post, Thread
from corpus.intake.threads.quoting import Earlier, own_words, with_marks
from corpus.intake.threads.talk import talk

_LONGEST_SIGNATURE = 6
_SIGNATURE_WORDS = 3


def thread_of(
    title: str | None,
    entries: Sequence[Entry],
    remarks: Sequence[str] = (),
    gone: Sequence[str] = (),
    *,
    signed: bool = True,
) -> Thread:
    """A thread of these posts, in order, the first by whoever began it.

    `gone`: lines that were left out already, to be told together with others. `signed`: names are
    those of people, who may end their posts with the same line each time.

    For sources that keep posts apart, such as a table: text may hold quotations, BBCode must have
    been seen to. Posts of which nothing is left are left out.
    """
    tidied, dropped = _tidied(entries, signed=signed)
    earlier = Earlier()
    posts: list[tuple[Entry, str]] = []
    repeated = 0
    for entry in tidied:
        lines, count = own_words(entry.text.split("\n"), earlier)
        text = "\n".join(without_headings(lines))
        repeated += count
        if words_of(text):
            posts.append((entry, text))
            earlier.add(text)
    roles = _roles([Entry(text, e.name, e.is_starter) for e, text in posts])
    dropped = [*gone, *dropped]
    notes = [*remarks, *([told(dropped)] if dropped else []), *_repeats(repeated)]
    made = tuple(Post(role, text) for role, (_, text) in zip(roles, posts, strict=True))
    return Thread(title, made, tuple(notes))


def _repeats(count: int) -> Iterator[str]:
    if count:
        yield f"{count} quotation(s) of an earlier post left out: its own words stand there."


def _tidied(entries: Sequence[Entry], *, signed: bool) -> tuple[list[Entry], list[str]]:
    """Posts without furniture and signatures, and the lines that went."""
    dropped: list[str] = []
    texts: list[list[str]] = []
    for entry in entries:
        lines, furniture = sort_out(with_marks(lines_of(entry.text)))
        lines, signature = _unsigned(lines)
        dropped += furniture + signature
        texts.append(lines)
    ends = _signatures(entries, texts) if signed else defaultdict[str, set[str]](set)
    tidied = []
    for entry, lines in zip(entries, texts, strict=True):
        last = _last(lines)
        if entry.name and last is not None and lines[last] in ends[entry.name.casefold()]:
            dropped.append(lines[last].strip())
            lines = lines[:last]
        tidied.append(Entry("\n".join(lines), entry.name, entry.is_starter))
    return tidied, dropped


def _unsigned(lines: list[str]) -> tuple[list[str], list[str]]:
    """A post without a signature below "--" or a row of underscores."""
    for number in range(len(lines) - 1, max(0, len(lines) - _LONGEST_SIGNATURE - 2), -1):
        line = lines[number].strip()
        if line == "--" or (len(line) > 2 and set(line) == {"_"}):
            below = [each.strip() for each in lines[number + 1 :] if each.strip()]
            if any(words_of(each) for each in lines[:number]):
                return lines[:number], below
    return lines, []


def _signatures(entries: Sequence[Entry], texts: list[list[str]]) -> dict[str, set[str]]:
    """For each name the last lines that more than one of its posts end with, below others."""
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for entry, lines in zip(entries, texts, strict=True):
        last = _last(lines)
        if entry.name and last is not None and any(map(words_of, lines[:last])):
            ends[entry.name.casefold()][lines[last]] += 1
    found: dict[str, set[str]] = defaultdict(set)
    for name, counts in ends.items():
        found[name] = {
            line
            for line, count in counts.items()
            if count > 1 and len(words_of(line)) >= _SIGNATURE_WORDS
        }
    return found


def _last(lines: list[str]) -> int | None:
    """Where the last line with words stands."""
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].strip() and not is_rule(lines[number]):
            return number
    return None


def _roles(entries: Sequence[Entry]) -> Iterator[str]:
    """The role of each post. A name decides where there is one, otherwise what is said."""
    starter = entries[0].name.casefold() if entries and entries[0].name else None
    replies = 0
    for number, entry in enumerate(entries):
        if number == 0 or _is_starter(entry, starter):
            yield ORIGINAL_POSTER
        else:
            replies += 1
            yield f"reply {replies}"


def _is_starter(entry: Entry, starter: str | None) -> bool:
    if entry.is_starter:
        return True
    if starter is not None and entry.name is not None:
        return entry.name.casefold() == starter
    return talk().returns(entry.text)
