"""A grammar of payment calls with gold spans, for anyone who wants to score a redactor of card data.

`build.gold_call(seed, number)` writes one call. Its wording, names and numbers are made here and come from
nowhere else, so that a detector's own word lists cannot be what is measured.
"""
