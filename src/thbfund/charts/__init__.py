"""LOOK: what a chart shows, as rows with a finding and a table, and how it is drawn. No Streamlit here.

Each chart has two modules: its rows, which know nothing of Altair, and `draw_...`, which turns them into a chart.
A chart is never the only place of its figures: the table made of the same rows stands beside it.
"""
