from django.urls import URLPattern

app_name = "remedy"
urlpatterns: list[URLPattern] = []
