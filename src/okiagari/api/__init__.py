"""The programs' door: ``/api/v1``, OpenAPI 3.1, problem+json, ETag / If-Match, Idempotency-Key."""
