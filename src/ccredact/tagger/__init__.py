"""The trained tagger at run time: names, addresses, places and organisations that no rule can list."""
