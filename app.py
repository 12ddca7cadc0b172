"""What `streamlit run app.py` starts: the packaged app, with its feeds and its API.

Streamlit reads this file for an `st.App` and then imports `app`; so does `uvicorn app:app`. Run as a script, by tests
of the pages, it draws the page.
"""

import streamlit as st

from thbfund.web.app import main

if __name__ == "__main__":
    main()
else:
    from thbfund.web.serve import SCRIPT, lifespan, middleware, routes, speak_to_nobody

    speak_to_nobody()
    app = st.App(SCRIPT, routes=routes(), middleware=middleware(), lifespan=lifespan)
