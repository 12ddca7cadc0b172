"""Report a mistake, linkable by `?programme=`, `?topic=` and `?fact=`; what is typed stays in the session."""

from thbfund.web import clock, report_mistake_view, resources

report_mistake_view.show(resources.catalogue(), clock.today())
