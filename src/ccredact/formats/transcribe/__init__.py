"""Amazon Transcribe's batch output."""

from ccredact.formats.transcribe.reader import Transcribe

__all__ = ["Transcribe"]
