"""Metrics: one decorated function each, and the registry that wraps their values.

Every module of this package is imported here, so that a function decorated in any of them is in
the table.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
