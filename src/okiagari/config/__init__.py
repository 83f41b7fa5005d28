"""How one installation is put together: environment, settings, addresses, the two processes."""
