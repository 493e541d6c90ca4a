"""What stands where a name was asked for, told or titled; borders of names; companies; what is nobody."""

from __future__ import annotations

import pytest

from ccredact.detectors.base import OutsideCall
from ccredact.detectors.names.bare_answer import bare_answers, first_open
from ccredact.detectors.names.borders import with_borders, without_numbers, without_words
from ccredact.detectors.names.companies import with_companies
from ccredact.detectors.names.lexicon import NameLexicon
from ccredact.detectors.names.slots import letter_runs, spelled_words, with_slots
from ccredact.detectors.names.told import told_names
from ccredact.reasons import Reason
from ccredact.tagger.features import DICTIONARY, EVERYDAY, FAMILY, FAMILY_OFTEN, GIVEN, GIVEN_OFTEN
from ccredact.transcript import Span
from marked_spans import read, shown, view_of

NAMES = {"ana": GIVEN | GIVEN_OFTEN, "webb": FAMILY | FAMILY_OFTEN, "so": FAMILY | EVERYDAY, "may": GIVEN | GIVEN_OFTEN}
WORDS = dict.fromkeys("coffee pebble judge visit fasting said sounds odd constantly calling".split(), DICTIONARY)
LEXICON = NameLexicon(lambda key: {**NAMES, **WORDS}.get(key, 0))


def marked(text: str, found: list[tuple[int, int]]) -> str:
    """The utterance with the places `[start, end)` in braces."""
    return shown(view_of(text), [Span(start, end, "PERSON", 0.7, 1) for start, end in found], "PERSON")


@pytest.mark.parametrize(
    "text",
    [
        "{coffee}",
        "yeah it's {steel}",
        "{Garlick}... no, {Garlic}, without the k.",
        "{power} p o w e r",
        "{art garfield}",
        "{Coffee}. Can I ask something?",
        "{coffee} like the drink",
        "what?",
        "Coffee?",
        "hold on",
        "sure",
        "why do you ask",
        "two seconds",
        "my wife",
        "sounds good",
        "i lost my card",
        "one two three",
        "[] thanks",
        "coffee on the way to work",
    ],
)
def test_a_bare_answer_is_a_name_unless_it_refuses_or_waits(text: str) -> None:
    plain = text.replace("{", "").replace("}", "")
    assert marked(plain, bare_answers(view_of(plain), frozenset())) == text


@pytest.mark.parametrize(
    ("text", "open_from"), [("coffee", 0), ("yeah it's", 1), ("it's steel and then", 1), ("a b c d e f g h i j", -1)]
)
def test_an_interim_waits_for_what_may_take_a_bare_answer_back(text: str, open_from: int) -> None:
    assert first_open(text.split()) == open_from


@pytest.mark.parametrize(
    "text",
    [
        "my surname is {curtains}",
        "the name's {pebble} thanks",
        "my first name is {velvet} and my last name is {thunder}",
        "My name is {Cricket Achterberg} and I booked",
        "my surname would be {coffee}",
        "it's booked under the name of {meadow} for friday",
        "last name {coffee} first name {pebble}",
        "they call me {biscuit}",
        "my son's called {legend} and a man named {coffee} is here",
        "thank you mister {judge} how can i help",
        "Okay, Ms. {Friend}. What can I do?",
        "i was seen by doctor {so} there",
        "I saw Professor {Lindgren} on Monday",
        "the name is misspelled",
        "my name is on the card",
        "what's the street name",
        "they call me constantly",
        "call me back tomorrow",
        "they called me yesterday",
        "it's called teams",
        "the doctor said no",
        "hi doctor so i was worried",
        "a doctor visit",
        "don't miss it",
        "first name, last name, and zip code",
    ],
)
def test_what_is_told_or_titled_is_a_name(text: str) -> None:
    plain = text.replace("{", "").replace("}", "")
    assert marked(plain, [(start, end) for start, end, _ in told_names(view_of(plain), LEXICON)]) == text


def test_an_unknown_word_where_somebody_lives_is_a_place() -> None:
    assert told_names(view_of("i stay in dilsukhnagar"), LEXICON) == [(3, 4, "LOCATION")]
    assert told_names(view_of("i live in a coffee shop"), LEXICON) == []


def test_letters_tell_what_the_word_beside_them_is() -> None:
    assert letter_runs("i power p o w e r a".split()) == [(2, 8)]
    assert spelled_words("power p o w e r".split()) == [0]
    assert spelled_words("p o w e r power".split()) == [5]
    assert spelled_words("pike that's p i k e".split()) == [0]
    assert spelled_words("power p i k e".split()) == []


def test_a_slot_takes_the_place_of_what_was_found_there_and_leaves_the_rest() -> None:
    view, spans = read("{STREET_ADDRESS:charles dear mr ambassador department} {Ana}", "PERSON", first_word=3)
    found = with_slots(spans, view, [(3, 4, "PERSON")], OutsideCall())
    whole = "{STREET_ADDRESS:charles dear mr} {ambassador} {STREET_ADDRESS:department} {Ana}"
    assert shown(view, found, "PERSON") == whole


