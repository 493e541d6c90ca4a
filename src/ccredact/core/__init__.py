"""The engine: utterances in, redacted segments out. It holds no word of any language."""
