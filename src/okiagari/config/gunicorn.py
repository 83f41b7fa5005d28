"""gunicorn's settings for the people's door: one process, threads, and the job loops beside them."""

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
_threads: list[threading.Thread] = []


def post_worker_init(worker: Any) -> None:
    """Finish what an earlier end left open, then start the job loops in this process: one for what is due,
    one beside it for what takes long."""
    from okiagari.disclose.site import recover
    from okiagari.plumbing import jobs

    recover()
    for name, is_beside in (("jobs", False), ("jobs beside", True)):
        kind = {"is_beside": is_beside}
        thread = threading.Thread(target=jobs.work, args=(_stop,), kwargs=kind, name=name, daemon=True)
        thread.start()
        _threads.append(thread)


def worker_exit(server: Any, worker: Any) -> None:
    """Let the running jobs end."""
    _stop.set()
    for thread in _threads:
        thread.join(timeout=15)
