"""Tests of the office as data."""
