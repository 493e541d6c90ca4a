"""A grammar of calls with gold spans, for anyone who wants to score a redactor.

`build.gold_call(seed, number)` writes one payment call, `build.gold_call(seed, number, Plan())` one in which any
kind of entity is asked for or announced. Wording, names and numbers are made here and come from nowhere else, so
that a detector's own word lists cannot be what is measured.
"""
