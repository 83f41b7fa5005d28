"""The one router of this room: paths that take several methods are spread over several modules."""

from ninja import Router

router = Router()
