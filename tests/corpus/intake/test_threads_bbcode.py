"""BBCode becomes Markdown, and words in brackets stay words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.intake.threads import from_bbcode

TAGS = (
    "[b] [/b] [i] [/i] [url=http://x.example/a] [/url] [img] [/img] [quote] [/quote] [quote=sam]"
    " [list] [/list] [list=1] [*] [ol] [/ol] [ul] [/ul] [li] [/li] [size=3] [/size] [hr]"
    " [zap] [/zap]"
).split()


@pytest.mark.parametrize(
    ("coded", "plain"),
    [
        ("[b]ice[/b] and [i]rest[/i]", "ice and rest"),
        ("[B]ice[/b]", "ice"),
        ("[size=5][color=red]ice[/color][/size]", "ice"),
        ("[wibble]ice[/wibble]", "ice"),
        ("[b]ice", "[b]ice"),
        ("ice[/b]", "ice[/b]"),
        ("ice it [sic] for [about 5] minutes [1]", "ice it [sic] for [about 5] minutes [1]"),
        ("my [right] calf", "my [right] calf"),
        ("[url=http://x.example/ice]ice baths[/url] work", "ice baths work"),
        ("[url]http://x.example/ice[/url]", "http://x.example/ice"),
        ("look: [img]http://x.example/leg.jpg[/img] ouch", "look:  ouch"),
        ("[attachment]my left leg[/attachment]", "my left leg"),
        ("[list][*]ice[*]rest[/list]", "\n\n- ice\n- rest\n\n"),
        ("[ol][li]ice[/li][li]rest[/li][/ol]then run", "\n\n1. ice\n2. rest\n\nthen run"),
        ("[list=1][*]ice[list][*]ten minutes[/list][/list]", None),
        ("[li]ice[/li]", "\n- ice"),
        ("a footnote [*]", "a footnote [*]"),
        ("ice[hr]rest", "ice\n\nrest"),
        ("[quote=sam]ice\nrest[/quote]no", "\n\n> ice\n> rest\n\nno"),
        ("[quote]ice[quote]rest[/quote][/quote]no", "\n\n> ice\n>\n> > rest\n\nno"),
        ("[quote]ice\n\nand my own words", "\n\n> ice\n\n\n\nand my own words"),
        ("ice[/quote]rest", "icerest"),
    ],
)
def test_tags_are_carried_out_or_left_out(coded: str, plain: str | None) -> None:
    text, _ = from_bbcode(coded)
    if plain is None:
        assert text.split("\n") == ["", "", "1. ice", "", "   - ten minutes", *[""] * 4]
    else:
        assert text == plain


def test_links_and_pictures_that_went_are_told() -> None:
    _, remarks = from_bbcode("[url=http://x.example]here[/url] [img]http://x.example/a.png[/img]")
    assert [remark.split(" left out")[0] for remark in remarks] == [
        "1 link(s)",
        "1 picture(s) or film(s)",
    ]


@given(st.text())
def test_a_text_without_tags_comes_back_as_it_is(text: str) -> None:
    plain = text.replace("[", "(")
    assert from_bbcode(plain) == (plain, ())


@given(st.lists(st.sampled_from([*TAGS, "ice", "rest", "\n", "\n\n", "[", "]", "[b"])))
def test_no_word_between_tags_is_lost_however_they_are_mixed(pieces: list[str]) -> None:
    inside_media = False
    words = []
    for piece in pieces:
        if piece in {"ice", "rest"} and not inside_media:
            words.append(piece)
        inside_media = piece == "[img]" or (inside_media and piece != "[/img]")
    found = from_bbcode(" ".join(pieces))[0].replace("[", " ").replace("]", " ").split()
    told = [word for word in found if word in {"ice", "rest"}]
    assert [word for word in words if word not in told] == []
    assert len(told) >= len(words)


def test_deep_nesting_costs_no_more_than_its_length() -> None:
    deep = "[quote]" * 20_000 + "ice" + "[/quote]" * 10_000
    text, _ = from_bbcode(deep)
    assert text.split()[-1] == "ice"
    assert len(text) < 1_000
