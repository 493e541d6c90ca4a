"""A corpus of made-up calls that the named-entity tagger is trained on."""
