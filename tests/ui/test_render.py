from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.reply import (
    Abstention,
    Answer,
    AnswerItem,
    AnswerSentence,
    Citation,
    Clarification,
    ItemKind,
    NearbyTopic,
    Reply,
)
from assistant.ui.about import PageInfo, render_brand, render_hero, render_standing_line
from assistant.ui.render import render_question, render_reply, render_topics, render_waiting
from assistant.ui.sources import source_panel
from assistant.why import Why
from corpus import Provenance, Span, Wording
from tests.ui import scripted
from tests.ui.shelf import DOCUMENTS

OUR_TAGS = frozenset(
    "article section div h1 h2 h3 h4 p span small strong cite mark blockquote ol ul li dl dt dd a i"
    " button details summary template svg rect path circle".split()
)
VOID_OR_DRAWN = frozenset({"rect", "path", "circle"})
OUR_LINKS = ("#", "http", "tel:", "./safety")


class Read(HTMLParser):
    """What a browser would make of it: tags, attributes, text; unbalanced tags are noticed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID_OR_DRAWN:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(reply: Reply) -> Read:
    return Read(render_reply(reply, "c1-t1", scripted.SHELF))


def values(read: Read, name: str) -> list[str]:
    return [value for attribute, value in read.attributes if attribute == name]


nasty = st.text(max_size=80) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        "</template></details><iframe src=//evil.example>",
        "[click](javascript:alert(1)) **bold** # head",
        "${alert(1)} {{value}} `x`",
        "&lt;b&gt; &amp;",
    ]
)
sentences = nasty.filter(lambda text: text.strip() != "")


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    source = scripted.passage(
        draw(st.sampled_from(["one", "two"])),
        draw(nasty),
        draw(nasty),
        draw(st.sampled_from(["author", "reply 2", "<reply>"])),
        (draw(sentences), draw(sentences)),
        start=draw(st.integers(0, 999)),
        wording=draw(st.sampled_from(Wording)),
    )
    start = draw(st.integers(0, len(source.text) - 1))
    end = draw(st.integers(start + 1, len(source.text)))
    base = source.span.start
    span = Span(source.span.document_id, base + start, base + end)
    return Citation(draw(st.integers(1, 99)), source, span)


topics = st.builds(NearbyTopic, nasty, nasty)
whys = st.builds(Why, nasty, st.lists(nasty, max_size=2).map(tuple), nasty)
items = st.builds(
    AnswerItem,
    st.sampled_from(ItemKind),
    nasty,
    st.lists(
        st.builds(AnswerSentence, nasty, st.lists(citations(), min_size=1, max_size=2).map(tuple)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    nasty,
)
many_topics = st.lists(topics, max_size=3).map(tuple)
replies: st.SearchStrategy[Reply] = st.one_of(
    st.builds(
        Answer,
        st.lists(items, max_size=4).map(tuple),
        whys,
        st.lists(nasty, max_size=2).map(tuple),
        many_topics,
    ),
    st.builds(Clarification, nasty, many_topics, whys),
    st.builds(Abstention, message=nasty, nearby=many_topics, ask=nasty, why=whys),
    st.just(scripted.ESCALATE),
)


def only_our_markup(read: Read) -> None:
    assert set(read.tags) <= OUR_TAGS
    assert read.open == []
    assert not [name for name, _ in read.attributes if name.startswith("on") or name == "style"]
    assert all(link.startswith(OUR_LINKS) for link in values(read, "href"))


@given(replies)
def test_no_text_in_a_reply_ever_becomes_markup(reply: Reply) -> None:
    only_our_markup(shown(reply))


@given(nasty)
def test_what_the_reader_types_is_shown_as_typed(text: str) -> None:
    read = Read(render_question(text))
    only_our_markup(read)
    assert text.strip() in read.text


@given(nasty, nasty)
def test_stages_and_topics_stay_text(stage: str, name: str) -> None:
    only_our_markup(Read(render_waiting(stage)))
    chips = Read(render_topics((NearbyTopic(name, stage),), whole=True))
    only_our_markup(chips)
    assert values(chips, "data-ask") == [stage]


@given(nasty, nasty, nasty)
def test_what_the_operator_writes_stays_text(name: str, author: str, address: str) -> None:
    document = replace(DOCUMENTS[0], title=name, provenance=Provenance(author, address, "unknown"))
    about = PageInfo(
        name=name,
        operator=author,
        documents=(document,),
        reviewed_by=author,
        missing=(name,),
        privacy_note=address,
    )
    only_our_markup(Read(render_brand(about)))
    only_our_markup(Read(render_standing_line(about)))
    only_our_markup(Read(render_hero(about, (NearbyTopic(name, author),))))


@given(citations())
def test_a_source_marks_exactly_the_cited_words_in_the_whole_passage(citation: Citation) -> None:
    html = source_panel(citation, scripted.SHELF)
    only_our_markup(Read(html))
    passage = html.split('<blockquote class="passage">')[1].split("</blockquote>")[0]
    before, rest = passage.split("<mark>")
    marked, after = rest.split("</mark>")
    assert Read(marked).text == citation.quote
    assert Read(before).text + citation.quote + Read(after).text == citation.passage.text


@given(replies)
def test_every_citation_in_view_has_the_passage_it_opens(reply: Reply) -> None:
    read = shown(reply)
    assert set(values(read, "data-source")) <= set(values(read, "id"))


def test_an_answer_keeps_the_order_and_names_each_speaker() -> None:
    text = shown(scripted.ANSWER).text
    spoken = ["Article", "Leave stretching", "Take firm hold", "Forum post · reply 1", "Perhaps"]
    places = [text.index(words) for words in spoken]
    assert places == sorted(places)


def test_bundled_passages_are_called_our_summary_and_shown_without_quotation_marks() -> None:
    html = render_reply(scripted.ANSWER, "c1-t1", scripted.SHELF)
    assert "our summary of <cite>Releasing a calf cramp mid-run</cite>" in html
    assert "s--quoted" not in html


def test_a_clubs_own_document_is_shown_as_a_quotation_of_its_author() -> None:
    source = scripted.passage(
        "own", "Club notes", "", "author", ("Rest.",), wording=Wording.AUTHORS_OWN
    )
    answer = Answer(
        (AnswerItem(ItemKind.STATEMENT, "The club says:", (scripted.says(1, source, "Rest."),)),),
        scripted.WHY,
    )
    html = render_reply(answer, "c1-t1", {})
    assert "quoted from <cite>Club notes</cite>" in html
    assert '<span class="s s--quoted">Rest.</span>' in html


def test_a_procedure_is_one_ordered_list_with_every_step() -> None:
    html = render_reply(scripted.ANSWER, "c1-t1", scripted.SHELF)
    steps = html.split('<ol class="steps">')[1].split("</ol>")[0]
    assert steps.count("<li>") == len(scripted.SQUEEZE.sentences)


def test_sentences_of_one_step_stay_in_one_step() -> None:
    step = scripted.SQUEEZE.sentences[1].text
    halves = (step[:20], step[21:])
    item = AnswerItem(
        ItemKind.PROCEDURE,
        "Steps:",
        tuple(scripted.says(n, scripted.SQUEEZE, h) for n, h in enumerate(halves, 1)),
    )
    html = render_reply(Answer((item,), scripted.WHY), "c1-t1", {})
    assert html.split('<ol class="steps">')[1].split("</ol>")[0].count("<li>") == 1


def test_sides_of_a_disagreement_stand_together_under_what_it_is_about() -> None:
    html = render_reply(scripted.DISPUTE, "c1-t1", scripted.SHELF)
    assert html.count('<section class="dispute">') == 1
    assert html.count('<div class="side">') == 2
    assert "heel drops off a kerb" in shown(scripted.DISPUTE).text


def test_two_disagreements_are_two_groups() -> None:
    other = tuple(replace(item, group="bananas") for item in scripted.DISPUTE.items)
    both = replace(scripted.DISPUTE, items=(*scripted.DISPUTE.items, *other))
    assert render_reply(both, "c1-t1", {}).count('<section class="dispute">') == 2


def test_a_product_is_labelled_as_one_posters_opinion() -> None:
    assert "Product mention: one poster’s opinion" in shown(scripted.PRODUCT).text


def test_what_is_not_covered_is_said_and_what_is_near_can_be_clicked() -> None:
    read = shown(scripted.PRODUCT)
    assert "how much magnesium should I take" in read.text
    assert values(read, "data-ask") == [topic.question for topic in scripted.PRODUCT.nearby]


def test_a_clarification_offers_every_choice_as_a_question_to_click() -> None:
    read = shown(scripted.CLARIFY)
    assert scripted.CLARIFY.prompt in read.text
    assert values(read, "data-ask") == [choice.question for choice in scripted.CLARIFY.choices]


def test_an_abstention_says_so_and_whom_to_ask() -> None:
    text = shown(scripted.ABSTAIN).text
    assert scripted.ABSTAIN.message in text
    assert scripted.ABSTAIN.ask in text


def test_an_emergency_shows_its_warning_and_nothing_else_to_read() -> None:
    read = shown(scripted.ESCALATE)
    assert scripted.EMERGENCY.act in read.text
    assert "details" not in render_reply(scripted.ESCALATE, "c1-t1", {}).split("foot")[1]
    assert not {"data-ask", "data-source"} & {name for name, _ in read.attributes}


def test_an_unfinished_answer_has_no_foot_yet() -> None:
    html = render_reply(scripted.ANSWER, "c1-t1", scripted.SHELF, finished=False)
    assert "data-act" not in html
    assert "data-act" in render_reply(scripted.ANSWER, "c1-t1", scripted.SHELF)


def test_sources_can_be_opened_while_the_answer_is_still_coming() -> None:
    read = Read(render_reply(scripted.ANSWER, "c1-t1", scripted.SHELF, finished=False))
    assert len(values(read, "data-source")) == 8
    assert set(values(read, "data-source")) == set(values(read, "id"))


def test_the_fold_tells_how_it_was_read_what_was_used_and_what_left_out() -> None:
    why = replace(scripted.WHY, carried=("my calf cramped",))
    text = shown(replace(scripted.ANSWER, why=why)).text
    for words in (why.read_as, why.decided_by, "my calf cramped", "0.83", "meaning 0.71", "0.31"):
        assert words in text
    assert "near the question, but does not answer it" in text


def test_only_web_addresses_become_links() -> None:
    kerb = source_panel(scripted.cite(1, scripted.KERB_FOR, "Stand"), scripted.SHELF)
    assert 'href="https://forum.example/outer-calf"' in kerb
    assert 'rel="noreferrer noopener"' in kerb
    assert "<a " not in source_panel(scripted.cite(1, scripted.SALT, "salt"), scripted.SHELF)


def test_the_standing_line_says_how_far_the_warnings_can_be_trusted() -> None:
    line = render_standing_line(PageInfo())
    assert "not a person, not a doctor" in line
    assert "Fixed rules check for some warning signs; no clinician has reviewed them yet." in line
    assert 'href="./safety"' in line
    about = PageInfo(reviewed_by="Dr <Q>", reviewed_on=date(2026, 11, 1))
    assert "reviewed by Dr &lt;Q&gt; on 1 November 2026." in render_standing_line(about)
    stale = render_standing_line(replace(about, reviewed_on=None, review_stale=True))
    assert "date not set, which is due again." in stale


def test_what_the_operator_has_not_set_is_said_on_the_page() -> None:
    assert "still has to set" not in render_hero(PageInfo(), ())
    about = PageInfo(missing=("safety.country", "operator.contact"))
    told = "Whoever runs this page still has to set: safety.country, operator.contact."
    assert told in Read(render_hero(about, ())).text


def test_the_privacy_note_is_a_link_or_the_note_itself() -> None:
    linked = render_hero(PageInfo(privacy_note="https://club.example/privacy"), ())
    assert 'href="https://club.example/privacy" target="_blank" rel="noreferrer noopener"' in linked
    said = Read(render_hero(PageInfo(privacy_note="We keep <nothing>."), ()))
    assert "We keep <nothing>." in said.text
    assert "a" not in said.tags


def test_the_page_says_that_no_warning_promises_nothing() -> None:
    assert "when it shows none, that promises nothing" in render_hero(PageInfo(), ())


def test_a_long_paste_is_folded_but_whole() -> None:
    paste = "my calf went tight and I stopped " * 100
    read = Read(render_question(paste))
    assert "details" in read.tags
    assert paste.strip() in read.text


def test_the_same_words_do_not_introduce_the_same_speaker_twice() -> None:
    twice = replace(scripted.PRODUCT, items=(scripted.PRODUCT.items[1],) * 2)
    html = render_reply(twice, "c1-t1", {})
    assert html.count('class="productlabel"') == 1
    assert html.count(scripted.PRODUCT.items[1].attribution) == 1
    assert html.count('class="quote"') == 2
    other = replace(scripted.PRODUCT.items[1], attribution="Another poster says:")
    html = render_reply(replace(twice, items=(twice.items[0], other)), "c1-t1", {})
    assert html.count('class="productlabel"') == 2
