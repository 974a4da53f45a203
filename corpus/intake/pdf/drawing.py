"""A PDF's drawing instructions as they are carried out: counted, and those that hide words emptied.

Words can be drawn with no ink at all (text rendering modes 3 and 7, ISO 32000-2, 9.3.6), or white
on a page on which nothing coloured was drawn. Text recognition writes such words too, over the
picture of a page that shows no others; those are read, and it is said.
"""

from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, replace
from typing import cast

from corpus.errors import HostileFileError, IntakeError
from corpus.intake.patience import Patience

MOST_SHOWN = 50_000
"""Pieces of text on one page. The time they take grows with their square."""
MOST_LETTERS = 200_000
"""Characters on one page; a newspaper's has a tenth."""
MOST_STAMPS = 3_000
"""Forms and pictures drawn on one page, those within others too."""
_EACH = 500
"""Instructions after which we look at the clock."""
_SHOWS = {b"Tj": 0, b"TJ": 0, b"'": 0, b'"': 2}
"""Instructions that show text, and which of their operands is the text."""
_PAINTS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_STAMPS = frozenset({b"Do", b"sh", b"INLINE IMAGE"})
_INK = {b"g": 1, b"rg": 3, b"sc": 3, b"scn": 3, b"k": 4}
"""Instructions that choose an ink, and how many numbers say which in a space that we know."""
_NO_INK = frozenset({3, 7})
_NEARLY = 0.02


@dataclass(frozen=True, slots=True)
class _Pen:
    """How text is drawn at one time."""

    white: bool = False
    inkless: bool = False


class Drawing:
    """Follows the instructions of one PDF, page after page; they may be emptied on the way."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._refusal: IntakeError | None = None
        self._hidden = self._recognised = 0
        self._begin_page()

    def _begin_page(self) -> None:
        self._steps = self._shown = self._letters = self._stamps = 0
        self._pen = _Pen()
        self._saved: list[_Pen] = []
        self._outside: list[tuple[_Pen, list[_Pen]]] = []
        self._grounded = self._speaks = False

    def before(self, operator: bytes, operands: MutableSequence[object], *_: object) -> None:
        """Takes note of an instruction that is about to be carried out.

        Raises:
            HostileFileError: a page draws more than any page, or the file takes too long.
        """
        self._count()
        if operator in _SHOWS and len(operands) > _SHOWS[operator]:
            self._show(operands, _SHOWS[operator])
        elif operator in _STAMPS:
            self._stamps += 1
            self._grounded = True
            if operator == b"Do":
                self._outside.append((self._pen, self._saved))
                self._saved = []
        elif operator in _PAINTS:
            self._grounded = self._grounded or not self._pen.white
        else:
            self._choose(operator, operands)

    def after(self, operator: bytes, *_: object) -> None:
        """Takes note of an instruction carried out: behind a form, the pen is as before."""
        if operator == b"Do" and self._outside:
            self._pen, self._saved = self._outside.pop()

    def end_page(self) -> None:
        """Ends a page.

        Raises:
            HostileFileError: as `before` said, where the library took it for a damage.
        """
        if self._refusal is not None:
            raise self._refusal
        self._begin_page()

    def remarks(self) -> tuple[str, ...]:
        """What to say of words that nobody sees."""
        told = []
        if self._hidden:
            told.append(f"{self._hidden} words that the PDF hides were left out.")
        if self._recognised:
            told.append(
                "Some words lie unseen over pictures of pages, as text recognition (OCR) leaves "
                "them: check that they say what the pages show."
            )
        return tuple(told)

    def _count(self) -> None:
        self._steps += 1
        try:
            if self._steps % _EACH == 0:
                self._patience.go_on()
            many = self._shown > MOST_SHOWN or self._stamps > MOST_STAMPS
            if many or self._letters > MOST_LETTERS:
                raise HostileFileError(
                    f"{self._patience.name} draws more on one page than a page of text has. Add "
                    "its text as a .txt file instead."
                )
        except IntakeError as problem:
            self._refusal = problem
            raise

    def _show(self, operands: MutableSequence[object], place: int) -> None:
        pieces = [each for each in _pieces(operands[place]) if isinstance(each, (str, bytes))]
        letters = sum(map(len, pieces))
        self._shown += len(pieces)
        self._letters += letters
        if self._letters > MOST_LETTERS or self._shown > MOST_SHOWN:
            self._count()
        recognised = self._pen.inkless and self._stamps and not self._speaks
        unseen = self._pen.inkless or (self._pen.white and not self._grounded)
        if recognised:
            self._recognised += bool(letters)
        elif unseen:
            self._hidden += sum(len(each.split()) for each in pieces)
            _empty(operands, place)
        else:
            self._speaks = self._speaks or bool(letters)

    def _choose(self, operator: bytes, operands: Sequence[object]) -> None:
        """Follows what changes the pen."""
        if operator == b"q":
            self._saved.append(self._pen)
        elif operator == b"Q" and self._saved:
            self._pen = self._saved.pop()
        elif operator == b"Tr" and operands:
            self._pen = replace(self._pen, inkless=operands[0] in _NO_INK)
        elif operator in _INK:
            self._pen = replace(self._pen, white=_is_white(operator, operands))
        elif operator == b"cs":
            self._pen = replace(self._pen, white=False)


def _is_white(operator: bytes, numbers: Sequence[object]) -> bool:
    white = 0.0 if operator == b"k" else 1.0
    return len(numbers) == _INK[operator] and all(
        isinstance(each, (int, float)) and abs(each - white) <= _NEARLY for each in numbers
    )


def _pieces(shown: object) -> Sequence[object]:
    return cast("list[object]", shown) if isinstance(shown, list) else [shown]


def _empty(operands: MutableSequence[object], place: int) -> None:
    shown = operands[place]
    if isinstance(shown, list):
        shown.clear()
    else:
        operands[place] = type(shown)()
