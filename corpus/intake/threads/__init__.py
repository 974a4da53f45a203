"""Forum threads: recognised in plain text, split by speaker, freed of what a site puts around them.

`read_thread` is the way in for text; `thread_of` for sources that keep posts apart already.
"""

from corpus.intake.threads.assemble import thread_of
from corpus.intake.threads.bbcode import from_bbcode
from corpus.intake.threads.furniture import without_furniture
from corpus.intake.threads.posts import Entry, Post, Thread, thread_markdown
from corpus.intake.threads.recognise import read_thread

__all__ = [
    "Entry",
    "Post",
    "Thread",
    "from_bbcode",
    "read_thread",
    "thread_markdown",
    "thread_of",
    "without_furniture",
]
