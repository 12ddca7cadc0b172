"""One programme, linkable by `?id=`."""

from thbfund.web import asking, components, programme_view, resources

INTRODUCTION = "Choose a programme. Each fact stands with its source and the day it was checked."

catalogue = resources.catalogue()
names = {key: programme.name for key, programme in catalogue.programmes.items()}
chosen = components.chosen_or_list("One programme, all its facts", "Programme", names, "id", INTRODUCTION)
programme_view.show(catalogue.programmes[chosen], catalogue, asking.today())
