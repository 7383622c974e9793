"""Who may do what, asked of the running API: every role on every route."""
