"""One state of the index: what its row says, which is the newest, and who still looks at which."""

from dataclasses import dataclass, fields

from pydantic import ValidationError

from index.engine import Label
from index.errors import REBUILD, DamagedIndexError
from index.postgres.driver import Session
from index.postgres.tables import SHIFT, Tables, class_of
from index.spec import IndexSpec


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is of everything that search counts."""

    passages: int = 0
    sentences: int = 0
    questions: int = 0
    passage_terms: int = 0
    """Terms of all passages with their headers, repeats counted."""
    sentence_terms: int = 0
    asked_terms: int = 0
    """Terms of all sentences together with their known questions."""

    def plus(self, other: "Totals", sign: int = 1) -> "Totals":
        """Sums, or differences where the sign is -1."""
        pairs = zip(self.numbers(), other.numbers(), strict=True)
        return Totals(*(mine + sign * theirs for mine, theirs in pairs))

    def numbers(self) -> tuple[int, ...]:
        """All of them, in the order of `TOTALS`."""
        return tuple(getattr(self, field.name) for field in fields(self))


TOTALS = ", ".join(field.name for field in fields(Totals))
"""The columns of that name, in that order."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A row of `generations`."""

    number: int
    token: str
    epoch: int
    spec: IndexSpec
    out_of_scope: str
    questions_of: int
    """Generation under whose number its out-of-scope questions lie."""
    documents: int
    """Highest key of a document so far."""
    totals: Totals

    @property
    def end(self) -> int:
        """First key of a passage that is too new for it."""
        return (self.documents + 1) << SHIFT


def newest(session: Session, tables: Tables) -> Generation | None:
    """The present state, or None where nothing was ever built.

    Raises:
        DamagedIndexError: it is unreadable.
    """
    name = tables.sql("{generations}")
    if session.rows("select to_regclass(%(name)s) is null", {"name": name}) == [(True,)]:
        return None
    found = session.rows(
        tables.sql(
            "select number, token, epoch, spec, out_of_scope, questions_of, documents,"
            f" {TOTALS} from {{generations}} order by number desc limit 1"
        )
    )
    if not found:
        return None
    number, token, epoch, spec, digest, questions_of, documents, *totals = found[0]
    try:
        read = IndexSpec.model_validate_json(spec)
    except ValidationError as error:
        raise DamagedIndexError(
            f"The label of the index in the database is unreadable. {REBUILD} --force"
        ) from error
    return Generation(number, token, epoch, read, digest, questions_of, documents, Totals(*totals))


def write(session: Session, tables: Tables, made: Generation) -> None:
    """Adds the row that makes everything written before it count."""
    session.run(
        tables.sql(
            "insert into {generations} (number, token, epoch, spec, out_of_scope,"
            f" questions_of, documents, {TOTALS}) values (%(number)s, %(token)s,"
            " %(epoch)s, %(spec)s, %(digest)s, %(questions_of)s, %(documents)s, "
            + ", ".join(f"%({field.name})s" for field in fields(Totals))
            + ")"
        ),
        {
            "number": made.number,
            "token": made.token,
            "epoch": made.epoch,
            "spec": made.spec.model_dump_json(),
            "digest": made.out_of_scope,
            "questions_of": made.questions_of,
            "documents": made.documents,
            **{field.name: getattr(made.totals, field.name) for field in fields(Totals)},
        },
    )


def is_there(session: Session, tables: Tables, generation: Generation) -> bool:
    """Whether a generation's rows are still kept."""
    query = "select 1 from {generations} where number = %(number)s and token = %(token)s"
    values = {"number": generation.number, "token": generation.token}
    return bool(session.rows(tables.sql(query), values))


def hold(session: Session, tables: Tables, generation: Generation) -> bool:
    """Keeps a generation from being swept for as long as the connection lasts; writes nothing.

    False where it is being swept at this moment, or was.
    """
    values = {"schema": class_of(tables.schema), "number": generation.number}
    taken = session.rows("select pg_try_advisory_lock_shared(%(schema)s, %(number)s)", values)
    return taken == [(True,)] and is_there(session, tables, generation)


def take(session: Session, tables: Tables, number: int) -> bool:
    """Takes a generation for sweeping, until the transaction ends; 0 is the right to write.

    False where somebody else has it.
    """
    values = {"schema": class_of(tables.schema), "number": number}
    taken = session.rows("select pg_try_advisory_xact_lock(%(schema)s, %(number)s)", values)
    return taken == [(True,)]


def label_of(session: Session, tables: Tables, generation: Generation) -> Label:
    """What a generation holds."""
    return Label(
        spec=generation.spec,
        documents=dict(
            session.rows(
                tables.sql(
                    "select id, digest from {documents} where key <= %(documents)s"
                    " and (died is null or died > %(number)s) order by id"
                ),
                {"documents": generation.documents, "number": generation.number},
            )
        ),
        out_of_scope=generation.out_of_scope,
        passages=generation.totals.passages,
        sentences=generation.totals.sentences,
        generation=generation.token,
    )
