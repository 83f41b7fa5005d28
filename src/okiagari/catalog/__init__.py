"""What the maker has sold: products, variants, firmware lines, releases, support dates, targets.

Enters: the maker's catalogue (import or screens). Leaves: targets for the grid and ordered lines of
releases. It never compares version texts; it keeps the maker's own order.
"""
