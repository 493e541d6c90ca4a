"""Propose terms of health that the list does not have: a script proposes, people decide.

    python models/lists/propose_health.py [--corpora FOLDER] > proposals.txt

Sources: the classification ICD-10-CM of the US National Center for Health Statistics (public domain), by the package
simple-icd-10-cm, and, from a folder of JSON files `corpora_*.json`, the diseases, diagnoses, symptoms and drugs of
dariusk/corpora (CC0-1.0). A name is taken into plain words ("malignant neoplasm of bladder" becomes "bladder cancer");
one that is long, or has everyday words alone, says too little, and is left out. What is printed has the form of
`health.txt`; what is good of it goes there by hand.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import simple_icd_10_cm as icd

from ccredact.detectors.disclosures.families import health
from ccredact.lang.en.words import common_words

MOST_WORDS: Final = 4
CHAPTERS: Final = "ABCDEFGHIJKLMNOPQRST"
"""Chapters of the classification that name what people have; the others tell of causes and of visits."""
SKIPPED: Final = frozenset(
    """
unspecified specified other others elsewhere classified without with due not due sequela encounter initial subsequent
type types site sites part parts multiple and or by in of the other's nec nos stage following during caused status
drug-induced uncomplicated complicated complicating manifestations manifestation related associated region
""".split()
)
"""Words of the classification that nobody says: a name that has one of them inside is left out."""
EDGES: Final = re.compile(
    r"^(?:other|unspecified|certain|acute and chronic|acute|chronic|subacute|primary|secondary|recurrent|idiopathic|"
    r"right|left|bilateral|personal history of|family history of|mild|moderate|severe|simple|generalized|localized|"
    r"late|early|congenital|acquired|disorders? of|diseases? of the|diseases? of)\s+|"
    r"\s+(?:unspecified|disease unspecified|nos|nec|syndrome unspecified|in diseases classified elsewhere)$"
)
TEMPLATES: Final = (
    (re.compile(r"malignant neoplasm of (?:the )?(.+)"), ("{0} cancer",)),
    (re.compile(r"carcinoma in situ of (?:the )?(.+)"), ("{0} cancer",)),
    (re.compile(r"benign neoplasm of (?:the )?(.+)"), ("{0} tumor|tumour",)),
    (re.compile(r"(?:unspecified )?fracture of (?:the )?(.+)"), ("{0} fracture", "broken|fractured {0}")),
    (re.compile(r"(?:unspecified )?dislocation of (?:the )?(.+)"), ("dislocated {0}",)),
    (re.compile(r"sprain of (?:the )?(.+)"), ("sprained {0}", "{0} sprain")),
    (re.compile(r"(?:unspecified )?injury of (?:the )?(.+)"), ("{0} injury", "injured {0}")),
    (re.compile(r"contusion of (?:the )?(.+)"), ("bruised {0}",)),
    (re.compile(r"(?:unspecified )?open wound of (?:the )?(.+)"), ("{0} wound",)),
    (re.compile(r"burn of (?:unspecified degree of )?(?:the )?(.+)"), ("burned|burnt {0}", "{0} burn")),
    (re.compile(r"pain in (?:the )?(.+)"), ("{0} pain", "pain in the {0}")),
    (re.compile(r"abscess of (?:the )?(.+)"), ("{0} abscess",)),
    (re.compile(r"cyst of (?:the )?(.+)"), ("{0} cyst",)),
    (re.compile(r"polyp of (?:the )?(.+)"), ("{0} polyp",)),
    (re.compile(r"ulcer of (?:the )?(.+)"), ("{0} ulcer",)),
    (re.compile(r"stenosis of (?:the )?(.+)"), ("{0} stenosis",)),
    (re.compile(r"hernia of (?:the )?(.+)"), ("{0} hernia",)),
    (re.compile(r"(?:allergy status to|allergy to) (.+)"), ("{0} allergy", "allergic to {0}")),
    (re.compile(r"poisoning by (?:the )?(.+)"), ("{0} poisoning",)),
)
"""What is said otherwise, and how."""
SPELLED: Final = (
    ("anemi", "anaemi"), ("leukemi", "leukaemi"), ("hemorrh", "haemorrh"), ("diarrhea", "diarrhoea"),
    ("tumor", "tumour"),
    ("edema", "oedema"), ("esophag", "oesophag"), ("fetal", "foetal"), ("hematoma", "haematoma"), ("uremi", "uraemi"),
    ("glycemi", "glycaemi"), ("ischemi", "ischaemi"), ("celiac", "coeliac"), ("hemophil", "haemophil"),
    ("septicemi", "septicaemi"), ("toxemi", "toxaemi"), ("lipidemi", "lipidaemi"),
)  # fmt: skip
"""American and British letters of the same word."""


def plain(name: str) -> str:
    """Return a name as it is said: without what stands behind a comma or in brackets, and what nobody says."""
    name = re.sub(r"[\[(].*?[\])]", " ", name.lower()).partition(",")[0]
    name = re.sub(r"(?<!\w)'|'(?!\w)", "", re.sub(r"[^a-z0-9' ]", " ", name))
    name = " ".join(name.split())
    before = ""
    while before != name:
        before, name = name, EDGES.sub("", name).strip()
    return name


def terms_of(name: str) -> Iterator[str]:
    """Give the terms for a name of the classification."""
    base = plain(name)
    for pattern, forms in TEMPLATES:
        found = pattern.fullmatch(base)
        if found is not None:
            part = plain(found[1])
            if part and SKIPPED.isdisjoint(part.split()):
                yield from (form.format(part) for form in forms)
            return
    if SKIPPED.isdisjoint(base.split()):
        yield base


def spelled(term: str) -> str:
    """Return a term with its British spelling beside the American one."""
    words = []
    for word in term.split():
        other = word
        for american, british in SPELLED:
            other = other.replace(american, british) if british not in other else other
        words.append(f"{word}|{other}" if other != word and "|" not in word else word)
    return " ".join(words)


def is_telling(term: str, everyday: frozenset[str], sites: frozenset[str]) -> bool:
    """Return whether a term says by itself that somebody has something: a word of it is no everyday word."""
    words = term.replace("|", " ").split()
    if not 1 <= len(term.split()) <= MOST_WORDS or any(len(word) == 1 for word in words):
        return False
    unusual = [word for word in words if word not in everyday and word not in sites and not word.isdecimal()]
    return bool(unusual) and (len(words) > 1 or len(unusual[0]) > MOST_WORDS)


def singular(term: str) -> str:
    """Return a term with its last word in the singular, as far as that is plain."""
    if term.endswith("ies"):
        return f"{term[:-3]}y"
    if re.search(r"(?:[^aious]|[aeiou]r|[aeiou]n|[aeiou]l)s$", term) and not term.endswith(("sis", "itis", "ss", "us")):
        return term[:-1]
    return term


def proposals(names: Iterable[str], known: set[str]) -> list[str]:
    """Return the terms for names that are not known, each once."""
    everyday = common_words()
    sites = frozenset(word for term in known for word in term.split() if health().terms.role_of(word) == "@")
    found: set[str] = set()
    for name in names:
        for term in terms_of(name):
            one = singular(term)
            if is_telling(one, everyday, sites) and health().terms.role_of(one.replace("|", " ")) is None:
                found.add(spelled(one))
    return sorted(found)


def icd_names() -> Iterator[str]:
    """Give the names of the classification, those of categories and of their first subdivisions."""
    for code in icd.get_all_codes():
        if code[0] in CHAPTERS and len(code.partition(".")[2]) <= 2 and "-" not in code:
            yield icd.get_description(code)


def corpus_names(folder: Path) -> Iterator[tuple[str, str]]:
    """Give (section, name) of the lists of a folder."""
    for row in json.loads((folder / "corpora_diseases.json").read_text("utf-8"))["diseases"]:
        yield from (("condition", name) for name in row[1:])
    for row in json.loads((folder / "corpora_diagnoses.json").read_text("utf-8"))["codes"]:
        yield "condition", row["desc"]
    for name in json.loads((folder / "corpora_symptoms.json").read_text("utf-8"))["symptoms"]:
        yield "condition", name
    for name in json.loads((folder / "corpora_drugs.json").read_text("utf-8"))["drugs"]:
        yield "medication", name


def main() -> None:
    """Print the proposals by section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path)
    args = parser.parse_args()
    rows = [("condition", name) for name in icd_names()]
    if args.corpora:
        rows += corpus_names(args.corpora)
    for section in ("condition", "medication"):
        names = [name for kind, name in rows if kind == section]
        sys.stdout.write("\n".join([f"[{section}]", *proposals(names, set()), ""]))


if __name__ == "__main__":
    main()
