"""The graph is tested over every kind of store."""

from stores.conftest import store

__all__ = ["store"]