@pytest.mark.parametrize(
    ("tagged", "whole"),
    [
        ("Hi {Priya — Nolan Webb} here", "Hi {Priya} — {Nolan Webb} here"),
        (
            "{STREET_ADDRESS:Twelve marlow lane <noise>} new york",
            "{STREET_ADDRESS:Twelve marlow lane} <noise> new york",
        ),
        ("{STREET_ADDRESS:12 [noise] maple street}", "{STREET_ADDRESS:12 [noise] maple street}"),
        ("{Jean-Luc Webb}", "{Jean-Luc Webb}"),
        ("{Ana (Webb)}", "{Ana} ({Webb})"),
    ],
)
def test_a_name_ends_at_a_border(tagged: str, whole: str) -> None:
    view, spans = read(tagged, "PERSON", first_word=7)
    assert shown(view, with_borders(view, spans, OutsideCall()), "PERSON") == whole


@pytest.mark.parametrize(
    ("tagged", "whole"),
    [
        ("{Call Imogen Clarke} now", "Call {Imogen Clarke} now"),
        ("{i i mean ida}", "i i mean {ida}"),
        ("{i d a}", "{i d a}"),
        ("it's {l e w is}", "it's {l e w is}"),
        ("please send it by {EOD}", "please send it by EOD"),
        ("the {upc is} on the box", "the upc is on the box"),
        ("it says {npi} on the card", "it says npi on the card"),
        ("the only {Wi-Fi} here", "the only Wi-Fi here"),
        ("great {i i} was worried", "great i i was worried"),
        ("i p {sounds odd} to me", "i p sounds odd to me"),
        ("is {Ana} there", "is {Ana} there"),
        ("PLEASE ASK {BO}", "PLEASE ASK {BO}"),  # nothing says that these capitals are an acronym
    ],
)
def test_what_is_nobody(tagged: str, whole: str) -> None:
    view, spans = read(tagged, "PERSON", first_word=7)
    spans = [Span(span.start, span.end, span.label, span.score, span.entity, Reason.TAGGER) for span in spans]
    assert shown(view, without_words(view, spans, LEXICON, frozenset()), "PERSON") == whole


def test_a_name_that_is_known_is_left() -> None:
    view, spans = read("ask {EOD} please", "PERSON")
    tagged = [Span(span.start, span.end, span.label, span.score, span.entity, Reason.TAGGER) for span in spans]
    assert without_words(view, tagged, LEXICON, {"eod"}) == tagged


@pytest.mark.parametrize(
    ("tagged", "whole"),
    [
        ("it closes at {seven forty}", "it closes at seven forty"),
        ("six point {eight fasting}", "six point eight fasting"),
        ("it's {one eighty nine each way}", "it's one eighty nine each way"),
        ("what's the {house number}", "what's the house number"),
        ("it's {42 oak lane}", "it's {42 oak lane}"),
        ("at {1} tennis place", "at {1} tennis place"),
        ("we are at {8 market passage}", "we are at {8 market passage}"),
        ("it's {flat 12}", "it's {flat 12}"),
        ("{LOCATION:new york} {12817}", "{LOCATION:new york} {POSTCODE:12817}"),
        ("{12} {LOCATION:leeds}", "{12} {LOCATION:leeds}"),
    ],
)
def test_an_address_needs_a_street_or_a_unit(tagged: str, whole: str) -> None:
    view, spans = read(tagged, "STREET_ADDRESS", first_word=7)
    spans = [Span(span.start, span.end, span.label, span.score, span.entity, Reason.TAGGER) for span in spans]
    assert shown(view, without_numbers(view, spans, LEXICON, told=False), "STREET_ADDRESS") == whole


def test_an_address_that_was_asked_for_needs_none() -> None:
    view, spans = read("{seven forty}", "STREET_ADDRESS")
    tagged = [Span(span.start, span.end, span.label, span.score, span.entity, Reason.TAGGER) for span in spans]
    assert without_numbers(view, tagged, LEXICON, told=True) == tagged


@pytest.mark.parametrize(
    ("tagged", "whole"),
    [
        ("this is {carter} valley credit union", "this is {ORGANIZATION:carter valley credit union}"),
        ("this is {carter} {ORGANIZATION:credit union}", "this is {ORGANIZATION:carter credit union}"),
        ("welcome to {everest} how can i help", "welcome to {ORGANIZATION:everest} how can i help"),
        ("we are insured with {vetplus} you see", "we are insured with {ORGANIZATION:vetplus} you see"),
        ("a joint policy with {ana}", "a joint policy with {ana}"),
        ("thank you for calling {Northgate}.", "thank you for calling {ORGANIZATION:Northgate}."),
        ("this is {Nolan Webb} from {Northgate}.", "this is {Nolan Webb} from {ORGANIZATION:Northgate}."),
        ("thanks for calling, {Northgate}", "thanks for calling, {Northgate}"),
        ("thanks for calling {ana}", "thanks for calling {ana}"),
        ("a message from {Webb}", "a message from {Webb}"),
        ("this is {carter} how can i help", "this is {carter} how can i help"),
    ],
)
def test_a_company_says_its_name_in_its_greeting(tagged: str, whole: str) -> None:
    view, spans = read(tagged, "PERSON", first_word=7)
    assert shown(view, with_companies(view, spans, LEXICON), "PERSON") == whole
