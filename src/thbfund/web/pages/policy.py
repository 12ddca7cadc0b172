"""The policy behind the money, linkable by `?part=` and, within a part, by the id of an entry."""

import streamlit as st

from thbfund.web import components, policy_view, resources

catalogue = resources.catalogue()
policy = catalogue.policy
names = {part: policy.files[part].title for part in policy_view.PARTS if part in policy.files}

chosen = components.linked_choice("Part", names, "part", "Choose a part")
if chosen is None:
    st.title("Policy")
    if "part" in st.query_params:
        st.warning("The link names no part of this page. Choose one here.", icon=":material/link_off:")
    st.write("What the EU has decided, who works on it, the figures, and the words that this app uses.")
    policy_view.show_list(policy)
    st.stop()
st.set_page_config(page_title=f"{names[chosen]} - thbfund")
policy_view.show(chosen, catalogue)
