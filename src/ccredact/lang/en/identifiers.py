"""Words beside and inside numbers and codes that are read out: data, of the kinds that rules tell apart."""

from __future__ import annotations

from typing import Final

# -- letters and signs that are words --------------------------------------------------------------------------------

ARTICLE: Final = "a"
ARTICLES: Final = frozenset({"a", "an"})
PRONOUN: Final = "i"
LETTER_O: Final = "o"
"""Said for the digit 0 too."""
PLUS: Final = "plus"
"""Before the digits of a telephone number."""
AND: Final = "and"
OR: Final = "or"
THE: Final = "the"
THAT: Final = "that"
TO: Final = "to"
VOWELS: Final = frozenset("aeiouy")

SPELLING_CUES: Final = frozenset({"for", "as", "like"})
"""Between a letter and the word that spells it: "t for tommy", "t as in tango"."""
AS: Final = "as"
X_RAY: Final = ("x", "ray")
"""The word of the spelling alphabet that is written in two."""
SPELLING_IN: Final = "in"

LETTER_LOOKALIKES: Final = frozenset("as er we be he at mm hm us by am an or if up do go hi me".split())
"""Short words that a recogniser writes for the letters of a code."""
LETTER_SOUNDS: Final = frozenset(
    "see sea are our you why eye aye tea tee be bee pea gee jay kay el em en owe cue queue ex hey ay ef".split()
)
"""Words that sound like a letter, where one is spelled."""
UNIT_LOOKALIKES: Final = frozenset("st nd rd th ft lb kg mg ml gb mb tb km mm".split())
"""Two letters that are no unit inside a code: "c 4 ft 26"."""

CLITICS: Final = frozenset({"s", "t", "m", "d"})
BEFORE_CLITICS: Final = frozenset(
    """
i it that he she what there here who where how when let don can won didn isn doesn couldn wouldn shouldn wasn aren weren
hasn haven ain you we they people name
""".split()
)
"""Words from which a recogniser or a tokenizer has cut off the apostrophe: "it s", "don t", "i m"."""

# -- before a number -------------------------------------------------------------------------------------------------

BEGINS_QUESTION: Final = frozenset("can could do does did are will would should shall what why how which who".split())
"""Behind a number they begin a sentence of their own: "1,734 can you see it"."""
COPULAS: Final = frozenset({"is", "was", "are", "it's", "its", "be", "as"})
"""Between a cue and its answer: "the code is"."""
ONE: Final = "one"
"""A word of a sentence too."""
BEFORE_ONE: Final = frozenset(
    """
no that this which any every some each last next following first second third final right wrong other another same the
""".split()
)
"""Words before "one" that make it one: "the last one"."""
BEFORE_DIGIT_ONE: Final = frozenset({("after", "that"), ("then", "another"), ("and", "another"), ("comes", "next")})
"""Pairs of words before "one" that do not, where a number is read out."""
BEHIND_ONE: Final = frozenset("moment second sec minute min more thing question of day other".split())
"""Words behind "one" that make it one: "one moment"."""
BEHIND_DIGITS: Final = frozenset("hopefully probably definitely apparently obviously".split())
"""Words behind a digit that no noun begins with, beside those that are no answer by themselves."""
BEHIND_LETTER: Final = frozenset({"and", "yeah", "then", "yes"})
"""Behind an "a" or "i" that is a letter of a code: "a yeah"."""
NEVER_BEHIND_ARTICLE: Final = frozenset(
    "i i'm i've i'll i'd you we they he she it it's that's is are do does can could what where when how sorry".split()
)
"""Behind an "a" that is a letter, and no article: "the last one's a i've been waiting"."""
BEFORE_OH: Final = frozenset("and then now next plus up by is it's its that's".split())
"""Before an "oh" that is a zero where a number is read out, whatever follows: "and oh i can hardly read it"."""
BEHIND_ZERO: Final = frozenset({"and", "then", "next", "lastly", "finally", "after"})
"""Behind an "oh" that is a zero where a number is being read out: "oh and that's all of it"."""
IS: Final = frozenset({"is", "was", "that's", "thats", "it's"})
"""Between an answer and the phrase behind it: "638 is the security code"."""
ENTERED: Final = frozenset({"enter", "use", "type"})
"""Before a code that is sent, with "to" behind it: "enter 8842 to confirm"."""
DIALLED: Final = frozenset({"call", "dial", "ring"})
"""Before a telephone number: "call 1300 10 4471"."""
FOR: Final = "for"
NAMED_BY: Final = frozenset({"the", "my", "your", "our"})
"""Behind "for", before such a phrase: "638 for the security code"."""
OF_PERSONS: Final = frozenset({"he's", "she's", "who's"})
"""Before an age, and no digit of a code: "he's nine"."""
IT_IS: Final = frozenset({"it's", "its"})
MONEY_WORDS: Final = frozenset(
    "total refund refunded price cost costs fee fees balance charge charged amount pay paid owe bill worth".split()
)
"""Shortly before what is written as money and is no number of another kind."""
TIME_WORDS: Final = frozenset(
    "time times departure departs leaves leaving arrival arrives arriving opens closes open closed starts".split()
)
"""Shortly before what is written as a time and is one."""
OF_SUBJECTS: Final = COPULAS | {"has", "had", "have", "will", "would", "should", "can", "went", "goes"}
"""Behind money of which something is said: "$500 was taken"."""
NUMBER_WORDS: Final = frozenset({"number", "num", "no", "code", "id"})
"""Between the name of a number and its digits: "an ITIN number, 96"."""
EXTENSIONS: Final = frozenset({"extension", "ext"})
BUILD: Final = "build"
"""Before the number of a version, which has a digit more than other counted things."""
ROUGHLY: Final = frozenset({"about", "around", "nearly", "almost", "roughly"})
"""Before an age that is not exact."""
BEFORE_AMOUNTS: Final = frozenset(
    "at around about over under than least most roughly nearly almost up for only exactly x by".split()
)

