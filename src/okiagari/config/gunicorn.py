"""gunicorn's settings for the people's door: one process, threads, and the job loop beside them."""

import os
import threading
from typing import Any

from okiagari.config import environment

_environment = environment.read(os.environ)

bind = f"{_environment.bind}:{_environment.port}"
workers = 1
worker_class = "gthread"
threads = _environment.threads
timeout = 120
graceful_timeout = 20
keepalive = 5
control_socket = str(_environment.data / "gunicorn.ctl")
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - heartbeat file only
accesslog = None
errorlog = "-"
loglevel = "warning"
limit_request_line = 4094
limit_request_field_size = 8190
_stop = threading.Event()
_thread: threading.Thread | None = None


def post_worker_init(worker: Any) -> None:
    """Finish what an earlier end left open, then start the job loop in this process."""
    from okiagari.disclose.site import recover
    from okiagari.plumbing import jobs

    global _thread  # noqa: PLW0603 - gunicorn's settings are a module
    recover()
    _thread = threading.Thread(target=jobs.work, args=(_stop,), name="jobs", daemon=True)
    _thread.start()


def worker_exit(server: Any, worker: Any) -> None:
    """Let the running job end."""
    _stop.set()
    if _thread is not None:
        _thread.join(timeout=15)
