"""Killed writers, a server that goes away, states that nobody looks at any more."""

import gc
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from index.engine import CutDocument
from index.errors import (
    BuildInProgressError,
    IndexUnreachableError,
    IndexWriteError,
    StaleIndexError,
)
from index.postgres import open_postgres
from index.postgres.engine import PostgresEngine
from tests.index.cut_documents import NO_QUESTIONS, SPEC, cut, out_of_scope, wording
from tests.postgres_server import PostgresServer

ROOT = Path(__file__).resolve().parents[2]
SALT = cut("salt", [["Salt may help.", ("Or not.", ["does salt help?"])]])
PACE = cut("pace", [["Slow down."], ["Salt is no help."]])
OTHER = cut("salt", [["Water may help."]])
TABLES = "documents passages sentences asked passage_words sentence_words counts".split()

_schemas = count()


@pytest.fixture
def schema() -> str:
    return f"crash_{next(_schemas)}"


@pytest.fixture
def engine(postgres: PostgresServer, schema: str) -> PostgresEngine:
    engine = open_postgres(postgres.url(), schema)
    engine.commit(SPEC, [PACE, SALT], [], NO_QUESTIONS)
    return engine


def texts(engine: PostgresEngine) -> list[str]:
    return [passage.text for passage in engine.open().every_passage()]


BOTH = ["Slow down.", "Salt is no help.", "Salt may help. Or not."]


def rows_of(server: PostgresServer, schema: str) -> dict[str, int]:
    """How many rows every table of a schema has."""
    with psycopg.connect(server.url()) as connection:
        names = connection.execute(
            "select tablename from pg_tables where schemaname = %s", (schema,)
        ).fetchall()
        counted = sql.SQL("select count(*) from {}.{}")
        return {
            name: connection.execute(
                counted.format(sql.Identifier(schema), sql.Identifier(name))
            ).fetchall()[0][0]
            for (name,) in names
        }


def cut_off(server: PostgresServer, state: str) -> None:
    """Ends the connections of Soleus that are in some state, as a failing network does."""
    query = "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
    with psycopg.connect(server.url(), autocommit=True) as connection:
        ended = connection.execute(f"{query} 'soleus' and state = '{state}'".encode()).fetchall()
    assert ended


KILLED = """
import sys, time
from index.postgres import open_postgres
from tests.index.cut_documents import NO_QUESTIONS, SPEC, cut

def endless():
    for n in range(10_000):
        yield cut(f"new{n:05}", [["Water may help."]] * 40)
        if n == 40:  # some are sent by now
            print("writing", flush=True)
            time.sleep(60)

open_postgres(sys.argv[1], sys.argv[2]).commit(SPEC, endless(), ["salt"], NO_QUESTIONS)
"""


def test_a_writer_that_is_killed_leaves_what_was_there(
    postgres: PostgresServer, schema: str, engine: PostgresEngine
) -> None:
    before = engine.label()
    opened = engine.open()
    command = [sys.executable, "-c", KILLED, postgres.url(), schema]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        writer.send_signal(signal.SIGKILL)
    assert engine.label() == before
    assert texts(engine) == BOTH
    assert len(list(opened.every_passage())) == len(BOTH)
    when_it_is_let(lambda: engine.commit(SPEC, [OTHER], [], NO_QUESTIONS))
    assert texts(engine) == [*BOTH[:2], "Water may help."]
    del opened
    gc.collect()
    engine.commit(SPEC, [], ["pace"], NO_QUESTIONS)
    assert rows_of(postgres, schema)["passages_v1_1"] == 1


def when_it_is_let(write: Callable[[], object]) -> None:
    """The server notices a moment later that a client is gone, and lets go of its lock."""
    for _ in range(100):
        try:
            write()
        except BuildInProgressError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the killed writer still holds the index")


def test_a_connection_lost_in_mid_commit_leaves_what_was_there(
    postgres: PostgresServer, engine: PostgresEngine
) -> None:
    before = engine.label()

    def cut_short() -> Iterator[CutDocument]:
        yield OTHER
        cut_off(postgres, "idle in transaction")

    with pytest.raises(IndexWriteError, match="whole or not at all"):
        engine.commit(SPEC, cut_short(), ["pace"], NO_QUESTIONS)
    assert engine.label() == before
    assert texts(engine) == BOTH
    engine.commit(SPEC, [], ["pace"], NO_QUESTIONS)
    assert texts(engine) == BOTH[2:]


def test_an_open_snapshot_outlives_a_restart_of_the_server(
    postgres: PostgresServer, engine: PostgresEngine
) -> None:
    opened = engine.open()
    asked = wording("salt")
    before = opened.likeness(opened.pool([asked], 3), asked).bm25.tolist()
    postgres.stop()
    with pytest.raises(IndexUnreachableError, match="No PostgreSQL server answers"):
        opened.card("salt")
    with pytest.raises(IndexUnreachableError):
        engine.label()
    postgres.start()
    assert opened.likeness(opened.pool([asked], 3), asked).bm25.tolist() == before
    assert opened.card("salt") == SALT.card


def test_a_state_that_nothing_kept_is_never_answered_from(
    postgres: PostgresServer, engine: PostgresEngine
) -> None:
    opened = engine.open()
    pool = opened.pool([wording("salt")], 3)
    cut_off(postgres, "idle")  # among them the one that kept this state
    engine.commit(SPEC, [OTHER], ["pace"], NO_QUESTIONS)
    with pytest.raises(StaleIndexError, match="moved on"):
        opened.likeness(pool, wording("salt"))
    with pytest.raises(StaleIndexError, match="moved on"):
        opened.passages(pool.keys)
    assert texts(engine) == ["Water may help."]


def test_what_nobody_looks_at_is_swept_away(
    postgres: PostgresServer, schema: str, engine: PostgresEngine
) -> None:
    first = engine.open()
    engine.commit(SPEC, [OTHER], [], out_of_scope("why?"))
    second = engine.open()
    engine.commit(SPEC, [cut("new", [["Rest."]])], ["pace"], out_of_scope("when?"))
    assert rows_of(postgres, schema)["passages_v1_1"] == 5
    del first
    gc.collect()
    engine.commit(SPEC, [], [], NO_QUESTIONS)
    assert [each.text for each in second.every_passage()] == [*BOTH[:2], "Water may help."]
    assert second.out_of_scope().questions == ("why?",)
    del second
    gc.collect()
    engine.commit(SPEC, [], [], NO_QUESTIONS)
    afresh = open_postgres(postgres.url(), f"{schema}_afresh")
    afresh.commit(SPEC, [cut("new", [["Rest."]]), OTHER], [], NO_QUESTIONS)
    assert rows_of(postgres, schema) == rows_of(postgres, f"{schema}_afresh")


def test_tables_of_an_older_build_go_when_nobody_looks(
    postgres: PostgresServer, schema: str, engine: PostgresEngine
) -> None:
    opened = engine.open()
    engine.commit(SPEC, [OTHER], [], NO_QUESTIONS, afresh=True)
    engine.commit(SPEC, [OTHER], [], NO_QUESTIONS, afresh=True)
    assert [each.text for each in opened.every_passage()] == BOTH
    del opened
    gc.collect()
    engine.commit(SPEC, [], [], NO_QUESTIONS)
    assert sorted(rows_of(postgres, schema)) == sorted(
        ["generations_v1", "out_of_scope_v1", *(f"{name}_v1_3" for name in TABLES)]
    )
    assert texts(engine) == ["Water may help."]
