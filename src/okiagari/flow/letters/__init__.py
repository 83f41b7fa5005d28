"""Letters that begin as templates, filled in from the facts of a case.

Enters: a template (a file here, or the maker's own version of it) and a case. Leaves: a text in which each
placeholder is a fact with its source, or a visible gap. A gap is never sent; see `cases.rules.check_filled`.
"""
