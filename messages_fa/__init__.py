"""Every Persian word a person reads: texts, buttons, names of states, problems and help."""
