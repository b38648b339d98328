"""Behind the fence of a restored store: what waited in it is held until the keeper has decided."""

from bot import announce
from bot.office import Office
from messages_fa import general
from storage.work import Work


def tell(work: Work, office: Office) -> None:
    """Tell the admins, at every start until the store is opened, how much is held back."""
    if work.fence.stands():
        announce.to_admins(work, office, general.kept_back(*work.fence.held()))
