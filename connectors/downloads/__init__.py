"""Fetches pictures and videos from a platform's own hosts, and from nowhere else."""

from connectors.downloads.addresses import Hosts, NotFetched
from connectors.downloads.fetching import Downloader, Fetched
from connectors.downloads.hosts import hosts_of

__all__ = ["Downloader", "Fetched", "Hosts", "NotFetched", "hosts_of"]
