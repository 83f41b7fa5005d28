from django.urls import URLPattern

app_name = "disclose"
urlpatterns: list[URLPattern] = []
