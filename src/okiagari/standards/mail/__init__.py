"""Internet mail: values to bytes (`compose`), bytes to values (`reading`), servers (`servers`).

RFC 5322 and MIME by the standard library; RFC 3834 for who must not be answered, RFC 3464 for bounces.
Nothing here opens a connection, and nothing trusts a From line.
"""
