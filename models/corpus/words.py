"""Word lists of `data/words_*.txt`: sections of alternatives, one a line."""

from collections.abc import Mapping
from importlib import resources

from faker.providers.company.en_US import Provider as CompanyProvider
from faker.providers.job.en_US import Provider as JobProvider
from faker.providers.lorem.en_US import Provider as LoremProvider

from corpus.dictionary import diagnoses, rare_words
from corpus.noise import HEARD_LETTERS
from corpus.prose import sentences


def load_words() -> Mapping[str, tuple[str, ...]]:
    """Every section of every word file, by name, and what names nobody either: words of dictionaries, prose."""
    found: dict[str, list[str]] = {}
    folder = resources.files("corpus").joinpath("data")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.startswith("words_"):
            continue
        section = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line.strip("[]")
                found.setdefault(section, [])
            elif line and not line.startswith("#"):
                found[section].extend(part.strip() for part in line.split(",") if part.strip())
    speech = LoremProvider.parts_of_speech
    for name, part in (("noun", "noun"), ("verb", "verb"), ("adj", "adjective"), ("adv", "adverb")):
        found[name].extend(speech[part])
    found["lorem"] = [*LoremProvider.word_list, *(word for row in CompanyProvider.bsWords for word in row)]
    found["job"] = [job.partition(",")[0].lower() for job in JobProvider.jobs]
    found["rare"] = [*rare_words()]
    found["diagnosis"] = [*diagnoses()]
    found["prose"] = [*sentences()]
    return {name: tuple(words) for name, words in found.items()}


def odd_words() -> frozenset[str]:
    """Everyday words that somebody, a street or a town is called after in the corpus, but for the usual ones."""
    words = load_words()
    lists = ("word_given", "word_family", "us_street", "uk_street", "in_street", "house_name", "building", "landmark")
    named = {part for name in lists for entry in words[name] for part in entry.lower().split()}
    named |= {word for heard in HEARD_LETTERS.values() for word in heard}  # "sea a t h y"
    odd = (word.lower() for name in ("noun", "odd_first", "odd_second") for word in words[name])
    return frozenset(word for word in odd if word.isalpha()) - named
