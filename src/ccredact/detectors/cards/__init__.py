"""Payment cards: number, expiry, security code, last four digits."""
