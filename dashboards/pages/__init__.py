"""What each page shows; the list of pages itself is in `dashboards.pages.all`."""
