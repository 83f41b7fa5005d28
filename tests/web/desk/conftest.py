from tests.web.cases.conftest import enter, house

__all__ = ["enter", "house"]
