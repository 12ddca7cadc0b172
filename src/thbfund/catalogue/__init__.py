"""LOAD, CHECK: the files of the catalogue -> typed, immutable values, or every problem in them."""

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.load import check_catalogue, load_catalogue, packaged_data
from thbfund.catalogue.model import Programme, Strand
from thbfund.catalogue.vocabulary import Vocabularies

__all__ = [
    "Catalogue",
    "Programme",
    "Strand",
    "Vocabularies",
    "check_catalogue",
    "load_catalogue",
    "packaged_data",
]
