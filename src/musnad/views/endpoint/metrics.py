"""What the server counts, in the text that Prometheus reads."""

from __future__ import annotations

from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
disable_created_metrics()  # type: ignore[no-untyped-call]
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)


class Metrics:
    """The counters of one server."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "musnad_requests", "Requests answered.", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "musnad_request_seconds",
            "Seconds until a request was answered.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.refused = Counter(
            "musnad_queries_unanswered",
            "SPARQL queries without an answer, by the reason for it.",
            ["reason"],
            registry=self.registry,
        )
        self.running = Gauge("musnad_queries_running", "SPARQL queries that run.", registry=self.registry)
        self.waiting = Gauge("musnad_queries_waiting", "SPARQL queries that wait.", registry=self.registry)
        self.held = Gauge("musnad_held", "What the store holds.", ["what"], registry=self.registry)
        self.ahead = Gauge(
            "musnad_read_ahead",
            "Whether what pages often need has been read (1), or is read meanwhile (0).",
            registry=self.registry,
        )

    def text(self) -> bytes:
        """Give everything in Prometheus' text format."""
        return generate_latest(self.registry)
