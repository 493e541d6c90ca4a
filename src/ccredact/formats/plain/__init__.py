"""Plain text as people and tools write transcripts: one file is one call."""

from ccredact.formats.plain.document import PlainText, refused_as_text

__all__ = ["PlainText", "refused_as_text"]
