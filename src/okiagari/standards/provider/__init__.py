"""What a CSAF provider puts on the web beside its documents (OASIS CSAF 2.0 and 2.1, section 7).

``metadata``, ``rolie``, ``directory`` and ``security_txt`` write the files; ``requirements`` and what it
calls judge those of anybody. Pure: whoever reads folders or asks the network is elsewhere.
"""
