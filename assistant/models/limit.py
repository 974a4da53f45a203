"""How many may do something at once."""


class Limit:
    """Hands out up to `places` places. Takers are told apart by their tokens.

    A place may be given back from a finaliser, which runs wherever the collector happens to run, be
    it inside `take` itself. So there is no lock to wait for: adding to a set and discarding from it
    are each one step of the interpreter. Two who take the last place at the same moment may both be
    turned away, never both let in; whoever minds lets takers in one by one.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._taken: set[object] = set()

    def take(self, token: object) -> bool:
        """Whether there was a place; it is the token's until `give_back`."""
        self._taken.add(token)
        if len(self._taken) <= self._places:
            return True
        self._taken.discard(token)
        return False

    def give_back(self, token: object) -> None:
        """Free the token's place. Safe to call twice."""
        self._taken.discard(token)

    @property
    def taken(self) -> int:
        """Places in use."""
        return len(self._taken)
