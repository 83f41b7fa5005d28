"""The published tree: hosted anywhere, valid, sharing what did not change."""
