"""Everything that is kept: the only package that knows SQL. One unit of work is one transaction."""
