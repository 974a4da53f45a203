"""A club whose Soleus keeps chats for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.records.retention import Retention
from assistant.records.sql.sql_records import SqlRecords
from assistant.records.sql.sqlite_place import SqlitePlace
from assistant.server.memory import Memory
from tests.assistant.server.served import Behind
from tests.assistant.widget.serving import House, housed


@contextmanager
def keeping(folder: Path, *, cabled: bool = False) -> Iterator[House]:
    """Until the block is left; in a folder of its own."""
    records = SqlRecords(SqlitePlace(folder))
    memory = Memory(records, open_guard(read_contacts("UK")), Retention(30))
    with housed(Behind(memory=memory), cabled=cabled, keeps={"days": 30, "words": True}) as both:
        yield both
