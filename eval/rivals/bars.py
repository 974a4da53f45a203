"""Bars with their intervals as SVG, to stand in a cell; the numbers stand beside them in words."""

_WIDE, _HIGH = 260, 24
_MIDDLE = _HIGH / 2


def bar_plot(value: float, top: float, low: float | None = None, high: float | None = None) -> str:
    """A bar from 0 to `value` on an axis that ends at `top`, with a whisker over the interval.

    Colours are the page's own. Holds numbers only, so it may stand in a page as it is.
    """
    parts = [_rect(value, top)]
    if low is not None and high is not None:
        parts += [_line(low, high, top), _end(low, top), _end(high, top)]
    return (
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def _at(value: float, top: float) -> float:
    """Pixels from the left; what lies outside the axis stands at its end."""
    return round(_WIDE * min(max(value / top, 0.0), 1.0), 2) if top > 0 else 0.0


def _rect(value: float, top: float) -> str:
    return (
        f'<rect x="0" y="{_MIDDLE - 6}" width="{_at(value, top)}" height="12"'
        ' fill="var(--dev)" fill-opacity="0.55"/>'
    )


def _line(low: float, high: float, top: float) -> str:
    return (
        f'<line x1="{_at(low, top)}" x2="{_at(high, top)}" y1="{_MIDDLE}" y2="{_MIDDLE}"'
        ' stroke="currentColor" stroke-width="1.6"/>'
    )


def _end(value: float, top: float) -> str:
    x = _at(value, top)
    return (
        f'<line x1="{x}" x2="{x}" y1="{_MIDDLE - 4}" y2="{_MIDDLE + 4}"'
        ' stroke="currentColor" stroke-width="1.6"/>'
    )
