# SPDX-License-Identifier: Apache-2.0
"""Reads with h5py what Convoy wrote, and holds it against the files of src/test/resources. Run by hand, not by the build:

    convoy import functional.keras f.safetensors
    convoy export f.safetensors f.keras                 and the same to f.h5, f.weights.h5
    python3 check_exports.py <folder with those three> <folder of functional.weights.h5>

What libhdf5 can read says nothing on whether Keras builds the same network; groups and numbers are where its sources look for them.
"""

import io
import json
import os
import sys
import zipfile

import h5py
import numpy as np


def keras3(file):
    """Returns [weights] by path, as Keras' H5IOStore walks."""
    layers = file["layers"]
    return {p: [np.array(layers[p]["vars"][str(i)]) for i in range(len(layers[p]["vars"]))] for p in layers}


def legacy(file):
    """Returns (name, [weights]) in order, as Keras' load_weights_from_hdf5_group walks."""
    group = file["model_weights"]
    names = [n.decode() if hasattr(n, "decode") else n for n in group.attrs["layer_names"]]
    return [(n, [np.asarray(group[n][w]) for w in group[n].attrs["weight_names"]]) for n in names]


def without_constants(path, weights):
    """Leaves out the gamma that the file did not hold: scale=False."""
    return weights[1:] if path == "batch_normalization_1" else weights


def main(written, expected):
    with h5py.File(os.path.join(expected, "functional.weights.h5")) as file:
        wanted = {path: own for path, own in keras3(file).items() if own}
    with zipfile.ZipFile(os.path.join(written, "f.keras")) as archive:
        assert archive.testzip() is None
        config = json.loads(archive.read("config.json"))
        assert config["class_name"] == "Functional", config["class_name"]
        in_archive = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
    for file in [in_archive, h5py.File(os.path.join(written, "f.weights.h5"))]:
        found = keras3(file)
        assert found.keys() == wanted.keys(), found.keys()
        for path, own in wanted.items():
            for a, b in zip(own, without_constants(path, found[path]), strict=True):
                np.testing.assert_array_equal(a, b)
                assert b.dtype == np.float32
    with h5py.File(os.path.join(written, "f.h5")) as file:
        assert json.loads(file.attrs["model_config"])["class_name"] == "Functional"
        order = ["conv_a", "bn_a", "dw", "conv_m", "bn_b", "shortcut", "conv_c", "logits"]
        assert [name for name, _ in legacy(file)] == order
        numbers = [w for name, own in legacy(file) for w in (own[1:] if name == "bn_b" else own)]
    with h5py.File(os.path.join(expected, "functional.keras2.h5")) as file:
        for a, b in zip([w for _, own in legacy(file) for w in own], numbers, strict=True):
            np.testing.assert_array_equal(a, b)
    print("as expected:", ", ".join(wanted))


main(*sys.argv[1:])
