"""The units in the field: what each said it runs, when, and how far a version has got.

Enters: check-ins of units and gateways (door `device`), observations of others (imports).
Leaves: curves per day, distributions, units, silent units, texts nobody knows yet.
Decides: nothing. Reported texts are kept and counted as they are; which release a text means is said by the
catalogue's aliases when somebody asks, so that a new alias is right for the whole past.
Never: stores who owns a unit, or an address it spoke from.

`stores` and `rules` import no Django; `queries`, `actions` and `access` are the desk's side.
"""
