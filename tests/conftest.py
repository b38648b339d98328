"""What all tests may use: a store on each engine."""

pytest_plugins = ["engines"]
