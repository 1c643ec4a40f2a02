"""The five documents that the bundled frameworks were transcribed from, where their folder lies beside the project."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

import chiso
from chiso.decree.document.shape import Document
from chiso.decree.document.text import read_text
from chiso.decree.draft import Draft, drafts_of
from chiso.framework.model import Framework

ROOT = Path(__file__).resolve().parents[2]

#: Each document with the frameworks that were made from it, in printed order.
DOCUMENTS = {
    "gia-lai-2023-province": ("gia-lai-2023-province",),
    "khanh-hoa-2023-district": ("khanh-hoa-2023-district",),
    "an-giang-2024-department-district": ("an-giang-2024-department", "an-giang-2024-district"),
    "yen-dinh-2023-district": ("yen-dinh-2023-district",),
    "khung-2024-commune-district": ("khung-2024-commune", "khung-2024-district"),
}

FRAMEWORKS = [(name, at, known) for name, ids in DOCUMENTS.items() for at, known in enumerate(ids)]


def folder() -> Path | None:
    """Return the folder of the documents, or nothing where it is not there."""
    found = (parent / "shared/sources" for parent in ROOT.parents)
    return next((path for path in found if path.is_dir()), None)


needs_sources = pytest.mark.skipif(folder() is None, reason="the source documents are not here")


@lru_cache(maxsize=8)
def document(name: str) -> Document:
    """Return one of the documents as read."""
    path = folder()
    assert path is not None
    return read_text((path / f"{name}.txt").read_text("utf-8"), "van-ban.txt")


@lru_cache(maxsize=8)
def drafts(name: str) -> tuple[Draft, ...]:
    """Return the drafts of one of the documents."""
    return tuple(drafts_of(document(name)))


def pair(name: str, at: int, known: str) -> tuple[Draft, Framework]:
    """Return a draft and the framework that people made from the same rows."""
    return drafts(name)[at], chiso.load(known)
