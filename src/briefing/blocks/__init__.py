"""One file a block type: its fields and how it resolves to plain data for the page.

Every file of this package is read when the package is, so that the table of block types is whole.
"""

from importlib import import_module
from pkgutil import iter_modules

for _file in iter_modules(__path__):
    import_module(f"{__name__}.{_file.name}")
