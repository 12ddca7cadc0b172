"""Which EU funding programmes fit a project against trafficking in human beings, and whether it may apply.

>>> from datetime import date
>>> import thbfund
>>> catalogue = thbfund.load_catalogue(thbfund.packaged_data())
>>> project = thbfund.project_of_text("A shelter for women trafficked from Nigeria to Italy.", catalogue.vocabularies)
>>> report = thbfund.match(catalogue, project, on=date(2026, 11, 23))
>>> report.matches[0].programme.id
'amif-2021-2027'
"""

from importlib.metadata import version

__version__ = version("thbfund")

from thbfund.catalogue import Catalogue, check_catalogue, load_catalogue, packaged_data
from thbfund.input.problems import InputError, Problem
from thbfund.matching import Matcher, MatchReport, match
from thbfund.project import Project, project_of_text, read_project

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
