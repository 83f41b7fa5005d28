"""Reach over the API: numbers per day and product, with the denominator named."""

import pytest

from okiagari.fleet.stores import Store
from okiagari.plumbing import clock
from tests.api.test_cases import send
from tests.api.test_catalog import calling
from tests.disclose.conftest import site
from tests.disclose.story import Story
from tests.reach.conftest import days, drafted, field, published
from tests.reach.test_curves import fill

__all__ = ["drafted", "field", "published", "site"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_case_and_advisory_say_the_same_numbers(published: Story, field: Store) -> None:
    fill(field)
    program = calling(published.member)
    with clock.at(days(10)):
        response = program.get(f"/api/v1/cases/{published.case}/reach")
        of_advisory = program.get(f"/api/v1/advisories/{published.advisory}/reach").json()
        earlier = program.get(f"/api/v1/cases/{published.case}/reach?until=2015-08-23").json()
    body = response.json()
    assert (body["denominator"], body["units"], body["share"]) == ("shipped", 150, 0.2)
    assert body["days"] == of_advisory["days"]
    assert (earlier["days"][-1]["fixed"], body["days"][-1]["fixed"]) == (20, 30)
    old, router = body["products"]
    assert (old["is_hopeless"], router["fixed_in"], router["shipped"]["as_of"]) == (True, ["1.03"], "2009")
    assert response.headers["ETag"].startswith('"v')


def test_the_watch_is_ended_with_a_reason_by_those_who_saw_the_last_version(published: Story) -> None:
    program = calling(published.member)
    with clock.at(days(2)):
        address = f"/cases/{published.case}/reach"
        etag = program.get(f"/api/v1{address}").headers["ETag"]
        stale = send(program, "post", f"{address}/settle", {"reason": "x"}, **{"if-match": '"v1"'})
        empty = send(program, "post", f"{address}/settle", {"reason": " "})
        done = send(program, "post", f"{address}/settle", {"reason": "Enough."}, **{"if-match": etag})
        again = send(program, "post", f"{address}/settle", {"reason": "Enough."})
        resumed = send(program, "post", f"{address}/resume", {"reason": "A new model."})
    assert (stale.status_code, empty.status_code, again.status_code) == (412, 422, 409)
    assert empty.json()["field"] == "reason"
    assert (done.json()["settled_reason"], done.json()["settled_share"]) == ("Enough.", 0)
    assert resumed.json()["settled_at"] is None


def test_who_was_not_let_in_learns_nothing(published: Story) -> None:
    for subject in (published.house.second, published.house.auditor):
        program = calling(subject)
        for path in (f"/cases/{published.case}/reach", f"/advisories/{published.advisory}/reach"):
            assert program.get(f"/api/v1{path}").status_code == 404
        assert (
            send(program, "post", f"/cases/{published.case}/reach/settle", {"reason": "x"}).status_code == 404
        )
