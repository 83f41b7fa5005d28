"""The door of the devices: check-ins over HTTP, nothing else. No Django in here or below.

Enters: `POST /v1/check-ins`, from units (their own) and gateways (of any unit).
Leaves: check-ins in the fleet store, the only place this door writes to.
Never: tells anything about other units, reads a case, trusts a device's clock.
"""
