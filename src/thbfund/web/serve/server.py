"""The server: the pages, and beside them the feeds and the JSON API. `thbfund app` starts it.

Streamlit reads this file for an `st.App`, then imports and serves it; any other server for Python's ASGI can do the
same: `uvicorn thbfund.web.serve.server:app --workers 4`.
"""

import streamlit as st

from thbfund.web.serve import SCRIPT, lifespan, middleware, routes, speak_to_nobody

speak_to_nobody()
app = st.App(SCRIPT, routes=routes(), middleware=middleware(), lifespan=lifespan)
