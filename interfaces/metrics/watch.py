"""What is watched over: told by `serve` as its parts come up."""

from msgspec.structs import replace

from interfaces.data_folder import DataFolder, Notice
from interfaces.workers import Workers


class Watch:
    """Where things are by now; threads that answer scrapes look here too."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self.notice = Notice(database="", serving=True)
        self.crew: Workers | None = None
        """The parts at work, once they were started."""

    def know(self, **places: str) -> None:
        """Take in where something is; neighbours are told once there is a database."""
        self.notice = replace(self.notice, **places)
        if self.notice.database:
            self._folder.announce(self.notice)
