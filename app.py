"""What `streamlit run app.py` starts: the packaged app."""

from thbfund.web.app import main

main()
