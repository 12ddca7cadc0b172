"""The app: pages read widgets, build one project, call one function, show one report."""
