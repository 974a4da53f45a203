"""Any sequence of changes leaves what a plain dict would hold, with everything to go back to."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from corpus.errors import LibraryBusyError, NothingToUndoError, UnknownEntryError
from corpus.library.card import CardChange
from corpus.library.changing import KEPT, Put, before, commit, stage, stage_undo
from corpus.library.disk import only_writer, revisions
from corpus.library.entry import Entry
from corpus.library.library import Library
from tests.corpus.library.made_entries import put_of

NAMES = st.sampled_from(["calf", "soleus", "shin", "heel"])
WORDS = st.sampled_from(["rest", "ice", "walking", "socks"])


class Changes(RuleBasedStateMachine):
    """The library beside a dict of (entry, text) and a stack of earlier dicts."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.folder = Path(self.place.name) / "own"
        self.model: dict[str, tuple[Entry, str]] = {}
        self.earlier: list[dict[str, tuple[Entry, str]]] = []

    def teardown(self) -> None:
        self.place.cleanup()

    def _change(self, put: list[Put], gone: set[str]) -> None:
        library = Library(self.folder)
        commit(library, stage(library, put, gone))
        self.earlier.append(dict(self.model))
        self.model = {key: kept for key, kept in self.model.items() if key not in gone}
        for each in put:
            text = self.model[each.entry.id][1] if each.text is None else each.text
            self.model[each.entry.id] = (each.entry, text)

    @rule(names=st.lists(NAMES, min_size=1, unique=True), words=WORDS)
    def add_or_change(self, names: list[str], words: str) -> None:
        self._change([put_of(words, f"file:/club/{name}") for name in names], set())

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if self.model:
            self._change([], set(data.draw(st.lists(st.sampled_from(sorted(self.model))))))

    @rule(data=st.data(), author=WORDS)
    def edit(self, data: st.DataObject, author: str) -> None:
        if self.model:
            entry = self.model[data.draw(st.sampled_from(sorted(self.model)))][0]
            self._change([Put(CardChange(author=author).applied_to(entry))], set())

    @rule(data=st.data(), name=NAMES)
    def be_cut_off(self, data: st.DataObject, name: str) -> None:
        stage(Library(self.folder), [put_of("half", f"file:/club/{name}")])

    @rule()
    def undo(self) -> None:
        library = Library(self.folder)
        if not self.earlier:
            with pytest.raises(NothingToUndoError):
                stage_undo(library)
        elif before(library):  # within the last states, however many undos were among them
            commit(library, stage_undo(library))
            self.model = self.earlier.pop()

    @invariant()
    def it_holds_what_the_dict_holds(self) -> None:
        library = Library(self.folder)
        assert {e.id: (e, library.text(e.id)) for e in library.entries} == self.model
        assert len(revisions(self.folder)) <= KEPT

    @invariant()
    def no_text_lies_about_that_no_state_speaks_of(self) -> None:
        texts = {path.stem for path in (self.folder / "texts").glob("*")}
        states = "".join(path.read_text() for path in self.folder.rglob("*.json"))
        spoken_of = {digest for digest in texts if digest in states}
        assert texts <= spoken_of


TestChanges = Changes.TestCase
TestChanges.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)


def test_no_folder_is_an_empty_library_and_looking_makes_none(tmp_path: Path) -> None:
    library = Library(tmp_path / "own")
    assert library.entries == ()
    with pytest.raises(UnknownEntryError, match="python -m assistant list"):
        library.text("calf-123456")
    assert list(tmp_path.iterdir()) == []


def test_a_state_that_is_held_stays_as_it_was(tmp_path: Path) -> None:
    library = Library(tmp_path)
    commit(library, stage(library, [put_of("calf")]))
    held = Library(tmp_path)
    commit(held, stage(held, [], [held.entries[0].id]))
    assert Library(tmp_path).entries == ()
    assert held.document(held.entries[0].id).text.startswith("# calf")


def test_the_last_states_can_be_gone_back_to_and_no_more_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        library = Library(tmp_path)
        commit(library, stage(library, [put_of(f"calf{number}", "file:/club/calf")]))
    assert len(revisions(tmp_path)) == KEPT
    assert len(list((tmp_path / "texts").iterdir())) == KEPT + 1
    undone = 0
    while before(Library(tmp_path)):
        library = Library(tmp_path)
        commit(library, stage_undo(library))
        undone += 1
    assert undone >= KEPT // 2
    with pytest.raises(NothingToUndoError, match="this is the earliest"):
        stage_undo(Library(tmp_path))


def test_a_change_to_what_is_no_longer_there_is_refused(tmp_path: Path) -> None:
    first = second = Library(tmp_path)
    commit(first, stage(first, [put_of("calf")]))
    with pytest.raises(LibraryBusyError, match="Try again"):
        commit(second, stage(second, [put_of("shin")]))
    assert [entry.title for entry in Library(tmp_path).entries] == ["Calf"]


def test_a_disk_that_gives_a_file_one_name_only_keeps_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refused)
    for what in ("calf", "shin"):
        library = Library(tmp_path)
        commit(library, stage(library, [put_of(what)]))
    library = Library(tmp_path)
    commit(library, stage_undo(library))
    assert [entry.title for entry in Library(tmp_path).entries] == ["Calf"]


def test_of_two_writers_the_second_is_told(tmp_path: Path) -> None:
    with only_writer(tmp_path):
        with pytest.raises(LibraryBusyError, match="Nothing was changed"), only_writer(tmp_path):
            pass
        assert Library(tmp_path).entries == ()
    with only_writer(tmp_path):
        pass
