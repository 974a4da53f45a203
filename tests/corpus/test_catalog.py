import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import DocumentKind, TrustTier, Wording, load_documents
from corpus.__main__ import main
from corpus.catalog import read_catalog, refresh_digests
from corpus.errors import InvalidCatalogError, MissingTextError

MakeShelf = Callable[..., Path]


def edit(root: Path, old: str, new: str) -> None:
    path = root / "catalog.toml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_an_entry_is_read_into_types(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    edit(root, 'published = "unknown"', "published = 2024-05-06")
    (entry,) = read_catalog(root).text
    assert entry.kind is DocumentKind.ARTICLE
    assert entry.tier is TrustTier.FORUM
    assert entry.wording is Wording.AUTHORS_OWN
    assert entry.provenance.published == "2024-05-06"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('kind = "article"', 'kind = "poem"', r"text\.0\.kind"),
        ('author = "unnamed"', 'author = ""', r"text\.0\.author"),
        ('author = "unnamed"', "", r"text\.0\.author.*required"),
        ('author = "unnamed"', 'author = "unnamed"\nmood = "gay"', r"text\.0\.mood"),
        ('published = "unknown"', 'published = "last year"', r"text\.0\.published"),
        ('file = "one.md"', 'file = "../one.md"', r"text\.0\.file"),
        ('id = "one"', 'id = "One!"', r"text\.0\.id"),
        ("[[text]]", "[[text]", "not valid TOML"),
        ('[{ name = "one", question = "What of one?" }]', "[]", r"text\.0\.topics"),
    ],
)
def test_a_bad_entry_is_refused_by_name(
    make_shelf: MakeShelf, old: str, new: str, complaint: str
) -> None:
    root = make_shelf({"one": "One."})
    edit(root, old, new)
    with pytest.raises(InvalidCatalogError, match=rf"catalog\.toml.*{complaint}"):
        load_documents(root)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('id = "two"', 'id = "one"', "id used twice: one"),
        ('file = "two.md"', 'file = "one.md"', r"file used twice: one\.md"),
        ('"What of two?"', '"What of one?"', r"question used twice: What of one\?"),
    ],
)
def test_nothing_may_stand_twice(make_shelf: MakeShelf, old: str, new: str, what: str) -> None:
    root = make_shelf({"one": "One.", "two": "Two."})
    edit(root, old, new)
    with pytest.raises(InvalidCatalogError, match=what):
        read_catalog(root)


def test_refreshing_writes_the_digest_and_nothing_else(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One.", "two": "Two."})
    before = (root / "catalog.toml").read_text().splitlines()
    (root / "texts" / "two.md").write_text("Two, on purpose.")
    assert refresh_digests(root) == ("two",)
    after = (root / "catalog.toml").read_text().splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(" = ")[0] for line in changed] == ["sha256"]
    assert load_documents(root)[1].text == "Two, on purpose."


def test_refreshing_a_sound_shelf_writes_nothing(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    path = root / "catalog.toml"
    path.chmod(stat.S_IRUSR)
    before = path.stat()
    assert refresh_digests(root) == ()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_refreshing_leaves_no_file_behind_and_keeps_the_permissions(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    path = root / "catalog.toml"
    path.chmod(0o640)
    (root / "texts" / "one.md").write_text("Another.")
    refresh_digests(root)
    assert sorted(each.name for each in root.iterdir()) == ["catalog.toml", "texts"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_refreshing_vouches_for_no_absent_text(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    (root / "texts" / "one.md").unlink()
    with pytest.raises(MissingTextError, match=r"one\.md"):
        refresh_digests(root)


def test_refreshing_needs_a_digest_on_a_line_of_its_own(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    edit(root, 'sha256 = "', '"sha256" = "')
    before = (root / "catalog.toml").read_bytes()
    with pytest.raises(InvalidCatalogError, match=r"one\.md needs one line"):
        refresh_digests(root)
    assert (root / "catalog.toml").read_bytes() == before


def test_the_commands_say_what_they_did(
    make_shelf: MakeShelf, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_shelf({"one": "One. Two."})
    assert main(["check", "--root", str(root)]) == 0
    assert "1 texts, 2 sentences" in capsys.readouterr().out
    (root / "texts" / "one.md").write_text("Three.")
    assert main(["check", "--root", str(root)]) == 1
    assert "python -m corpus digest" in capsys.readouterr().err
    assert main(["digest", "--root", str(root)]) == 0
    assert "one" in capsys.readouterr().out
    assert main(["digest", "--root", str(root)]) == 0
    assert "right already" in capsys.readouterr().out
