"""Sign in and out, password, second factor. Nobody signs up, nobody manages addresses here."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),  # closed by the adapter; allauth wants the name
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("second-factor/", include("allauth.mfa.urls")),
]
