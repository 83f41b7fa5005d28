from django.urls import URLPattern

app_name = "reach"
urlpatterns: list[URLPattern] = []
