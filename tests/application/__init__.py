"""Tests of how a command is carried out."""
