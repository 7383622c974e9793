"""The edge cases that the office named, each shown by a test (see `listed`)."""
