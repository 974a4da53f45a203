"""Greetings, thanks and abuse: messages that ask nothing and need no search."""

from enum import StrEnum

from assistant.reading.words import words_in


class SmallTalk(StrEnum):
    """What a message is when it asks nothing."""

    GREETING = "greeting"
    THANKS = "thanks"
    ABUSE = "abuse"


_GREETING = frozenset(
    "hi hiya hello hey heya yo howdy morning afternoon evening good day there alright mate all "
    "everyone guys folks soleus bot sup greetings how are you doing is it going today "
    "test testing".split()
)
_THANKS = frozenset(
    "thanks thank thx ty cheers ta you very much so a lot for the help that's great brilliant "
    "perfect awesome ace nice one super mate lovely ok okay cool got it appreciate appreciated bye "
    "goodbye see ya that was helpful helped helps useful really sorted me right out did trick "
    "worked saved my life amazing fantastic job work for me this your answer legend "
    "again all good".split()
)
_ABUSE = frozenset(
    "stupid useless idiot idiotic dumb rubbish junk trash crap shit shite fuck fucking fuckin "
    "off bollocks "
    "moron pathetic garbage sucks suck hate worst bloody damn piss wanker twat bastard arsehole "
    "asshole bitch terrible awful bot robot machine thing you are you're this is it so such a an "
    "your what the of piece total complete absolute go away shut up screw hell to and".split()
)
_GREETING_CORE = frozenset(
    "hi hiya hello hey heya yo howdy morning afternoon evening greetings sup test testing".split()
)
_THANKS_CORE = frozenset(
    "thanks thank thx ty cheers ta appreciate appreciated bye goodbye legend "
    "brilliant perfect awesome".split()
)
_ABUSE_CORE = frozenset(
    "stupid useless idiot idiotic dumb rubbish crap shit shite fuck fucking fuckin bollocks moron "
    "pathetic garbage sucks suck wanker twat bastard arsehole asshole bitch piss "
    "screw terrible awful junk trash".split()
)


def small_talk_in(message: str) -> SmallTalk | None:
    """What sort of small talk the whole message is, or None when any word says more."""
    said = {word.text for word in words_in(message)}
    for sort, core, allowed in (
        (SmallTalk.THANKS, _THANKS_CORE, _THANKS | _GREETING),
        (SmallTalk.GREETING, _GREETING_CORE, _GREETING),
        (SmallTalk.ABUSE, _ABUSE_CORE, _ABUSE | _GREETING | _THANKS),
    ):
        if said & core and said <= allowed:
            return sort
    return None
