# SPDX-License-Identifier: Apache-2.0
"""Java in a notebook whose own kernel is Python, where a Java kernel can't be chosen: Google Colab's.

Colab talks to kernels by IPC, which the Java kernel doesn't know. So it runs beside Python, and cells go to it by TCP.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import nbformat
from IPython import get_ipython
from IPython.display import Code, Markdown, display
from jupyter_client.manager import start_new_kernel

NOTEBOOKS = Path(__file__).resolve().parent / "notebooks"


class Java:
    """A Java kernel, and the magic %%java that sends it a cell."""

    def __init__(self):
        # In a thread of its own: the client's event loop and that of this notebook's kernel don't go together.
        self.worker = ThreadPoolExecutor(1)
        start = self.worker.submit(start_new_kernel, kernel_name="convoy", stderr=subprocess.DEVNULL)
        self.manager, self.client = start.result()
        get_ipython().register_magic_function(lambda line, cell: self.run(cell), "cell", "java")

    def run(self, code):
        messages = SimpleQueue()
        reply = self.worker.submit(self.client.execute_interactive, code, output_hook=messages.put)
        reply.add_done_callback(lambda _: messages.put(None))
        for message in iter(messages.get, None):
            show(message)
        if reply.result()["content"]["status"] != "ok":
            raise RuntimeError("the Java cell failed; its message stands above")

    def close(self):
        self.worker.submit(self.client.stop_channels).result()
        self.worker.submit(self.manager.shutdown_kernel, now=True).result()
        self.worker.shutdown()


def exercise(language, name):
    """Runs a whole notebook, in a kernel of its own, and shows it here as it goes."""
    notebook = nbformat.read(NOTEBOOKS / language / (name + ".ipynb"), as_version=4)
    java = Java()
    try:
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                display(Markdown(cell.source))
            else:
                display(Code(cell.source, language="java"))
                java.run(cell.source)
    finally:
        java.close()


def show(message):
    """Shows what the Java kernel sends as if Python had made it."""
    content = message["content"]
    kind = message["msg_type"]
    if kind == "stream":
        print(content["text"], end="")
    elif kind in ("display_data", "execute_result"):
        display(content["data"], raw=True)
    elif kind == "error":
        print("\n".join(content["traceback"]), file=sys.stderr)
