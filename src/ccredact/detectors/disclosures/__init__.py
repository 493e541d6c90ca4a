"""What people tell of their health, family and purchases: terms of lists, and whose they are."""
