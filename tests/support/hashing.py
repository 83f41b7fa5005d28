"""Passwords of sample people, hashed as in life but with little work: a story signs in a dozen people."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Quick(Argon2PasswordHasher):
    """The same algorithm, for nothing worth protecting."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
