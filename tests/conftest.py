"""What all tests may use: a store on each engine; and no example of hypothesis is judged by its time."""

import hypothesis

pytest_plugins = ["engines"]

hypothesis.settings.register_profile("mohlat", deadline=None)
hypothesis.settings.load_profile("mohlat")
