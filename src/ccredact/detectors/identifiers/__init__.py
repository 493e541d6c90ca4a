"""Numbers, codes and words that are read out as the answer to a question."""
