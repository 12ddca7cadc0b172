"""What each tag means, linkable by `?tag=`."""

from functools import partial

from thbfund.said import say
from thbfund.web import components, resources, tags_view
from thbfund.web.speech import _

INTRODUCTION = say(
    "What priorities, articles of law, people, forms of exploitation and activities mean here, to be quoted."
)

catalogue = resources.catalogue()
show_list = partial(tags_view.show_list, catalogue)
chosen = components.chosen_or_list(
    _("Tags"), _("Tag"), tags_view.names_of(catalogue), "tag", _(INTRODUCTION), show_list
)
tags_view.show(chosen, catalogue)
