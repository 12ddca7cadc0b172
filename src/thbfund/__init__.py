"""Which EU funding programmes fit a project against trafficking in human beings, and whether it may apply.

>>> from datetime import date
>>> import thbfund
>>> catalogue = thbfund.load_catalogue(thbfund.packaged_data())
>>> project = thbfund.project_of_text("A shelter for women trafficked from Nigeria to Italy.", catalogue.vocabularies)
>>> report = thbfund.match(catalogue, project, on=date(2026, 11, 23))
>>> report.matches[0].programme.id
'amif-2021-2027'
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

__version__ = version("thbfund")

if TYPE_CHECKING:
    from thbfund.catalogue import Catalogue, check_catalogue, load_catalogue, packaged_data
    from thbfund.input.problems import InputError, Problem
    from thbfund.matching import Matcher, MatchReport, match
    from thbfund.project import Project, project_of_text, read_project
else:
    _HOMES = {
        "catalogue": ("Catalogue", "check_catalogue", "load_catalogue", "packaged_data"),
        "input.problems": ("InputError", "Problem"),
        "matching": ("MatchReport", "Matcher", "match"),
        "project": ("Project", "project_of_text", "read_project"),
    }

    def __getattr__(name: str) -> Any:
        """Load the part that holds a name when it is first asked for: a process that reads one note needs none."""
        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"thbfund.{home}"), name)
        raise AttributeError(f"module 'thbfund' has no attribute {name!r}")


__all__ = [
    "Catalogue",
    "InputError",
    "MatchReport",
    "Matcher",
    "Problem",
    "Project",
    "__version__",
    "check_catalogue",
    "load_catalogue",
    "match",
    "packaged_data",
    "project_of_text",
    "read_project",
]
