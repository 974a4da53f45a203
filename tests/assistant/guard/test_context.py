"""How a thing is said, in a table: denied, past, gone, supposed, of somebody else, of a film.

Each row: the message, a concept, and how it is said. "said" and "other" count (of the reader, of
somebody else); "denied", "past", "gone" and "supposed" do not; "nothing": it is not even found.
"""

import pytest

from assistant.guard.findings import Finding, find
from assistant.guard.lexicon import GuardLexicon

DENIAL = """
no swelling in my calf | swelling | denied
there is no swelling | swelling | denied
my calf is not swollen | swelling | denied
my calf isn't swollen | swelling | denied
my calf isnt swollen or red | swelling | denied
my calf isnt swollen or red | skin_colour | denied
it is not at all swollen | swelling | denied
without any swelling | swelling | denied
never swollen | swelling | denied
no sign of swelling | swelling | denied
free of pain | pain | denied
neither swollen nor hot | swelling | denied
i havent got any swelling | swelling | denied
i dont have a fever | fever | denied
i dont think its swollen | swelling | denied
it doesnt look swollen | swelling | denied
it doesnt feel numb | numb | denied
cant see any swelling | swelling | denied
aint swollen | swelling | denied
no swelling, redness or numbness | swelling | denied
no swelling, redness or numbness | skin_colour | denied
no swelling, redness or numbness | numb | denied
no pain, no swelling, no numbness | numb | denied
not dizzy or breathless | dizzy | denied
not dizzy or breathless | breathless | denied
no chest pain or breathlessness | breathless | denied
didn't faint, no vomiting | vomiting | denied
he isn't confused | confused | denied
she has no fever | fever | denied
nothing swollen | swelling | denied
physio ruled out swelling | swelling | denied
zero swelling | swelling | denied
swollen? no. red? no. | swelling | denied
swollen? no. numb? no. | numb | denied
swollen? nope | swelling | denied
"""
TRAPS = """
i cant feel my foot | numb | said
I can't feel my foot | numb | said
i cannot feel my foot | numb | said
i can not feel my foot | numb | said
couldn’t feel my toes | numb | said
my foot has no feeling | numb | said
theres no feeling in my foot | numb | said
lost all feeling in my foot | numb | said
my foot doesnt feel like mine | numb | said
cant put weight on it | cannot_walk | said
it wont bear weight | cannot_walk | said
i cant walk on it | cannot_walk | said
unable to stand on it | cannot_walk | said
no longer able to stand on it | cannot_walk | said
cant catch my breath | breathless | said
my foot wont lift | weak | said
there is no strength in my leg | weak | said
no improvement in the swelling | swelling | said
no better, still swollen | swelling | said
not getting better, still painful | pain | said
the swelling isnt going down | swelling | said
the swelling wont go down | swelling | said
the swelling hasnt gone | swelling | said
the pain doesnt go away | pain | said
the pain is not easing | pain | said
not just sore, swollen | swelling | said
it isnt just sore, its swollen | swelling | said
isn't only tight but swollen too | swelling | said
not only swollen but hot | swelling | said
no idea why my calf is swollen | swelling | said
no doubt its swollen | swelling | said
not sure why its swollen | swelling | said
no injury but my calf is swollen | swelling | said
i havent fallen but its swollen | swelling | said
never had such swelling before | swelling | said
nothing helps the pain | pain | said
no wonder its swollen | swelling | said
no redness but im breathless | breathless | said
no redness but im breathless | skin_colour | denied
not swollen but numb | numb | said
not swollen though it is numb | numb | said
no swelling just numb | numb | said
no swelling, i fainted | collapsed | said
no pain and my foot is numb | numb | said
no pain. swollen though | swelling | said
didnt warm up and now its swollen | swelling | said
i dont know why its numb | numb | said
it doesnt help that its swollen | swelling | said
i havent slept because of the pain | pain | said
swollen? yes. red? no. | swelling | said
swollen? no one has said | swelling | said
i dont run much, my calf is swollen | swelling | said
"""
TIME = """
my calf was swollen years ago | swelling | past
back in 2015 my calf was swollen | swelling | past
i fainted in 2009 | collapsed | past
i used to get swelling | swelling | past
as a kid i fainted | collapsed | past
when i was at school my foot went numb | numb | past
last year my calf was swollen | swelling | past
previously swollen | swelling | past
two years ago my calf was swollen. | swelling | past
swollen since last year | swelling | said
my calf has been swollen for two years | swelling | said
it started years ago and is swollen now | swelling | said
it was swollen last year and it is swollen again | swelling | said
worse than last year, swollen | swelling | said
swollen yesterday | swelling | said
swollen since this morning | swelling | said
fainted on tuesday | collapsed | said
i had a clot years ago | clot_history | past
my calf was swollen but its gone now | swelling | gone
the swelling has gone | swelling | gone
the swelling went down | swelling | gone
the pain is all gone | pain | gone
pain settled by lunch | pain | gone
numb for ten seconds, fine now | numb | gone
was numb, back to normal | numb | gone
my calf was swollen. all fine by monday | swelling | gone
my calf was swollen. its fine now | swelling | gone
my calf was swollen and now its fine | swelling | gone
cramp lasted about 20 seconds | cramp | gone
the swelling hasnt settled | swelling | said
the pain never settled | pain | said
the swelling has not gone away | swelling | said
it went numb and hasnt recovered | numb | said
swelling went down but came back, swollen today | swelling | said
my foot has gone numb | numb | said
my left is swollen, the other leg is fine | swelling | said
i was fine until it went numb | numb | said
"""
SUPPOSED = """
what if it gets swollen | swelling | supposed
what if my calf is swollen | swelling | supposed
how would i know if its swollen | swelling | supposed
if it swells what should i do | swelling | supposed
what do i do if it goes numb | numb | supposed
what are the signs of swelling | swelling | supposed
im worried about getting numb | numb | supposed
scared of fainting | collapsed | supposed
how do i avoid fainting | collapsed | supposed
to prevent swelling | swelling | supposed
hypothetically swollen | swelling | supposed
should i look out for swelling | swelling | supposed
can magnesium cause vomiting | vomiting | supposed
does ibuprofen cause black stools | black_stool | supposed
in case i pass out | collapsed | supposed
when should i worry about numbness | numb | supposed
imagine fainting at mile 20 | collapsed | supposed
what causes swelling | swelling | supposed
is it true that cramp means weakness | weak | supposed
what if it is a clot, my calf is swollen | swelling | said
my calf is swollen, what if it is a clot | swelling | said
my calf is swollen, how would i know if it was a clot | swelling | said
can you tell me why my calf is swollen | swelling | said
how do i get rid of this swelling | swelling | said
why is my calf swollen | swelling | said
how long will my calf be swollen | swelling | said
"""
PERSON = """
my wife fainted | collapsed | other
my dad cant feel his foot | numb | other
my husbands calf is swollen | swelling | other
he is confused and staggering | confused | other
a clubmate collapsed at the finish | collapsed | other
my mum is sore but my calf is swollen | swelling | said
my dad had a clot | clot_history | other
my mum had a clot, my calf is swollen | swelling | said
she fainted. she was vomiting too | vomiting | other
my friend said my calf looks swollen | swelling | said
my brother fainted years ago | collapsed | past
"""
ANOTHER_MEANING = """
in the film he collapsed | collapsed | nothing
watched a documentary where a runner collapsed | collapsed | nothing
the main character fainted | collapsed | nothing
my dog is swollen | swelling | nothing
my dog collapsed | collapsed | nothing
my old cat has been vomiting | vomiting | nothing
collapsed on the sofa | collapsed | nothing
collapsed in a heap laughing | collapsed | nothing
killing me, those hills | suicidal | nothing
dying on the hill reps | suicidal | nothing
the hills nearly finished me | suicidal | nothing
suicide sprints at training | suicidal | nothing
breathless finish to the race | breathless | nothing
the view took my breath away | breathless | nothing
breathtaking route | breathless | nothing
hot bath and a warm up | heat_sign | nothing
blue shoes | pale_blue | nothing
my garmin died, i nearly cried | suicidal | nothing
a cold shower after the race | cold_foot | nothing
had a fit of giggles | seizure | nothing
fit as a fiddle | seizure | nothing
confused about which shoes | confused | nothing
blackout blinds | collapsed | nothing
a solid session | tense | nothing
starting gunshot | snap | nothing
snap decision | snap | nothing
blood blister | cough_blood | nothing
straight to the ice cold beer | cold_foot | nothing
pain au chocolat | swelling | nothing
my leg was swollen like a dog had bitten it | swelling | said
i collapsed like a dog | collapsed | said
"""


