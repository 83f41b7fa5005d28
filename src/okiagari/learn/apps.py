from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "okiagari.learn"
    label = "learn"
