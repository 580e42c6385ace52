"""Which language a text is in: English of every kind stays English, other languages are named."""

import pytest

from classifiers.language import is_links_alone, unknown_language
from classifiers.language_words import SMALL_WORDS
from classifiers.strange_words import is_strange

ENGLISH = [
    "",
    "Thanks",
    "ok",
    "lol",
    "ur gr8 m8 c u l8r",
    "Aye yer daein a braw job lads, wouldnae want tae be oot in that",
    "Howay man gan canny, the bairns are aal reet noo like",
    "wagwan fam, man dem is peng still innit",
    "Our kid's dead proud of yous like la",
    "Siobhan O'Reilly and Llinos Gruffydd-Jones",
    "Da iawn lads, great job",
    "Diolch",
    "Nos da all x",
    "Merci!",
    "Gracias amigos for coming out to the farm",
    "C'est la vie, no bins again",
    "Zygmunt and Agnieszka got married at the station",
    "Well done \U0001f44f\U0001f44f ❤\ufe0f",
    "@heddlu_demo #diolch what time is it on",
    "Da iawn lads",
    "Bardzo good, I do",
    "I thought that was a bank",
    "danke schon lads",
    "mashallah brother great work",
    "Sat Sri Akal everyone, lovely langar",
    "ciao bella lads",
    "Lech Kowalski and Ana Silva",
    "you lot are wankers, merde",
    "Casa Loco is on fire again",
    "Thank you / Diolch yn fawr from all the family for everything you did",
]
OTHERS = {
    "Welsh": [
        "Diolch yn fawr i'r criw am ddod mor gyflym",
        "Mae'r gwasanaeth hwn yn warthus",
        "Pam nad oes neb wedi ateb fy neges",
        "Ble mae'r ganolfan agosaf os gwelwch yn dda",
        "Rydych chi i gyd yn ddiog a thwp",
        "Nid yw'r orsaf ar agor heddiw",
        "Diolch yn fawr i bawb",
        "Da iawn bawb",
        "Pob lwc i'r tîm",
        "Llongyfarchiadau Mair",
        "Cer i grafu y bastard dew",
    ],
    "Polish": [
        "Dziękuję bardzo za szybką pomoc",
        "Dziękuję bardzo",
        "dzieki wielkie",
        "Czy stacja jest otwarta w sobotę",
        "Jesteście bezużyteczni, nikt nie odbiera telefonu",
        "Danielle Price kurwa zdechniesz",
        "Pomocy moj dom sie pali",
        "chce sie zabic",
    ],
    "Romanian": [
        "Mulțumesc pompierilor pentru ajutor",
        "Multumesc mult pentru tot ce faceti",
    ],
    "Urdu": ["آپ لوگوں کا بہت شکریہ"],
    "Urdu in Latin letters": ["aap logon ka bohat shukriya", "yeh log kuch nahi karte bhai"],
    "Punjabi in Latin letters": ["tuhada bahut dhanvaad ji"],
    "Somali": ["Mahadsanid walaal", "aad baad u mahadsan tahay"],
    "Bengali": ["অনেক ধন্যবাদ"],
    "Gujarati": ["ખૂબ આભાર"],
    "Chinese": ["非常感谢大家"],
    "Portuguese": [
        "Muito obrigado a todos",
        "Parabéns aos bombeiros",
        "Vou te matar filho da puta",
    ],
    "Lithuanian": ["Labai ačiū", "Kada atidaryta mokykla"],
    "Russian": ["Спасибо большое"],
    "Bulgarian": ["Благодаря ви много"],
    "Filipino": ["Maraming salamat po sa inyong lahat"],
    "Punjabi": ["ਤੁਹਾਡਾ ਬਹੁਤ ਧੰਨਵਾਦ"],
    "Arabic": ["شكرا جزيلا لكم"],
    "French": [
        "Merci beaucoup aux pompiers pour leur travail",
        "je vais te tuer Danielle Price",
        "Arrêtez de mentir bande de menteurs, vous êtes nuls",
    ],
    "Spanish": [
        "Muchas gracias por todo lo que hacen",
        "te voy a matar Danielle Price",
        "quiero morir",
    ],
    "German": ["Hilfe mein Haus brennt"],
    "Italian": ["ti ammazzo stronzo"],
    "Irish": ["Go raibh maith agat"],
    "Scottish Gaelic": ["Tapadh leibh a h-uile duine"],
    "Ukrainian": ["Дякуємо вам за допомогу", "Дуже дякую"],
}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_of_any_kind_is_not_called_another_language(text: str) -> None:
    assert unknown_language(text) is None


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in OTHERS.items() for text in texts]
)
def test_another_language_is_named(language: str, text: str) -> None:
    assert unknown_language(text) == language


def test_a_few_foreign_letters_in_english_do_not_make_it_foreign() -> None:
    assert unknown_language("The सेवा kitchen fed the whole crew, thank you") is None


def test_no_small_word_is_written_in_capitals_or_twice() -> None:
    for words in SMALL_WORDS.values():
        listed = words.split()
        assert len(listed) == len(set(listed))
        assert all(word == word.lower() for word in listed)


STRANGE = [
    "wiem gdzie mieszkasz",
    "Wiem gdzie mieszkasz",
    "WIEM GDZIE MIESZKASZ",
    "@council WIEM GDZIE MIESZKASZ https://example.org",
    "zabije cie i twoja rodzine",
    "main tumhe maar dunga",
    "ma tu jani kuthe rehnda",
    "waan ku dili doonaa",
]
NOT_STRANGE = [
    *ENGLISH,
    "Agnieszka Kowalczyk Zdzislaw Nowak",
    "agnieszka kowalczyk",
    "thankyou Carol x",
    "clueless gobby cow",
    "dave’s mum's dog's bark",
    "gremlins numpties melters bark swing fence gate",
    "wiem gdzie mieszkasz is what she wrote to me",
]


@pytest.mark.parametrize("text", STRANGE)
def test_words_that_nobody_knows_are_no_english(text: str) -> None:
    assert is_strange(text)


@pytest.mark.parametrize("text", NOT_STRANGE)
def test_slips_dialects_and_names_are_english_enough(text: str) -> None:
    assert not is_strange(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a?b=c",
        "HTTPS://EXAMPLE.ORG/X",
        "@council https://example.org #news",
        "bit.ly/abc123",
        "www.example.org \N{THUMBS UP SIGN}",
    ],
)
def test_links_with_handles_and_tags_are_links_alone(text: str) -> None:
    assert is_links_alone(text)


@pytest.mark.parametrize(
    "text", ["", "@council", "see https://example.org", "he/she", "50/60 a.b/c"]
)
def test_words_beside_a_link_are_words(text: str) -> None:
    assert not is_links_alone(text)
