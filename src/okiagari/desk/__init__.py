"""The desk: organisations, people, teams, roles, and the one place that decides who may see what.

In: who asks (`subjects`), what they want to do (`permits`), on which scope. Out: yes, no, or
"there is nothing here". Every query of every room takes the subject first and reads only rows whose
scope the subject holds a grant of; unknown means closed.
"""
