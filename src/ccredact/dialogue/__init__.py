"""What was asked for or announced, and what answers it."""
