"""The case file: one matter with its vulnerabilities, facts, embargo, parties, words, tasks and clocks.

Enters: what people and upper stages decide. Leaves: ledger lines on the case's stream, dataclasses.
It never computes a step (`flow` does) and never copies who may see it (`desk` knows).
"""
