"""Every event as the register stores it."""
