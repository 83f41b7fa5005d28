"""Triage: how severe is it, and which products and versions does it concern?

Enters: a case with its vulnerabilities and the catalogue. Leaves: judgements by the written criteria,
scores beside them, and a decision per target and vulnerability. The score proposes; a person decides.
"""
