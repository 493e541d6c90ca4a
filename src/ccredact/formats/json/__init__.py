"""One machine that reads every format in JSON by its table, and writes it back with no other byte changed."""
