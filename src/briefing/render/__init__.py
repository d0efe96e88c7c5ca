"""From a plain view to HTML, PDF and page images."""
