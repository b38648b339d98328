"""Files from outside made harmless: parsed and written anew in a process of its own, within limits.

Knows nothing of the bot. Whoever holds bytes asks `Cleaner.clean`, and gets a clean copy or why none.
"""

from scans.cleaner import Cleaner as Cleaner
from scans.verdict import Clean as Clean
from scans.verdict import Refusal as Refusal
from scans.verdict import Verdict as Verdict
