"""Which kind of document a file is: a table, or a transcript format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccredact.archive.tables import TABLES, table_for
from ccredact.archive.transcripts import transcript_for
from ccredact.formats import get_format

if TYPE_CHECKING:
    from ccredact.archive.document import Document, Options


def document_for(head: bytes, *, name: str, detected_as: str, options: Options) -> Document:
    """Return the document that begins with `head`; raises `FormatError` for an unknown one.

    `detected_as` is the file's name without endings of compression. What `options` name is not asked for.
    """
    table = table_for(detected_as, head, kind=options.format)
    return table or transcript_for(head, name=name, detected_as=detected_as, options=options)


def check_named(options: Options) -> None:
    """Raise `FormatError` where `options` name a kind of document that is none."""
    if options.format is not None and options.format not in TABLES:
        get_format(options.format)
