"""Disclose: one approved snapshot, every output.

Enters: words in each language and the facts of the cases. Leaves: an approved snapshot, a published
tree (pages, feed, CSAF) switched at once. Nothing is typed twice, and an author never approves.
"""
