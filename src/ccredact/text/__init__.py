"""From the characters of an utterance to its words, without a word of any language."""
