"""One operator by its name, and what a keyed hash must be, by another way."""

from __future__ import annotations

import hashlib

from ccredact.operators import Operator, build
from ccredact.policy import Policy


def one(label: str, name: str, key: bytes | None = None) -> Operator:
    return build(Policy.load({"entities": {label: name}}).operators, key=key)[label]


def expected_hash(key: bytes, label: str, value: str) -> str:
    """HMAC from its definition (RFC 2104) over hashlib, with nothing of the library's own."""
    block = (key if len(key) <= 64 else hashlib.sha256(key).digest()).ljust(64, b"\0")
    message = b"ccredact hash 1\0" + label.encode("ascii") + b"\0" + value.encode()
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + message).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).hexdigest()[:32]
