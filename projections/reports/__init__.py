"""Figures for reporting jobs, with their definitions and the cases that they count."""
