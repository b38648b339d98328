"""What a person can do here: each public function is one verb of the office, inside one unit of work.

Plain values in, frozen values out; no text is written and nothing is sent. Refusals are raised before the
first write, so that whoever shows them may go on in the same unit.
"""
