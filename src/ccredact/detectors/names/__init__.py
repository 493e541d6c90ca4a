"""Names of people, street addresses and places, by the tagger and the rules beside it."""
