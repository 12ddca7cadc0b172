"""What each tag means, linkable by `?tag=`."""

import streamlit as st

from thbfund.web import components, resources, tags_view

catalogue = resources.catalogue()
names = tags_view.names_of(catalogue)

chosen = components.linked_choice("Tag", names, "tag", "Choose a tag, or type to search")
if chosen is None:
    st.title("Tags")
    if "tag" in st.query_params:
        st.warning("The link names no tag of this catalogue. Choose one here.", icon=":material/link_off:")
    st.write("What priorities, articles of law, people, forms of exploitation and activities mean here, to be quoted.")
    tags_view.show_list(catalogue)
    st.stop()
st.set_page_config(page_title=f"{names[chosen]} - thbfund")
tags_view.show(chosen, catalogue)
