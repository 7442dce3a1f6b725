# SPDX-License-Identifier: Apache-2.0
"""Executes notebooks from top to bottom and checks what comes out.

A notebook fails if a cell raises an error, writes to stderr, or is tagged "picture" and shows none. What
`mvn -Pworkshop` built must be there. The executed notebooks lie in target/notebooks afterwards.
"""

import argparse
import base64
import hashlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

WORKSHOP = Path(__file__).resolve().parent
CELL_LIMIT_S = 600


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small settings: less data, fewer epochs; two at a time")
    parser.add_argument("--write", action="store_true", help="keep the outputs, in the notebook and its twins")
    parser.add_argument("notebooks", nargs="*", type=Path, help="all, if none is named")
    options = parser.parse_args()
    notebooks = options.notebooks or sorted(WORKSHOP.glob("notebooks/*/*.ipynb"))
    if options.write and options.quick:
        parser.error("--write keeps the outputs of a full run; leave --quick out")
    if options.write and not shutil.which("rsvg-convert"):
        sys.exit("--write makes PNG of drawings by rsvg-convert: sudo apt-get install librsvg2-bin")
    if options.quick:
        os.environ["WORKSHOP_QUICK"] = "1"
    kernels = WORKSHOP / "target/jupyter"
    if not kernels.is_dir():
        sys.exit("there is no Java kernel yet: run `mvn -Pworkshop` in the root of Convoy first")
    os.environ["JUPYTER_PATH"] = str(kernels) + os.pathsep + os.environ.get("JUPYTER_PATH", "")
    # Threads, not processes: these would give two kernels the same ports now and then.
    with ThreadPoolExecutor(2 if options.quick else 1) as pool:
        done = list(pool.map(execute, notebooks, [options.write] * len(notebooks)))
    failed = len(done) - sum(done)
    sys.exit(f"{failed} of {len(done)} notebooks FAILED" if failed else 0)


def execute(path, write):
    """Executes one notebook, tells how it went, and returns whether it went well."""
    path = path.resolve()
    name = f"{path.parent.name}/{path.name}"
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=CELL_LIMIT_S, record_timing=False, resources={"metadata": {"path": str(path.parent)}})
    result = WORKSHOP / "target/notebooks" / name
    result.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    try:
        with open(result.with_suffix(".log"), "w") as log:
            client.execute(stdout=log, stderr=log)
        wrong = list(complaints(notebook))
    except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as e:
        wrong = [str(e)]
    seconds = time.monotonic() - start
    print(f"{name}: {'FAILED' if wrong else 'passed'} in {seconds:.0f} s", *wrong, sep="\n  ", flush=True)
    nbformat.write(notebook, result)
    if write and not wrong:
        keep(notebook, path)
    return not wrong


def complaints(notebook):
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        for output in cell.outputs:
            if output.get("name") == "stderr":
                yield f"cell {number} writes to stderr: {output.text}"
        if "picture" in cell.metadata.get("tags", []) and not any(map(is_picture, cell.outputs)):
            yield f"cell {number} shows no picture"


def is_picture(output):
    data = output.get("data", {})
    if "image/svg+xml" in data:
        return len(ElementTree.fromstring(data["image/svg+xml"])) > 0
    png = base64.b64decode(data.get("image/png", ""))
    return png.startswith(b"\x89PNG") and png[-8:-4] == b"IEND"


def keep(notebook, path):
    """Writes the outputs into the notebook and its twins, and which code they are of."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    text = "\0".join(cell.source for cell in code)
    outputs = [[with_pixels(output) for output in joined(cell.outputs)] for cell in code]
    for twin in sorted(path.parent.parent.glob("*/" + path.name)):
        target = nbformat.read(twin, as_version=4)
        cells = [cell for cell in target.cells if cell.cell_type == "code"]
        if [cell.source for cell in cells] != [cell.source for cell in code]:
            sys.exit(f"{twin} has other code than {path}")
        for cell, executed, kept in zip(cells, code, outputs):
            cell.execution_count = executed.execution_count
            cell.outputs = kept
        target.metadata["outputs_of"] = hashlib.sha256(text.encode()).hexdigest()
        nbformat.write(target, twin)


def joined(outputs):
    """Joins texts of one stream: the kernel sends one for each line, and no two runs cut them alike."""
    result = []
    for output in outputs:
        before = result[-1] if result else {}
        if output.output_type == "stream" and before.get("name") == output.name:
            before.text += output.text
        else:
            result.append(output)
    return result


def with_pixels(output):
    """Makes a PNG of a drawing: viewers leave out SVG of notebooks that they don't trust."""
    data = output.get("data", {})
    drawing = data.pop("image/svg+xml", None)
    if drawing:
        png = subprocess.run(["rsvg-convert"], input=drawing.encode(), stdout=subprocess.PIPE, check=True).stdout
        data["image/png"] = base64.b64encode(png).decode()
    return output


if __name__ == "__main__":
    main()
