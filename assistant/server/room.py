"""Room for connections: each is an open file, and systems allow a process some 1,000 of those."""

import resource

_OTHERS = 256
"""Files that are open besides: index, libraries, sockets of a model."""


def make_room(connections: int) -> bool:
    """Lets this process have so many connections open, if the system's own limit allows it.

    False where it does not: then whoever comes too many waits at the door, instead of being told.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHERS
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return True
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most == wanted
