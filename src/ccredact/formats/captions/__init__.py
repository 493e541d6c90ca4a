"""Captions (WebVTT, SRT) and CTM: words in lines with times, whose borders cut sentences, names and numbers."""

from ccredact.formats.captions.ctm import CTM
from ccredact.formats.captions.document import SRT, WEBVTT

__all__ = ["CTM", "SRT", "WEBVTT"]
