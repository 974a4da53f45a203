"""Tables of posts, as forums export them: each row a post, rows of one thread together."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import BrokenFileError, NoTextError, TooLargeError
from corpus.intake.draft import Draft
from corpus.intake.encodings import decoded
from corpus.intake.guesses import iso_date, short_title
from corpus.intake.lines import own_words
from corpus.intake.pages.html import markdown_of_fragment
from corpus.intake.patience import Patience
from corpus.intake.threads import Entry, from_bbcode
from corpus.intake.tidy import tidy

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": tuple(
        """text body post_text post_body post_content message content comment message_text post
        raw reply description answer note""".split()
    ),
    "thread": tuple("thread_id topic_id tid thread topic thread_title topic_title".split()),
    "title": tuple("thread_title topic_title title topic subject thread headline".split()),
    "user": tuple(
        """author user username user_name poster posted_by name member from nick nickname author_id
        user_id poster_id member_id display_name""".split()
    ),
    "date": tuple(
        """date posted_at created_at date_posted post_date timestamp created time posted datetime
        post_time published""".split()
    ),
    "order": tuple("order post_number post_no number position index no nr seq post_id id".split()),
    "address": tuple("url link address permalink".split()),
}
_RE = re.compile(r"(?:(?:re|aw|fwd?)\s*:\s*)+", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:p|br|div|b|i|em|strong|a|ul|ol|li|blockquote|span|img)\b[^<>]*>", re.I)
_SEPARATORS = ",;\t|"
_MOST_ROWS = 100_000
_MOST_THREADS = 10_000


@dataclass(frozen=True, slots=True)
class _Row:
    """One post as its row tells it; "" where it does not."""

    thread: str
    title: str
    user: str
    date: str
    order: str
    text: str
    address: str


def read_csv(content: bytes, patience: Patience, charset: str = "") -> tuple[Draft, ...]:
    """A draft for each thread of the table, in the order in which they begin.

    Raises:
        NoTextError: no column holds the words of posts, or none of its cells does.
        BrokenFileError: it is no table.
        HostileFileError: it takes too long.
        TooLargeError: it has more rows or threads, or longer posts, than are read.
        UnknownFormatError: its encoding cannot be told.
    """
    name = patience.name
    text = decoded(content, name, charset)
    rows = _rows(name, text.text)
    if not rows:
        raise NoTextError(f"{name} has no row with text in it. Fill the column with the posts.")
    threads: dict[str, list[_Row]] = {}
    for row in rows:
        threads.setdefault(row.thread or _RE.sub("", row.title), []).append(row)
    if len(threads) > _MOST_THREADS:
        raise TooLargeError(f"{name} has more than {_MOST_THREADS:,} threads. Split it.")
    return tuple(_draft(each, text.remarks, patience) for each in threads.values())


def _rows(name: str, text: str) -> list[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False)
    try:
        table = [row for row, _ in zip(reader, range(_MOST_ROWS + 1), strict=False)]
    except csv.Error as problem:
        if "field limit" in str(problem):
            raise TooLargeError(
                f"{name} has a cell of more than {csv.field_size_limit():,} characters, which is "
                "no post. Close its quotation marks, or split the cell."
            ) from problem
        raise BrokenFileError(
            f"{name} is no proper table ({problem}). Save it as CSV (UTF-8) anew."
        ) from problem
    if len(table) > _MOST_ROWS:
        raise TooLargeError(f"{name} has more than {_MOST_ROWS:,} rows. Split it.")
    places = _places(table[0] if table else [])
    if "text" not in places:
        raise NoTextError(
            f"{name} has no column of texts. Name it “text” in the first row; other columns may be "
            "“thread”, “title”, “author”, “date” and “order”."
        )
    told = (_row(row, places) for row in table[1:])
    return [row for row in told if any(map(str.isalnum, row.text))]


def _separator(text: str) -> str:
    """What stands between the cells of the first row."""
    head = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    return max(_SEPARATORS, key=head.count)


def _places(head: Sequence[str]) -> dict[str, int]:
    """For each thing that we look for the column that holds it."""
    named = {
        re.sub(r"[^a-z]+", "_", tidy(cell).text.lower()).strip("_"): n
        for n, cell in enumerate(head)
    }
    places: dict[str, int] = {}
    for wanted, names in _COLUMNS.items():
        found = [named[each] for each in names if each in named]
        free = [n for n in found if n not in places.values() or wanted == "title"]
        if free:
            places[wanted] = free[0]
    return places


def _row(cells: Sequence[str], places: Mapping[str, int]) -> _Row:
    def cell(what: str) -> str:
        at = places.get(what, -1)
        return cells[at].strip() if 0 <= at < len(cells) else ""

    return _Row(
        thread=cell("thread"),
        title=cell("title"),
        user=cell("user"),
        date=iso_date(cell("date")),
        order=cell("order"),
        text=cell("text"),
        address=cell("address"),
    )


def _draft(rows: Sequence[_Row], remarks: Sequence[str], patience: Patience) -> Draft:
    ordered = _in_order(rows)
    first = ordered[0]
    dates = [row.date for row in ordered if row.date]
    about: dict[str, object] = {
        "title": short_title(_RE.sub("", first.title or first.thread, count=1)),
        "published": min(dates, default=""),
        "address": first.address if re.match(r"https?://\S+\Z", first.address) else "",
    }
    texts = [_markdown(row.text, patience) for row in ordered]
    if not any(row.user or row.thread or row.title for row in rows):
        return Draft(text="\n\n".join(texts), remarks=tuple(remarks))
    entries = tuple(Entry(t, row.user or None) for t, row in zip(texts, ordered, strict=True))
    nameless = any(row.user for row in rows) is False
    notes = (
        ("Nobody is named: the first post is taken for the original poster's.",) if nameless else ()
    )
    return Draft(
        posts=entries,
        title=str(about["title"]),
        published=str(about["published"]),
        address=str(about["address"]),
        remarks=(*remarks, *notes),
    )


def _in_order(rows: Sequence[_Row]) -> list[_Row]:
    """By number where each row has one, else by date where each has one, else as they stand."""
    if all(re.fullmatch(r"\d{1,18}", row.order) for row in rows):
        return sorted(rows, key=lambda row: int(row.order))
    if all(row.date for row in rows):
        return sorted(rows, key=lambda row: row.date)
    return list(rows)


def _markdown(text: str, patience: Patience) -> str:
    """A cell's words: HTML or BBCode as forums keep it, or lines as they were typed."""
    patience.go_on()
    if _MARKUP.search(text):
        return markdown_of_fragment(text, patience.name)
    plain, _ = from_bbcode(tidy(text).text)
    return "\n".join(_typed(plain.split("\n")))


def _typed(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a post, no one of which becomes a heading; a quotation keeps its mark."""
    for line in lines:
        quoted = line.lstrip().startswith(">")
        words = own_words(line)
        yield f"> {words}" if quoted and words else words
