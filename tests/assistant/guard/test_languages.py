"""Other languages are told from English, and a grave sign in one is an emergency."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guard.contacts import read_contacts
from assistant.guard.guard import FOREIGN_SIGN, Guard, open_guard
from assistant.guard.languages import LANGUAGES, OTHER, Languages
from assistant.question import Question
from assistant.reply import Level

SHIPPED = tomllib.loads(LANGUAGES.read_text(encoding="utf-8"))["language"]
EVERYDAY = {
    "de": [
        "Welche Dehnübung hilft am besten gegen Wadenkrämpfe nach dem Laufen?",
        "Ich habe seit drei Wochen nach jedem Lauf eine harte Wade, was kann ich tun?",
        "wie oft soll ich die übung für die wade machen und wie lange",
    ],
    "fr": [
        "Quel étirement est le plus efficace contre les crampes au mollet ?",
        "J'ai des crampes la nuit après mes sorties longues, que faire ?",
        "est ce que je peux courir avec une petite douleur au mollet",
    ],
    "es": [
        "¿Qué estiramiento es mejor para los calambres en el gemelo?",
        "Me dan calambres por la noche después de correr, ¿qué puedo hacer?",
        "cuanto tiempo tengo que descansar si me duele un poco el gemelo",
    ],
    "nl": [
        "Welke rekoefening helpt het beste tegen kramp in de kuit?",
        "Ik heb na het hardlopen vaak kramp in mijn kuit, wat kan ik doen?",
        "hoe lang moet ik wachten met hardlopen als mijn kuit nog stijf is",
    ],
    "it": [
        "Qual è lo stretching migliore per i crampi al polpaccio?",
        "Dopo la corsa mi vengono i crampi di notte, che cosa posso fare?",
        "quanto tempo devo stare fermo se mi fa male il polpaccio",
    ],
    "pt": [
        "Qual é o melhor alongamento para cãibras na panturrilha?",
        "Depois de correr tenho cãibras à noite, o que posso fazer?",
        "quanto tempo devo ficar sem correr se a minha panturrilha está dura",
    ],
    "pl": [
        "Jakie rozciąganie jest najlepsze na skurcze łydek?",
        "Po bieganiu mam w nocy skurcze łydki, co mogę zrobić?",
        "czy moge biegac jak mnie troche boli lydka po wczoraj",
    ],
    "ro": [
        "Care este cea mai bună întindere pentru crampe la gambă?",
        "După alergare am crampe noaptea, ce pot să fac?",
        "cat timp trebuie sa stau fara sa alerg daca ma doare gamba",
    ],
    "uk": [
        "Яка розтяжка найкраща від судом у литках?",
        "Після бігу вночі зводить литку, що мені робити?",
        "чи можна бігати, якщо трохи болить литка після вчора",
    ],
    "ru": [
        "Какая растяжка лучше всего помогает от судорог в икрах?",
        "После бега ночью сводит икру, что мне делать?",
        "можно ли бегать если немного болит икра после вчера",
    ],
    "tr": [
        "Baldır krampı için en iyi esneme hareketi hangisi?",
        "Koşudan sonra geceleri baldırıma kramp giriyor, ne yapabilirim?",
        "baldırım biraz ağrıyor ama koşmak istiyorum bu olur mu",
    ],
    "ar": [
        "ما هو أفضل تمرين إطالة لتشنج عضلة الساق؟",
        "بعد الجري يأتيني تشنج في الليل، ماذا أفعل؟",
        "هل يمكنني الجري اذا كانت الساق تؤلمني قليلا",
    ],
    "zh": [
        "小腿抽筋做什么拉伸最好？",
        "我跑步以后晚上小腿会抽筋，怎么办？",
        "小腿有一点酸还可以继续跑步吗",
    ],
    "hi": [
        "पिंडली में ऐंठन के लिए कौन सा खिंचाव सबसे अच्छा है?",
        "दौड़ने के बाद रात में पिंडली में ऐंठन होती है, मैं क्या करूँ?",
        "क्या मैं थोड़े दर्द के साथ दौड़ सकता हूँ",
    ],
}
GRAVE = {
    "de": [
        "Ich habe Druck auf der Brust und bekomme keine Luft",
        "meine wade ist geschwollen und heiss",
    ],
    "fr": ["J'ai une douleur dans la poitrine depuis ce matin", "je veux mourir"],
    "es": ["Tengo dolor en el pecho y no puedo respirar bien", "quiero morir"],
    "nl": ["Ik heb pijn op de borst en kan niet ademen", "mijn kuit is gezwollen en warm"],
    "it": ["Ho un dolore al petto e non riesco a respirare", "voglio morire"],
    "pt": ["Estou com dor no peito e falta de ar", "quero morrer"],
    "pl": ["Mam ból w klatce piersiowej i nie mogę oddychać", "chcę umrzeć"],
    "ro": ["Am durere în piept și nu pot respira", "vreau să mor"],
    "uk": ["У мене біль у грудях і важко дихати", "не хочу жити"],
    "ru": ["У меня боль в груди и трудно дышать", "не хочу жить"],
    "tr": ["Göğsümde ağrı var ve nefes alamıyorum", "ölmek istiyorum"],
    "ar": ["عندي ألم في الصدر ولا أستطيع التنفس", "أريد أن أموت"],
    "zh": ["我胸口痛，喘不过气来", "我不想活了"],
    "hi": ["मेरे सीने में दर्द है और सांस नहीं आ रही", "मैं मरना चाहता हूँ"],
}
UNKNOWN = {
    "greek": "Ποια διάταση είναι καλύτερη για κράμπες στη γάμπα;",
    "japanese": "ふくらはぎがつったときはどうすればいいですか",
    "korean": "종아리에 쥐가 나면 어떻게 해야 하나요?",
    "hebrew": "מה עושים כשיש התכווצות בשוק?",
    "thai": "ตะคริวที่น่องต้องทำอย่างไร",
    "georgian": "რა ვქნა როცა წვივი მეკრუნჩხება?",
}
BRIEF = {
    "de": [
        "Wadenkrampf nachts, was tun?",
        "was hilft gegen wadenkrampf beim laufen",
        "WADENKRÄMPFE",
    ],
    "fr": ["crampe mollet", "mollet dur marathon"],
    "es": ["calambre en el gemelo, que hago", "dolor pantorrilla"],
    "nl": ["kuitkramp marathon", "pijn kuit hardlopen"],
    "it": ["crampo al polpaccio", "polpaccio duro maratona"],
    "pt": ["cãibra panturrilha", "dor panturrilha corrida"],
    "pl": ["skurcz łydki", "bol lydki bieganie"],
    "ro": ["cârcel noaptea", "carcei alergare"],
    "tr": ["baldır krampı", "baldirim maraton"],
}
"""As one types into a search box: without a frequent word."""
ENGLISH = """
my calf hurts | calf | cramp | help | hi | hello | thanks | ok | lol | ??? | 😭 | calf 😭😭 | owwww
ouch | wtf | omg | ow ow ow | my claf hurst | sweling in me claf | calfs r killin me | tite calfs
sore af | idk | pls help | ta | cheers m8 | wat do i do | aye ma leg's pure killin | dinnae ken
och aye | gonnae no | ey up | reet sore | ow do | howay | achilles | soleus | gastrocnemius
tibialis posterior | plantar fasciitis | quadriceps femoris | Siobhan | José | Zoë from Motherwell
Müller yoghurt | Paris marathon | Berlin | Valencia 10k | Lidl shoes | Asics Gel Nimbus
Hoka Clifton | Tor des Géants entry | UTMB | café run | naïve question | fartlek | stretch
ibuprofen? | magnesium | is die hard training bad | pain au chocolat | no | me | on | a | son
tight calf since sunday | DVT | i cant feel my foot | can u run with cramp | 10k pb 42:10 | ITBS
"""
SHORT = [text.strip() for line in ENGLISH.strip().splitlines() for text in line.split("|")]


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages.read()


def test_fourteen_languages_are_known(languages: Languages) -> None:
    assert sorted(each.code for each in languages.known) == sorted(EVERYDAY)


@pytest.mark.parametrize(
    ("code", "text"),
    [pytest.param(c, t, id=f"{c}-{k}") for c, all_ in EVERYDAY.items() for k, t in enumerate(all_)],
)
def test_an_everyday_question_is_recognised(languages: Languages, code: str, text: str) -> None:
    spoken = languages.spoken(text)
    assert spoken is not None
    assert spoken.code == code


@pytest.mark.parametrize(
    ("code", "text"),
    [pytest.param(c, t, id=f"{c}-{k}") for c, all_ in EVERYDAY.items() for k, t in enumerate(all_)],
)
def test_an_everyday_question_raises_no_alarm(guard: Guard, code: str, text: str) -> None:
    verdict = guard.screen(Question(text))
    assert verdict.level is Level.SELF_CARE
    assert "999" in verdict.foreign


@pytest.mark.parametrize(
    ("code", "text"),
    [pytest.param(c, t, id=f"{c}-{k}") for c, all_ in BRIEF.items() for k, t in enumerate(all_)],
)
def test_what_it_is_about_tells_the_language_of_a_brief_question(
    languages: Languages, code: str, text: str
) -> None:
    spoken = languages.spoken(text)
    assert spoken is not None
    assert spoken.code == code
    assert languages.spoken(f"{text} with my calf") is None


def test_no_word_of_a_topic_is_english_or_of_two_languages(languages: Languages) -> None:
    topics = [word for each in languages.known for word in each.topics]
    assert len(topics) == len(set(topics))
    assert not set(topics) & languages.english
    assert not set(topics) & {"wade", "kramp", "gamba", "tibia"}


@pytest.mark.parametrize("text", SHORT)
def test_short_english_is_english(languages: Languages, text: str) -> None:
    assert languages.spoken(text) is None


def test_there_are_sixty_short_messages() -> None:
    assert len(set(SHORT)) >= 60


@pytest.mark.parametrize(
    ("code", "text"),
    [pytest.param(c, t, id=f"{c}-{k}") for c, all_ in GRAVE.items() for k, t in enumerate(all_)],
)
def test_a_grave_sign_is_an_emergency_in_that_language(guard: Guard, code: str, text: str) -> None:
    alert = guard.screen(Question(text)).alert
    assert alert is not None
    assert FOREIGN_SIGN in alert.rules
    notice = next(each for each in alert.notices if each.rule == FOREIGN_SIGN)
    shipped = next(each for each in SHIPPED if each["code"] == code)
    assert notice.level is Level.EMERGENCY
    assert notice.act == shipped["emergency"].replace("{number}", "999")
    assert notice.because == shipped["crisis"].replace("{number}", "999")
    assert [call.number for call in notice.calls] == ["999"]


@pytest.mark.parametrize("each", SHIPPED, ids=[each["code"] for each in SHIPPED])
def test_every_alarm_word_fires_in_a_sentence_of_its_language(
    guard: Guard, each: dict[str, list[str]]
) -> None:
    silent = []
    for phrase in each["alarm"]:
        text = f"{' '.join(each['words'][:3])}, {phrase}!"
        alert = guard.screen(Question(text)).alert
        if alert is None or FOREIGN_SIGN not in alert.rules:
            silent.append(phrase)
    assert silent == []


@pytest.mark.parametrize("each", SHIPPED, ids=[each["code"] for each in SHIPPED])
def test_every_alarm_word_fires_alone(guard: Guard, each: dict[str, list[str]]) -> None:
    """A word that is English too (a rule may read it) need not."""
    verdicts = {phrase: guard.screen(Question(phrase)) for phrase in each["alarm"]}
    assert [phrase for phrase, verdict in verdicts.items() if verdict.alert is None] == []


@pytest.mark.parametrize("later", ["ok thanks", "danke", "which shoes are best?"])
def test_a_grave_sign_of_an_earlier_turn_still_counts(guard: Guard, later: str) -> None:
    first = "Ich habe Schmerzen in der Brust und bekomme keine Luft"
    assert guard.screen(Question(later, (first,))).level is Level.EMERGENCY


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_script_we_have_no_words_in_gets_the_english_ones(guard: Guard, text: str) -> None:
    spoken = guard.languages.spoken(text)
    assert spoken is not None
    assert spoken.code == OTHER
    foreign = guard.screen(Question(text)).foreign
    assert "in English" in foreign
    assert "999" in foreign


def test_no_number_is_put_in_that_the_country_does_not_have() -> None:
    elsewhere = open_guard(read_contacts())
    alert = elsewhere.screen(Question(GRAVE["de"][0])).alert
    assert alert is not None
    assert alert.notices[0].calls == ()
    assert "999" not in alert.message


@pytest.mark.parametrize("each", SHIPPED, ids=[each["code"] for each in SHIPPED])
def test_the_fixed_words_hold_no_number_of_their_own(each: dict[str, str]) -> None:
    for said in (each["shelf"], each["emergency"], each["crisis"]):
        assert not any(mark.isdigit() for mark in said)


@given(st.text(max_size=80))
def test_any_text_has_a_language_or_none(languages: Languages, text: str) -> None:
    spoken = languages.spoken(text)
    assert spoken is None or spoken.shelf
