"""Which records protected figures are made of, by keys that only the secret gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.disclosure.secret import purpose_key
from corpus.disclosure.wording import LEFT_OUT

if TYPE_CHECKING:
    import pandas as pd

_LEAST_NOISE: Final = 0.05
_MOST_NOISE: Final = 0.15
"""A child's values are moved by a share between these, up or down: the noise factors
of Evans, Zayatz and Slanta (Journal of Official Statistics 14, 1998), which keep off 1
so that no value is shown as it is."""


def left_out(
    identities: pd.Series[Any], secret: bytes, purpose: str
) -> NDArray[np.bool_]:
    """For each identity, whether protected figures leave it out.

    The same identity is always left out or always kept, whatever is asked; one in ten
    is left out, each independently of the others.
    """
    out: NDArray[np.bool_] = (
        _fractions(identities, secret, f"left out: {purpose}") < LEFT_OUT
    )
    return out


def noise_factors(identities: pd.Series[Any], secret: bytes) -> NDArray[np.float64]:
    """For each child, what its values are multiplied by: 0.85–0.95 or 1.05–1.15."""
    fraction = _fractions(identities, secret, "noise") * 2 - 1
    size = _LEAST_NOISE + (_MOST_NOISE - _LEAST_NOISE) * np.abs(fraction)
    return np.asarray(1 + np.where(fraction < 0, -size, size), dtype=np.float64)


def _fractions(
    identities: pd.Series[Any], secret: bytes, purpose: str
) -> NDArray[np.float64]:
    """A fraction from 0 to 1 for each identity, by SipHash under the purpose's key."""
    import pandas as pd

    texts = identities.to_numpy(dtype=object)
    key = purpose_key(secret, purpose)
    hashes = pd.util.hash_array(texts, hash_key=key, categorize=False)
    return np.asarray(hashes, dtype=np.uint64) / 2.0**64
