"""The posts of a forum's page, kept apart as the page keeps them apart.

Forum programs differ in everything but this: each post has a container of its own, all containers
share the name of a class or an item type, and that name is one of a few. The name whose containers
hold most of the page's words is taken.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from corpus.intake.pages import markup
from corpus.intake.pages.main_part import without
from corpus.intake.pages.markup import Element
from corpus.intake.pages.writer import markdown_of, words_of
from corpus.intake.threads import Entry, from_bbcode

_CONTAINERS = frozenset(
    """comment comments-item forum-post forumpost message post postbit postbody post-body
    post-container postcontainer post-wrapper postrow reply response thread-post topic-post thing
    windowbg windowbg2 answer question js-post cpost ipscomment crawler-post""".split()
)
_TYPES = ("comment", "answer", "question", "discussionforumposting", "socialmediaposting")
_BODIES = (
    frozenset(
        {"signature-free", "cooked", "bbwrapper", "post-text", "postcontent", "post-content"}
    ),
    frozenset({"message-body", "postbody", "post-body", "posttext", "post-message", "postmessage"}),
    frozenset({"content", "message-content", "comment-body", "comment-content", "commenttext"}),
    frozenset({"entry-content", "body", "text", "usertext-body", "md", "message", "post", "inner"}),
)
_USERS = frozenset(
    """author username user-name user poster postauthor post-author nick nickname member
    member-name membername bigusername fn comment-author message-name postername name""".split()
)
_NOT_WORDS = frozenset(
    """signature sig postsignature post-signature avatar postprofile post-profile profile userinfo
    user-info message-user poster-info postdetails post-meta post-info postinfo post-date date
    posted-on comment-metadata comment-meta meta metadata timestamp time likes like-button
    reactions controls buttons post-buttons post-controls actions post-actions toolbar tagline
    flat-list reply-link moderatorbar attachments edited notice last-edited editnote lastedit
    post-number postnumber permalink share report vote votes arrow midcol rank usertitle
    user-title""".split()
)
_FEWEST_POSTS = 2
_MOST_OF_BODY = 0.6
_MOST_OF_PAGE = 0.5
"""Share of the letters that the posts hold together; below it the page is an article."""
_QUOTES = frozenset(
    """quote quotes bbquote bb-quote quoted quotetext quote-text quotecontent quote-content
    quote-container quotecontainer bbcode-quote bbcodeblock--quote blockquote""".split()
)
_QUOTED_FROM = re.compile(
    r"^(?:> ?)*(?:originally posted by:? .{1,60}|.{1,60} (?:said|wrote|posted|schrieb):|quote:?)$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_BY = re.compile(r"(?:posted |written )?by:?\s+", re.IGNORECASE)
_BEHIND_NAME = re.compile(r"\s*[»|·•(]|,?\s+on\s|,?\s+\d|\s+(?:wrote|says|said)\b")
"""Where a line such as "by fox » 3 May" stops naming somebody."""
_SUBJECT = re.compile(r"(?:re|aw)\s*:", re.IGNORECASE)


def posts_of(body: Element) -> tuple[Entry, ...]:
    """The posts of a page in their order, or none where it is no forum's page.

    Each has the name of its user, to tell people apart by, as far as the page shows one.
    """
    best: tuple[Element, ...] = ()
    for group in _groups(body):
        if sum(each.letters for each in group) > sum(each.letters for each in best):
            best = group
    if sum(each.letters for each in best) < _MOST_OF_PAGE * body.letters:
        return ()
    entries = tuple(entry for each in best if (entry := _entry(each)).text)
    return entries if len(entries) >= _FEWEST_POSTS else ()


def _groups(body: Element) -> Iterator[tuple[Element, ...]]:
    """Containers that share a name, those within another of the group apart from it."""
    groups: dict[str, list[Element]] = defaultdict(list)
    for each in body.walk():
        for name in _marks_of(each):
            groups[name].append(each)
    for group in groups.values():
        if len(group) >= _FEWEST_POSTS:
            yield _apart(group)


def _marks_of(element: Element) -> set[str]:
    """By which of its names an element may be the container of a post."""
    if element.tag in ("body", "a", "span", "form", "input", "h1", "h2", "h3", "h4"):
        return set()
    kind = element.attributes.get("itemtype", "").rstrip("/").lower().rpartition("/")[2]
    marks = {"a typed item"} if kind in _TYPES else set()
    whole = _classes(element)
    numbered = re.fullmatch(
        r"(post|comment|message|msg|p)-?_?\d+", element.attributes.get("id", "")
    )
    return marks | (whole & _CONTAINERS) | ({numbered.group(1)} if numbered else set())


def _apart(group: list[Element]) -> tuple[Element, ...]:
    """The members of a group, each without those that stand within it."""
    members = {id(each) for each in group}
    return tuple(without(each, lambda inner: id(inner) in members) for each in group)


def _entry(element: Element) -> Entry:
    user = _user(element)
    told = _body(without(element, _is_no_words))
    text = _QUOTED_FROM.sub("", markdown_of(_with_plain_headings(told)))
    return Entry(from_bbcode(text)[0].strip(), user or None)


def _user(element: Element) -> str:
    """Who wrote it, as the page shows it: of use only to tell people apart."""
    for each in element.walk():
        named = each.attributes.get("data-author") or each.attributes.get("data-username")
        if named:
            return named.strip()
    for each in element.walk():
        is_author = each.attributes.get("itemprop", "").lower() in ("author", "creator")
        if (is_author or _classes(each) & _USERS) and 0 < len(words_of(each)) <= 60:
            return _BEHIND_NAME.split(_BY.sub("", words_of(each)), maxsplit=1)[0]
    return ""


def _body(element: Element) -> Element:
    """The part of a container that holds what was written: the innermost that holds most of it."""
    for names in _BODIES:
        found = [each for each in element.walk() if each is not element and _is_called(each, names)]
        best = max(found, key=lambda each: each.letters, default=None)
        if best is not None and best.letters:
            inner = _body(best)
            return inner if inner.letters >= _MOST_OF_BODY * best.letters else best
    return element


def _is_called(element: Element, names: frozenset[str]) -> bool:
    said = element.attributes.get("itemprop", "").lower() in ("text", "articlebody")
    numbered = re.match(r"(?:post_message|post-content|msg)_?\d", element.attributes.get("id", ""))
    return bool(names & _classes(element)) or ((bool(numbered) or said) and "post-message" in names)


def _is_no_words(element: Element) -> bool:
    """Whether an element of a post tells who wrote it, when and with what, not what."""
    whole = _classes(element)
    prop = element.attributes.get("itemprop", "").lower()
    return (
        bool(whole & (_NOT_WORDS | _USERS))
        or element.tag in ("time", "nav", "footer", "cite", "address", "dt")
        or prop in ("author", "datecreated", "datepublished")
        or (element.tag in _HEADINGS and bool(_SUBJECT.match(words_of(element))))
    )


def _with_plain_headings(element: Element) -> Element:
    """A post in which quotations are marked as such and headings are paragraphs.

    Under a heading of its own, what somebody wrote would be nobody's words.
    """
    children = tuple(
        child if isinstance(child, str) else _with_plain_headings(child)
        for child in element.children
    )
    tag = "p" if element.tag in _HEADINGS else element.tag
    quoted = _classes(element) & _QUOTES or (
        tag in ("td", "div") and element.words().lstrip().lower().startswith("originally posted by")
    )
    return markup.element("blockquote" if quoted else tag, element.attributes, children)


def _classes(element: Element) -> set[str]:
    return set(element.attributes.get("class", "").lower().replace("_", "-").split())
