"""What people read of the flow: counts for the frame. (Grows with the stage.)"""

from okiagari.desk.subjects import Subject


def counts(subject: Subject) -> dict[str, int]:
    return {}
