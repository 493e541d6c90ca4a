"""Calls that are still running."""
