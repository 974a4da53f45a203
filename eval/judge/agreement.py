"""How far a judge agrees with people."""

import numpy as np
import numpy.typing as npt


def balanced(supported: npt.ArrayLike, verdicts: npt.ArrayLike) -> float:
    """Balanced accuracy: the mean of the shares of supported and of unsupported got right.

    A judge that always says the same scores 0.5. Raises ValueError unless both labels are there.
    """
    truth, said = _both(supported), np.asarray(verdicts, dtype=np.float64)
    return float((said[truth].mean() + (1 - said[~truth]).mean()) / 2)


def auroc(supported: npt.ArrayLike, sureness: npt.ArrayLike) -> float:
    """Chance that a supported claim is given more than an unsupported one; ties count half.

    Mann and Whitney's U over its largest value. Raises ValueError unless both labels are there.
    """
    truth = _both(supported)
    _, place, count = np.unique(np.asarray(sureness), return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    yes, no = int(truth.sum()), int((~truth).sum())
    return float((rank[truth].sum() - yes * (yes + 1) / 2) / (yes * no))


def _both(supported: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    truth = np.asarray(supported, dtype=np.bool_)
    if truth.all() or not truth.any():
        raise ValueError("both supported and unsupported claims are needed")
    return truth
