"""Ways around the walls are closed by ruff; this shows that ruff really closes them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.machine import ROOT


def told(text: str, code: str) -> str:
    """What ruff says of a file with this text, had it stood in a room."""
    program = str(Path(sys.executable).with_name("ruff"))
    command = [
        program,
        "check",
        "--no-cache",
        "--select",
        code,
        "--stdin-filename",
        "src/okiagari/desk/made_up.py",
        "-",
    ]
    done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize(
    "text",
    [
        "from django.apps import apps\napps.get_model('desk.Person')\n",
        "from django.shortcuts import get_object_or_404\n",
        "from django.contrib.auth import get_user_model\n",
        "from django.forms import ModelForm\n",
        "from django import forms\nclass F(forms.ModelForm): ...\n",
        "from django.contrib import admin\n",
        "from ninja import ModelSchema\n",
        "from django.utils import timezone\ntimezone.now()\n",
        "import time\ntime.time()\n",
    ],
)
def test_ways_around_the_walls_are_closed(text: str) -> None:
    assert "TID251" in told(text, "TID251")


def test_an_ordinary_import_is_open() -> None:
    assert not told("from django.db import models\n", "TID251")
