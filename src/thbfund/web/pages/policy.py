"""The policy behind the money, linkable by `?part=` and, within a part, by the id of an entry."""

from functools import partial

from thbfund.web import components, policy_view, resources

INTRODUCTION = "What the EU has decided, who works on it, the figures, and the words that this app uses."

catalogue = resources.catalogue()
policy = catalogue.policy
names = {part: policy.files[part].title for part in policy_view.PARTS if part in policy.files}
show_list = partial(policy_view.show_list, policy)
chosen = components.chosen_or_list("Policy", "Part", names, "part", INTRODUCTION, show_list)
policy_view.show(chosen, catalogue)
