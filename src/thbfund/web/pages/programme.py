"""One programme, linkable by `?id=`."""

from thbfund.said import say
from thbfund.web import clock, components, programme_view, resources
from thbfund.web.speech import _

INTRODUCTION = say("Choose a programme. Each fact stands with its source and the day it was checked.")

catalogue = resources.catalogue()
names = {key: programme.name for key, programme in catalogue.programmes.items()}
chosen = components.chosen_or_list(_("One programme, all its facts"), _("Programme"), names, "id", _(INTRODUCTION))
programme_view.show(catalogue.programmes[chosen], catalogue, clock.today())
