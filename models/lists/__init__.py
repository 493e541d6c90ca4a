"""Proposals for the lists of `ccredact.lang.en`: facts from elsewhere, in the words in which they are said."""
