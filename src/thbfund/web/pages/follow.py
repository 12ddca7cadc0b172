"""Follow calls and changes by calendar and feed reader."""

from thbfund.web import follow_view, resources

follow_view.show(resources.catalogue())
