"""Words that carry no subject: function words, and what runners say around a question."""

FILLER = frozenset(
    """
    a about above actually advice after again against ages all almost alot already also always am an and annoyed another any
    anybody anyone anything are aren't around as ask asked asking at awful away bad badly basically be because been before
    behind being below best better between big bit body both but by call came can can't cannot cause caused causes causing
    come comes coming correct could day days deal did didn't different do does doesn't doing don't done down due during each
    else enough especially etc even ever every everyone everything exactly experience experienced explain feel feeling feels
    felt few find first fix folks for found from fully get gets getting give go goes going gone good got great guys had
    happen happened happening happens has have having he hear heard hello help helped helpful helping helps her here hey hi
    him his hope hot how however i i'd i'll i'm i've idea ideas if in instead into is isn't it it's its just keep keeps kind
    know last lately later least left less let like little long look looking lot lots made mainly make makes making many
    mate may maybe me mean means meant might mile miles mind mine minute more most much must my myself need needed needs never new
    next nice no normal normally not nothing now of off often oh ok okay on once one ones only onto or other others
    our out over own part people perhaps person place please plus point possible possibly post prob probably problem
    problems proper properly put question quick quickly quite rather real really reason reasons recently recommend
    recommended regular right run runner runners running runs said same saw say says see seem seems seen set she should
    shouldn't since so some somebody someone something sometimes soon sort sorts start started starting starts stay still
    stop stopped stopping stops straight stuff such suddenly suffer suffering suggest suggestion suggestions supposed sure
    take taken takes taking talk tell than thank thanks that that's the their them then there these they thing things think
    thinking this those though thought thoughts through till time times tip tips to today together told tomorrow
    tonight too took tried tries try trying type under until up upon us use used useful uses using usually very want wanted
    wants was wasn't way ways we week weeks well went were what what's whats when where whether which while who whole whom why will
    wish with without won't wonder wondering work worked working works worse worst worth would wrong wtf year years yes
    yesterday yet you you're your yourself pls plz thx lol omg tbh imo imho fwiw btw ha haha hmm ok ugh argh gonna wanna gotta
    dunno kinda sorta cos coz cuz bc u ur r im ive dont cant doesnt didnt isnt wont shouldnt thats whats its
    treatment treat treating treated cure cured remedy remedies solution relief relieve ease eases prevent prevention avoid
    issue issues trouble situation matter symptom symptoms condition injury injuries injured hello everybody asap cheers cheer legit reckon reckons guess actual honestly seriously basically
    muscle muscles side sides session sessions training train trained immediately instantly actual mid middle
    week's weekend month months hour hours second seconds sec secs min mins km kms k mi
    """.split()
)


def is_filler(word: str) -> bool:
    """Whether a lower-case word says nothing of what a question is about."""
    return word in FILLER or len(word) == 1
