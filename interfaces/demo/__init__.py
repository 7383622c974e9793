"""The demo: invented requests of both agencies, played through the real API."""
