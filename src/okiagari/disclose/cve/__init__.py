"""The CVE ids of a maker that is a CNA: reserved, published after the advisory, updated with it, given up.

Enters: a vulnerability that needs an id, an edition that is out, a reason. Leaves: what CVE Services were
told, kept with each id; what is still to be told, as deeds that a job does and a person can do again. Two
laws: no record is sent before the edition it speaks of is out on our own site, and nothing is ever written to
the id of another CNA. A watch says which cited ids have no public record yet. Nothing reaches outside unless
the settings name an address, nor while a replay plays.
"""
