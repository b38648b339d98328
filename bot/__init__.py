"""The only package that knows a messenger: intake, dispatch, conversations, delivery, command line."""
