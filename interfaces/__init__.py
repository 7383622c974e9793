"""Where the world touches us: HTTP, command line, settings, logs, the database."""
