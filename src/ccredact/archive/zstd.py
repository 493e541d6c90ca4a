"""Zstandard: in the standard library of Python 3.14, before it in the extra `zstd`."""

from __future__ import annotations

import importlib
import sys
from typing import IO, Any, BinaryIO, Final

from ccredact.errors import MissingExtraError

_MODULE: Final = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


def open_zstd(stream: BinaryIO, mode: str) -> IO[bytes]:
    """Open a compressed stream ("rb" or "wb"); raises `MissingExtraError` where the package is not installed."""
    try:
        module: Any = importlib.import_module(_MODULE)
    except ImportError:
        module = None
    if module is None:
        raise MissingExtraError("zstd")
    opened: IO[bytes] = module.ZstdFile(stream, mode)
    return opened
