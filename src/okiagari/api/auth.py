"""Who asks: a token in the Authorization header, or the session of a signed-in person (with CSRF)."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from ninja.security.base import AuthBase

from okiagari.desk import people
from okiagari.desk.models import Person
from okiagari.desk.permits import SIGN_IN
from okiagari.desk.subjects import PUBLIC, Door, Subject


class TokenOrSession(AuthBase):
    """Puts ``request.subject`` in place. Raises SIGN_IN or TOKEN_REFUSED."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, *, public: bool = False) -> None:
        self.public = public
        super().__init__()

    def __call__(self, request: HttpRequest) -> Any:
        request.subject = self._subject(request)  # type: ignore[attr-defined]
        return request.subject  # type: ignore[attr-defined]

    def _subject(self, request: HttpRequest) -> Subject:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and secret:
            return people.bearer(secret.strip())
        user = request.user
        if isinstance(user, Person) and user.is_active:
            refused = CsrfViewMiddleware(lambda _: None).process_view(request, None, (), {})  # type: ignore[arg-type]
            if refused is None:
                return people.subject_of(user, Door.API)
        if self.public:
            return PUBLIC.through(Door.API)
        raise SIGN_IN()


bearer = TokenOrSession()
anybody = TokenOrSession(public=True)
