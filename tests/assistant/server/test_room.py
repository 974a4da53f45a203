"""Room for connections, in a process of its own: limits of a process are taken down for good."""

import subprocess
import sys

import pytest

ROOM = """
import resource, sys
from assistant.server.room import make_room
soft, hard, wanted = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
enough = make_room(wanted)
print(enough, *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "found"),
    [
        (100, 900, 500, "True 756 900"),
        (100, 600, 500, "False 600 600"),
        (800, 900, 500, "True 800 900"),
    ],
)
def test_a_process_takes_what_it_needs_and_may_have(
    soft: int, hard: int, wanted: int, found: str
) -> None:
    given = [str(number) for number in (soft, hard, wanted)]
    done = subprocess.run(
        [sys.executable, "-c", ROOM, *given], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == found
