"""Advisories of others, and the maker's own of years ago, taken in from their files.

Enters: a CSAF document, a CVE record or a VULDEF document as it was published. Leaves: the file kept byte for
byte, and by somebody's choice a report, a case with its vulnerabilities and grid, a draft of an advisory.
What was not understood stays with it until somebody has looked. It never publishes anything.
"""
