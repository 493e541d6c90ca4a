"""English: words, number words, phrases, names and addresses, as data."""
