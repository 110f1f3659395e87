"""The desk as a WSGI application, as `python -m desk serve` serves it."""

import gc

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver


def the_application():
    """The application with every page's code loaded.

    What is there now stays, so the garbage collector is spared it: it would else go through
    all of it every twenty pages or so, and hold one of them up for as long again.
    """
    application = get_wsgi_application()
    _ = get_resolver().url_patterns  # loads the views
    gc.collect()
    gc.freeze()
    return application
