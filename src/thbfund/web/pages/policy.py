"""The policy behind the money, linkable by `?part=` and, within a part, by the id of an entry."""

from functools import partial

from thbfund.said import say
from thbfund.web import components, policy_view, resources
from thbfund.web.speech import _

INTRODUCTION = say("What the EU has decided, who works on it, the figures, and the words that this app uses.")

catalogue = resources.catalogue()
policy = catalogue.policy
names = {part: policy.files[part].title for part in policy_view.PARTS if part in policy.files}
show_list = partial(policy_view.show_list, catalogue)
chosen = components.chosen_or_list(_("Policy"), _("Part"), names, "part", _(INTRODUCTION), show_list)
policy_view.show(chosen, catalogue)
