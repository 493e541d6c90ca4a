"""Where a number stands in an address: five digits behind a state of the US are a ZIP code."""

from __future__ import annotations

from ccredact.detectors.code_run import CodeRun

STATES = frozenset(
    """
al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri
sc sd tn tx ut vt va wa wv wi wy
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania island tennessee texas utah
vermont virginia washington wisconsin wyoming
""".split()
)
"""Two letters, or the last word of a name."""
_SPOKEN = frozenset({"in", "me", "or", "hi", "ok", "oh", "la", "de", "id", "co", "ma", "pa"})
"""Those that are words: only written figures of five digits behind them are a ZIP code."""
ZIP, ZIP4 = (5,), (5, 4)


def is_zip(run: CodeRun) -> bool:
    """Whether a run is five digits, or five and four, behind a state."""
    state = run.prefix or run.led_by
    if state not in STATES or run.letters or run.plus or run.amount:
        return False
    if run.figures in {ZIP, ZIP4}:
        return True
    return run.digits == 5 and state not in _SPOKEN
