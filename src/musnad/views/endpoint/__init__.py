"""The SPARQL 1.1 endpoint: the query part of the protocol, read-only, every query in a process of its own."""

from musnad.views.endpoint.forking import ForkServer, Limits
from musnad.views.endpoint.routes import Endpoint

__all__ = ["Endpoint", "ForkServer", "Limits"]
