"""What the office's clock does about complaints: it frees them, sends them up, tells, and forgets."""

from bot import complaint_news
from bot.cards import Errand
from bot.office import Office
from bot.one_by_one import one_by_one
from domain.complaints import WAITING, State
from messages_fa import complaint_desk as texts
from services import complaint_traces, complaint_watch, file_share, targets
from storage.records.complaints import Complaint
from storage.work import Work


def watch(work: Work, wiring: Office) -> None:
    """A sweep: holders who may not handle theirs any more, and complaints that nobody is left for."""
    at = Errand(work, wiring)

    def freed(complaint: Complaint, holder: int) -> None:
        gone = texts.taken_away(complaint.code)
        told = complaint_news.to_person(at, complaint, holder, gone, opens=False)
        complaint_news.refresh(at, complaint, but=told)

    one_by_one(work, wiring, "free_complaints", complaint_watch.free_unfit(work), lambda each: freed(*each))
    one_by_one(
        work,
        wiring,
        "watch_complaints",
        complaint_watch.stranded(work),
        lambda each: complaint_news.appointed(at, each[0], somebody=each[1]),
    )


def escalate(work: Work, wiring: Office) -> None:
    """A sweep: complaints whose target is missed go up to the directors, in office hours."""
    if not targets.may_disturb(work):
        return
    at, due = Errand(work, wiring), complaint_watch.escalate_due(work)
    one_by_one(work, wiring, "escalate_complaints", due, lambda each: complaint_news.went_up(at, *each))


def tell_of_anonymous(work: Work, wiring: Office) -> bool:
    """A sweep: the desk learns of what anonymous persons did in the last quarter of an hour."""
    at, found = Errand(work, wiring), complaint_watch.to_tell(work)

    def tell(complaint: Complaint) -> None:
        waits = complaint.state in WAITING
        objection = complaint.state is State.OBJECTED
        told = complaint_news.came_in(at, complaint, objection=objection) if waits else ()
        complaint_news.refresh(at, complaint, but=told)

    one_by_one(work, wiring, "tell_of_anonymous", found, tell)
    return bool(found)


def tell_many(work: Work, wiring: Office) -> None:
    """A sweep: complaints of senders who sent many are told together, in office hours."""
    if targets.may_disturb(work) and (count := work.complaints.take_batch()):
        complaint_news.digest(Errand(work, wiring), count)


def forget(work: Work, _office: Office) -> None:
    """A sweep: who sent how much is forgotten with the hour (of files, the day), and who wrote unnamed."""
    complaint_traces.forget_senders(work)
    file_share.forget(work)
    complaint_traces.forget_forms(work)
