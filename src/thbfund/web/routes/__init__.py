"""Feeds and the JSON API, served beside the pages: thin; what they answer is made by pure functions."""

from thbfund.web.routes.desk import Desk
from thbfund.web.routes.service import beside, service

__all__ = ["Desk", "beside", "service"]
