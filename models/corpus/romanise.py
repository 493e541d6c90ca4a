"""Names of other scripts in the letters that a recogniser of English writes.

Plain letter tables, no standard: a clerk who hears a name does not follow ISO 9 either. Scripts that leave the vowels
out (Arabic, Hebrew) cannot be read this way; their names come from lists in `data/`.
"""

import unicodedata

_CYRILLIC = (
    "а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
    "щ shch ъ _ ы y ь _ э e ю yu я ya і i ї yi є ye ґ g ј j љ lj њ nj ќ kj ѓ gj џ dz ѕ dz ʼ _ ’ _"
)
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
_GEORGIAN = (
    "ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ q შ sh ჩ ch "
    "ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h"
)
_ARMENIAN = (
    "ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o չ ch պ p "
    "ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev"
)
_OTHER = "ə a ı i ß ss ø o æ ae œ oe ł l đ d ð d þ th ħ h ŋ n ƙ k ɗ d ɓ b ẹ e ọ o ṣ sh"
_DEVANAGARI_CONSONANTS = (
    "क k ख kh ग g घ gh ङ n च ch छ chh ज j झ jh ञ n ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n प p फ ph ब b भ bh म m "
    "य y र r ल l ळ l व v श sh ष sh स s ह h"
)
_DEVANAGARI_VOWELS = "अ a आ a इ i ई i उ u ऊ u ऋ ri ए e ऐ ai ओ o औ au"
_DEVANAGARI_SIGNS = "ा a ि i ी i ु u ू u ृ ri े e ै ai ो o ौ au ॉ o"
_HANGUL_INITIAL = "g kk n d tt r m b pp s ss _ j jj ch k t p h"
_HANGUL_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_HANGUL_FINAL = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t"


def _pairs(table: str) -> dict[str, str]:
    items = table.split()
    return {letter: latin.replace("_", "") for letter, latin in zip(items[::2], items[1::2], strict=True)}


class Romaniser:
    """Turns a name of any script in the tables into plain letters."""

    def __init__(self) -> None:
        self._letters = _pairs(f"{_CYRILLIC} {_GREEK} {_GEORGIAN} {_ARMENIAN} {_OTHER}")
        self._consonants = _pairs(_DEVANAGARI_CONSONANTS)
        self._vowels = _pairs(_DEVANAGARI_VOWELS)
        self._signs = _pairs(_DEVANAGARI_SIGNS)
        self._hangul = tuple(
            tuple(part.replace("_", "") for part in row.split())
            for row in (_HANGUL_INITIAL, _HANGUL_VOWEL, _HANGUL_FINAL)
        )

    def plain(self, name: str) -> str:
        """Return the name in Latin letters, capitalised word by word; "" when a letter has no reading here."""
        if name.isascii():
            return name
        text = unicodedata.normalize("NFC", name)
        if any("ऀ" <= letter <= "ॿ" for letter in text):
            text = " ".join(self._devanagari(word) for word in text.split())
        elif any("가" <= letter <= "힣" for letter in text):
            text = "".join(self._syllable(letter) for letter in text)
        else:
            text = "".join(self._letter(letter) for letter in text)
        return text if text.isascii() else ""

    def _letter(self, letter: str) -> str:
        latin = self._letters.get(letter.lower())
        if latin is not None:
            return latin.capitalize() if letter != letter.lower() else latin
        return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))

    def _syllable(self, letter: str) -> str:
        if not "가" <= letter <= "힣":
            return letter
        index = ord(letter) - ord("가")
        initial, vowel, final = self._hangul
        return initial[index // 588] + vowel[index % 588 // 28] + final[index % 28]

    def _devanagari(self, word: str) -> str:
        # A consonant carries an "a" unless a vowel sign, the cut mark or the end of the word follows.
        parts: list[str] = []
        letters = [letter for letter in unicodedata.normalize("NFD", word) if letter not in "़‌‍"]
        for index, letter in enumerate(letters):
            following = letters[index + 1] if index + 1 < len(letters) else ""
            if letter in self._consonants:
                parts.append(self._consonants[letter])
                if following and following not in self._signs and following != "्":
                    parts.append("a")
            elif letter in "ंँ":
                parts.append("n")
            elif letter == "ः":
                parts.append("h")
            elif letter != "्":
                parts.append(self._vowels.get(letter) or self._signs.get(letter) or letter)
        return "".join(parts).capitalize()
