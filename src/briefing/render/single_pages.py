"""Finished pages as PDF files of one page each, and one file of many of them.

A page that stands is drawn once. Bookmarks and links to other pages are left out: they look like
nothing on the page.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from typing import Any

from briefing.render.engine import fetcher, font_configuration, unfetched


def single_page(page: Any) -> bytes:
    """WeasyPrint's page as a PDF of its own."""
    from weasyprint.document import Document, DocumentMetadata

    alone = copy.copy(page)
    alone.bookmarks = []
    alone.links = [link for link in page.links if link[0] == "external" or link[1] in page.anchors]
    document = Document([alone], DocumentMetadata(), fetcher(), font_configuration(), {}, None)
    content: bytes = unfetched(document.write_pdf)
    return content


def joined(files: Sequence[bytes]) -> bytes:
    """Some PDF files as one, the same bytes for the same files."""
    import pikepdf

    with pikepdf.new() as whole:
        for content in files:
            with pikepdf.open(io.BytesIO(content)) as part:
                whole.pages.extend(part.pages)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
    return out.getvalue()
