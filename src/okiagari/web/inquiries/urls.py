from django.urls import path

from okiagari.web.inquiries import templates_, views

app_name = "inquiries"
urlpatterns = [
    path("inquiries/", views.page, name="page"),
    path("inquiries/take/", views.take, name="take"),
    path("inquiries/<str:number>/", views.settle, name="settle"),
    path("letters/", templates_.listing, name="letters"),
    path("letters/<slug:key>/", templates_.edit, name="letter"),
]
