"""The office as data: standards, holidays, legal bases, authority and officials."""
