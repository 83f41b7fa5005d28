"""One way for every list: filter, sort, saved views, several rows at once, and everything as a file.

A list says what it is (`Sheet`: columns, filters, where its rows come from, what can be done with several);
`pages.page`, `exports.export` and `bulk.act` do the rest, and `frame/lists/list.html` is its page, to which
the list's own template adds the rows. The address holds the state; saved views hold the address.
"""

from okiagari.web.frame.lists.sheet import Column, Deed, Field, Filter, Sheet, Slice, by_offset

__all__ = ["Column", "Deed", "Field", "Filter", "Sheet", "Slice", "by_offset"]
