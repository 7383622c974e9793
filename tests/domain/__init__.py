"""Tests of what the rules are."""
