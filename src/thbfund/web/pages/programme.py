"""One programme, linkable by `?id=`."""

import streamlit as st

from thbfund.web import asking, components, programme_view, resources

catalogue = resources.catalogue()
names = {key: programme.name for key, programme in catalogue.programmes.items()}

chosen = components.linked_choice("Programme", names, "id", "Choose a programme, or type to search")
if chosen is None:
    st.title("One programme, all its facts")
    if "id" in st.query_params:
        st.warning("The link names no programme of this catalogue. Choose one above.", icon=":material/link_off:")
    else:
        st.write("Choose a programme above. Each fact stands with its source and the day it was checked.")
    st.stop()
st.set_page_config(page_title=f"{names[chosen]} - thbfund")
programme_view.show(catalogue.programmes[chosen], catalogue, asking.today())
