"""The collector rests for a block and goes on after it, whatever happens in it."""

import gc

import pytest

from okiagari.plumbing import collecting


def resting(*, fails: bool) -> bool:
    """Whether it rests within the block."""
    with collecting.paused():
        if fails:
            raise OSError
        return not gc.isenabled()


def test_it_goes_on_after_the_block_and_after_an_error_in_it() -> None:
    assert resting(fails=False)
    assert gc.isenabled()
    with pytest.raises(OSError):
        resting(fails=True)
    assert gc.isenabled()


def test_a_block_within_a_block_does_not_start_it() -> None:
    with collecting.paused():
        with collecting.paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with collecting.paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
