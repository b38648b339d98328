from draft_samples import returned
from conversation_samples import SCOPE, Person
from bot.conversations import correction, engine
from bot.conversations.form import Returned, SUMMARY
from bot.conversations.proposal import PROPOSAL
from conversation_samples import filled
import inspect, draft_samples
print(inspect.getsource(draft_samples.returned))
def test_marked_and_other():
    base = filled() if callable(filled) else filled
    answers = dict(base.at.answers) if hasattr(base,'at') else dict(base)
    asks = Returned(["amount"], "مبلغ را اصلاح و حکم را پیوست کنید.", ["marked.1", "other.1"], answers)
    position = correction.begin(answers, {}, 3, asks)
    out = engine.resume(PROPOSAL, position, SCOPE)
    names = {s.name for s in correction.changeable(PROPOSAL, out.position, SCOPE)}
    assert "attachments" in names, names
