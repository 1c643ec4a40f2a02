"""ChiSo: official index assessments computed from the decision itself.

>>> import chiso
>>> framework = chiso.load("gia-lai-2023-province")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chiso.framework.loader import bundled, load
    from chiso.scoring.score import score

__version__ = "0.1.0"
__all__ = ["__version__", "bundled", "load", "score"]

#: Loaded when first used, so that ``import chiso`` costs next to nothing.
_LAZY = {"bundled": "chiso.framework.loader", "load": "chiso.framework.loader", "score": "chiso.scoring.score"}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'chiso' has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
