"""Languages: a folder holds all that is known of one, and nothing else of one is known elsewhere."""
