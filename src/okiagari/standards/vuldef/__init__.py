"""VULDEF 3.2 (JVN's vulnerability data format): what a vendor tells JPCERT/CC, written and read.

In: the frozen values of `model`, or the bytes of a document. Out: XML valid by vuldef_3.2.xsd and what it
could not carry, or the values and what was not understood. It never asks the network.
"""

from .build import Built, build
from .model import VendorStatus, Vulinfo, roll_up
from .reading import NOT_VULDEF, Read, read

__all__ = ["NOT_VULDEF", "Built", "Read", "VendorStatus", "Vulinfo", "build", "read", "roll_up"]
