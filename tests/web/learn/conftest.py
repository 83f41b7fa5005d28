from tests.web.cases.conftest import case_id, enter, house

__all__ = ["case_id", "enter", "house"]