# -- behind a number -------------------------------------------------------------------------------------------------

PHONE_PLACES: Final = frozenset({"office", "mobile", "cell", "fax", "landline", "home"})
"""Behind a telephone number: "655 437 108 office"."""
CONTINUATIONS: Final = frozenset({"and", "but", "now", "or"})
"""Words with which a sentence goes on behind a complete answer."""
LEAD_INS: Final = frozenset("go course here have think believe guess say said mean this".split())
"""Words of the sentence with which an answer begins: "here we go, four", "of course, five"."""
BINDING: Final = frozenset(
    """
in since until till from during after before between press pressed option page step line version windows chapter section
question size channel gate platform room level floor grade class phase form port model error windows iphone android bus
route flight paragraph schedule exit highway motorway junction bay aisle shelf row seat table figure article clause
appendix volume issue episode season round lap
""".split()
)
"""Words before a number that make it another one: "in 2021", "press 2"."""
COUNTING: Final = frozenset({"count", "counting", "countdown"})
"""Before digits that are counted up or down."""
CHOSEN: Final = frozenset({"press", "pressed", "option", "page"})
"""Those that are no misheard letters of a postcode."""
BEFORE_COUNTS: Final = frozenset(
    "are were have has had found showing show see got need want take took bought made about like only just".split()
)
"""Words of a sentence before the count of something: "there are four different ones"."""
READ_BACK: Final = frozenset({"back", "noted", "confirm", "heard", "wrote", "written", "typed", "put"})
"""Words with which the other speaker says an answer again: "let me read that back"."""
LEAD_PAIRS: Final = frozenset({("followed", "by"), ("next", "up"), ("comes", "up"), ("comes", "at")})
"""Words that lead into a number, of which the second binds it elsewhere: "followed by seven"."""
BINDING_PAIRS: Final = frozenset({("there", "are"), ("there", "were"), ("there", "is"), ("i", "am"), ("you", "have")})
"""Words before the count of something: "there are four different ones"."""
OF_READINGS: Final = frozenset({"over"})
"""Words between two numbers of one reading: "140 over 90"."""
COUNTED_BEHIND: Final = frozenset(
    "of to past in a an more other others people children kids each pound quid dollar".split()
)
"""Words behind a number that make it a count or a time: "two of them", "ten past", "one in three"."""
NO_PLURAL_ENDS: Final = ("ss", "us", "is", "'s")
NO_PLURALS: Final = frozenset(
    """
yes thanks was has does goes comes looks says seems stands follows means perhaps always besides cheers ends
""".split()
)
"""Words in "s" that are no plural."""
CLOSINGS: Final = frozenset(
    """
please thanks thank cheers yup yep correct there mhm uh-huh mm-hmm
""".split()
)
"""Words with which something else begins behind an answer, or behind a piece of one."""
BEFORE_END: Final = frozenset({"at", "on"})
"""Words behind the last piece of an answer: "8 at the end"."""
ACKNOWLEDGEMENTS: Final = frozenset(
    """
great perfect lovely brilliant fine cool super good excellent wonderful awesome fantastic nice splendid exactly carry
keep go hold got
""".split()
)
"""Words with which the other speaker goes on, where the speakers are not told apart."""
PREPOSITIONS: Final = frozenset(
    "in of for with from or to by about into as than under over moment second minute".split()
)
"""Words behind a number with which its own sentence goes on: "number 2 in the queue"."""
GOES_ON_AS_NOUN: Final = frozenset({"of", "a", "an", "or", "first", "last", "number", "digit"})
"""Words behind a number with which its own sentence goes on: "two of them"."""
