"""The rules of disclosure: what an advisory says, what it lacks, who approves it, what has changed. Pure."""
