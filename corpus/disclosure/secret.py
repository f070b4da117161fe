"""The secret of a data directory, from which every record's key is made."""

from __future__ import annotations

import hashlib
import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Final

from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset
from corpus.errors import DataDirectoryError

_FILE: Final = ".disclosure-key"
_BYTES: Final = 32


def secret_of(dataset: Dataset) -> bytes:
    """The secret of the tables' data directory, made on first use.

    A demonstration's comes from its seed, so that the same seed shows the same figures;
    everything in it is invented. Tables that are nowhere have an empty secret.

    Raises:
        DataDirectoryError: where the secret can be neither read nor kept.
    """
    if dataset.folder is None:
        return b""
    directory = DataDirectory(dataset.folder.parents[1])
    if dataset.kind == "demonstration":
        manifest = directory.manifest()
        seed = None if manifest is None else manifest.seed
        return hashlib.sha256(f"demonstration {seed}".encode()).digest()
    return _kept_secret(directory.root / _FILE)


def purpose_key(secret: bytes, purpose: str) -> str:
    """A key of its own for one purpose: 16 characters, 96 bits."""
    digest = hashlib.blake2b(purpose.encode(), key=secret, digest_size=12).digest()
    return urlsafe_b64encode(digest).decode()


def _kept_secret(path: Path) -> bytes:
    try:
        if not path.exists():
            _keep_new_secret(path)
        secret = path.read_bytes()
    except OSError as error:
        raise DataDirectoryError(
            f"The key of protected figures {str(path)!r} cannot be read or kept:"
            f" {error.strerror}.",
            "Change the directory's permissions, or name another with --data-dir.",
        ) from error
    if len(secret) != _BYTES:
        raise DataDirectoryError(
            f"The key of protected figures {str(path)!r} is damaged:"
            f" {len(secret)} bytes, not {_BYTES}.",
            "Put it back from a copy; only where there is none, remove it: a new key"
            " gives new figures.",
        )
    return secret


def _keep_new_secret(path: Path) -> None:
    """Write a secret aside and link it into place: the first of two writers wins."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
