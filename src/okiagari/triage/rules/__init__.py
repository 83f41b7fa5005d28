"""The rules of triage: criteria, judging, cells. Values in, decisions out; nothing else is touched."""
