"""The archive: every byte that ever went out, by its content, with the time it went out and was replaced.

Enters: a tree that is written and checked, before anybody sees it. Leaves: what an address said at any time.
Rows are only added; the bytes outlive the trees, share the disk with them and go only when a person says so.
"""
