"""Spoken and written numbers: from words to digits, with every reading."""
