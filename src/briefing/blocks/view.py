"""A note as plain data for the page: the contract between what resolves and what renders.

Everything is a dict, list, str, int, float, bool or None. *Sides* is `{"en": …, "zh": …}` with
only the sides of the edition in it. *Runs* is a list of
`{"text", "bold", "mark", "href", "ref", "caveat", "missing"}`: `ref` is the reference behind a
number or None, `caveat` why a value is marked (late, suspect …) in the run's language or "", `missing` is true for
a value that could not be resolved (its text is then an em dash).

Document: `edition` (both, en, zh-Hant-TW), `layout` (columns, stacked), `langs`, `title` (sides of
runs), `date`, `as_of` (ISO), `date_text`, `as_of_text` (sides of str), `draft`, `marked` (late
series, then doubted days: list of `{"name", "words": sides of str}`), `sources` (list of
`{"name", "source", "last": sides of str}`), `hash` (of the content), `blocks`.

Blocks, each with `type` and `id`:

heading        level (1-3), text: sides of runs
pair           bullet (0 paragraph, 1-3 level), text: sides of runs
key_points     points: list of sides of runs
figure         number, size, width, height (mm, of the svg), title: sides of runs,
               subtitle, source, alt: sides of str, svg: str
metric_table   title: sides of runs, columns: list of {"head": sides of str, "kind": number|text|spark},
               rows: list of {"head": sides of str, "remarks": list of sides of str, "cells": list of
               {"text": sides of str, "tone": -1|0|1, "caveat": sides of str, "missing": bool,
               "ref": str, "svg": str}}, note: sides of str
glossary       entries: list of {"term": {"en": str, "zh": str}, "definition": sides of runs}
page_break     nothing more
disclosure     text: sides of str, version: str
unknown        not printed; private: not printed (neither reaches the document at all)
"""
