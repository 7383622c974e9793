"""The organisation's own identity provider (OpenID Connect), where one is set.

It says who somebody is; what he may do stands in our directory alone.
"""
