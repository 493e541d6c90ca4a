"""Dates of birth, and other dates and times."""
