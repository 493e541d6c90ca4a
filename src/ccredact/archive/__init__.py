"""Finished calls in files: what is read, and what is written whole or not at all."""
