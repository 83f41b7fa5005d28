"""CVE Services: what a CNA does with ids and records there (API of the CVE Program, ``/api``). No Django.

Enters: the account of a CNA, ids, containers as `standards.cve` builds them. Leaves: what the services hold
and answer, as frozen values. It never decides when something may be published and never repeats a request
that changes something: that is the caller's, who knows what a lost answer means. `client` and
`public` bring an HTTP client along; `problems` and `values` do not.
"""
