"""Targets: where the published tree goes beside its own folder: a folder, a server over SSH, S3 storage.

Enters: a tree that is out and archived. Leaves: the same tree at every target, and a row that says since
when. A target that can switch shows the old tree or the new one; one that cannot is filled in an order that
never points to what is not there. No Django in `settings`, `rules`, `folder`, `remote` and `bucket`.
"""
