"""Words that carry no subject: function words, and what runners say around a question."""

FILLER = frozenset(
    """
    a about above actual actually advice after again against ages all almost alot already also
    always am an and annoyed another any anybody anyone anything are aren't argh around as
    asap ask asked asking at avoid away awful bad badly basically bc be because been before
    behind being below best better between big bit body both btw but by call came can can't
    cannot cant cause caused causes causing cheer cheers come comes coming condition correct
    cos could coz cure cured cuz day days deal did didn't didnt different do does doesn't
    doesnt doing don't done dont down due dunno during each ease eases else enough especially
    etc even ever every everybody everyone everything exactly experience experienced explain
    feel feeling feels felt few find first fix folks for found from fully fwiw get
    gets getting give go goes going gone gonna good got gotta great guess guys ha had haha
    happen happened happening happens has have having he hear heard hello help helped helpful
    helping helps her here hey hi him his hmm honestly hope hot hour hours how however i i'd
    i'll i'm i've idea ideas if im imho immediately imo in injured injuries injury instantly
    instead into is isn't isnt issue issues it it's its ive just k keep keeps kind kinda km
    kms know last lately later least left legit less let like little lol long look looking lot
    lots made mainly make makes making many mate matter may maybe me mean means meant mi mid
    middle might mile miles min mind mine mins minute month months more most much muscle
    muscles must my myself need needed needs never new next nice no normal normally not
    nothing now of off often oh ok okay omg on once one ones only onto or other others our out
    over own part people perhaps person place please pls plus plz point possible possibly post
    prevent prevention prob probably problem problems proper properly put question quick
    quickly quite r rather real really reason reasons recently reckon reckons recommend
    recommended regular relief relieve remedies remedy right run runner runners running runs
    said same saw say says sec second seconds secs see seem seems seen seriously session
    sessions set she should shouldn't shouldnt side sides since situation so solution some
    somebody someone something sometimes soon sort sorta sorts start started starting starts
    stay still stop stopped stopping stops straight stuff such suddenly suffer suffering
    suggest suggestion suggestions supposed sure symptom symptoms take taken takes taking talk
    tbh tell than thank thanks that that's thats the their them then there these they thing
    things think thinking this those though thought thoughts through thx till time times tip
    tips to today together told tomorrow tonight too took train trained training treat treated
    treating treatment tried tries trouble try trying type u ugh under until up upon ur us use
    used useful uses using usually very wanna want wanted wants was wasn't way ways we week
    week's weekend weeks well went were what what's whats when where whether which while who
    whole whom why will wish with without won't wonder wondering wont work worked working
    works worse worst worth would wrong wtf year years yes yesterday yet you you're your
    yourself
    """.split()
)


def is_filler(word: str) -> bool:
    """Whether a lower-case word says nothing of what a question is about."""
    return word in FILLER or len(word) == 1
