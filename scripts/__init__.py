"""What one runs on a clone: checks, translations, the lock."""
