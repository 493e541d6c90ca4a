"""Plain text as people and tools write transcripts: one file is one call."""

from ccredact.formats.plain.document import PlainText, refused_as_text
from ccredact.formats.plain.others import READ_AS_TABLE

__all__ = ["READ_AS_TABLE", "PlainText", "refused_as_text"]
