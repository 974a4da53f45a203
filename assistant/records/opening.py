"""Where turns are kept, by the settings. Opening connects to nothing and writes nothing."""

from collections.abc import Mapping

from assistant.records.sql.postgres_place import PostgresPlace
from assistant.records.sql.sql_records import SqlRecords
from assistant.records.sql.sqlite_place import SqlitePlace
from assistant.settings_records import RecordsSettings, records_url

FOLDER = "records"
"""In the folder of the settings, for this user alone."""


def records_of(
    settings: RecordsSettings, environment: Mapping[str, str] | None = None
) -> SqlRecords:
    """The database named in the environment (default: this process's), else a file.

    It is the caller's to keep nothing while `settings.keep` is off. Raises RecordsError: the
    address is none, or what is needed to reach it is not installed.
    """
    if url := records_url(environment):
        return SqlRecords(PostgresPlace(url))
    return SqlRecords(SqlitePlace(settings.folder / FOLDER))
