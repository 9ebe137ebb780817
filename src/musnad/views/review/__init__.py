"""Review in the browser and over HTTP: who may decide, the queue and its drafts, what decisions change."""

from musnad.views.review.desk import Desk
from musnad.views.review.routes import ReviewPages

__all__ = ["Desk", "ReviewPages"]
