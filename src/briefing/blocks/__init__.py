"""One file a block type: its fields and how it resolves to plain data for the page.

Every file of this package is read when the package is, so that the table of block types is whole.
"""

from briefing.blocks.registry import load_block_types

load_block_types()
