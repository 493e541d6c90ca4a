"""Edges to other libraries. None is loaded by the core; each needs the extra of its name."""
