"""What a server needs to serve the app.

A folder of its own: of a folder `pages` beside its script Streamlit would show the files without the frame.
"""

from thbfund.web.serve.beside import SCRIPT, lifespan, middleware, routes, speak_to_nobody

__all__ = ["SCRIPT", "lifespan", "middleware", "routes", "speak_to_nobody"]
