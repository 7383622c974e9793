"""Tests mirror the packages; their names are sentences in the domain."""
