"""The desk: first page, search, my account, people."""

from django.urls import URLPattern, path

from okiagari.web.desk import account, calendar, live, people, views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.first_page, name="first_page"),
    path("live/<str:kind>/<str:key>/", live.live, name="live"),
    path("me/", account.me, name="me"),
    path("me/language/", account.language, name="my_language"),
    path("me/reminders/", account.remind_me, name="remind_me"),
    path("me/tokens/", account.make_token, name="make_token"),
    path("me/tokens/<str:token_id>/revoke/", account.revoke_token, name="revoke_token"),
    path("me/deputies/", account.name_deputy, name="name_deputy"),
    path("me/deputies/<str:username>/end/", account.end_deputy, name="end_deputy"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/days/", calendar.put, name="calendar_put"),
    path("calendar/days/<str:day>/drop/", calendar.drop, name="calendar_drop"),
    path("people/", people.people, name="people"),
    path("people/new/", people.edit, name="new_person"),
    path("people/teams/new/", people.new_team, name="new_team"),
    path("people/<str:username>/", people.edit, name="person"),
    path("people/<str:username>/retire/", people.retire, name="retire_person"),
]