def rows(table: str) -> list[tuple[str, str, str]]:
    split = [line.rsplit(" | ", 2) for line in table.strip().splitlines()]
    return [(text, concept, how) for text, concept, how in split]


def counts(finding: Finding) -> bool:
    return not (finding.denied or finding.past or finding.gone or finding.supposed)


def is_said(how: str, findings: list[Finding]) -> bool:
    if how == "nothing":
        return not any(counts(each) for each in findings)
    if how in ("said", "other"):
        return any(counts(each) and each.other == (how == "other") for each in findings)
    return bool(findings) and all(getattr(each, how) for each in findings)


def check(words: GuardLexicon, text: str, concept: str, how: str) -> None:
    assert concept in words.concepts
    findings = [each for each in find((text,), words) if each.concept == concept]
    assert is_said(how, findings), findings


@pytest.mark.parametrize(("text", "concept", "how"), rows(DENIAL))
def test_what_is_denied(words: GuardLexicon, text: str, concept: str, how: str) -> None:
    check(words, text, concept, how)


@pytest.mark.parametrize(("text", "concept", "how"), rows(TRAPS))
def test_what_only_looks_denied(words: GuardLexicon, text: str, concept: str, how: str) -> None:
    check(words, text, concept, how)


@pytest.mark.parametrize(("text", "concept", "how"), rows(TIME))
def test_when_it_was(words: GuardLexicon, text: str, concept: str, how: str) -> None:
    check(words, text, concept, how)


@pytest.mark.parametrize(("text", "concept", "how"), rows(SUPPOSED))
def test_what_is_only_supposed(words: GuardLexicon, text: str, concept: str, how: str) -> None:
    check(words, text, concept, how)


@pytest.mark.parametrize(("text", "concept", "how"), rows(PERSON))
def test_of_whom_it_is_said(words: GuardLexicon, text: str, concept: str, how: str) -> None:
    check(words, text, concept, how)


@pytest.mark.parametrize(("text", "concept", "how"), rows(ANOTHER_MEANING))
def test_what_means_something_else(words: GuardLexicon, text: str, concept: str, how: str) -> None:
    check(words, text, concept, how)


def test_the_table_is_long_enough() -> None:
    tables = (DENIAL, TRAPS, TIME, SUPPOSED, PERSON, ANOTHER_MEANING)
    assert sum(len(rows(table)) for table in tables) >= 120
