"""Groups of commands of the command line, each a module."""
