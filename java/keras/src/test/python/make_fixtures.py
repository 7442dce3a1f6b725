# SPDX-License-Identifier: Apache-2.0
"""Writes the files of src/test/resources/io/convoy/keras, with h5py and NumPy alone.

They are laid out as Keras 2.15 and Keras 3 write them, after Keras' own sources (saving_lib.py, legacy_h5_format.py); Keras itself
was not at hand. What the networks compute is worked out here in plain NumPy, in double, and stored beside. Run once, by hand:

    python3 make_fixtures.py <folder>
"""

import io
import json
import os
import sys
import zipfile

import h5py
import numpy as np

RANDOM = np.random.default_rng(7)


# ---------------------------------------------------------------- what layers compute, images [N,H,W,C]


def same(x, k, stride, fill=0.0):
    """Pads as TensorFlow's SAME does: what is odd goes below and to the right."""
    pads = []
    for n in x.shape[1:3]:
        total = max((-(-n // stride) - 1) * stride + k - n, 0)
        pads.append((total // 2, total - total // 2))
    return np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=fill)


def windows(x, k, stride):
    """Returns [N,P,Q,k,k,C]."""
    view = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(1, 2))[:, ::stride, ::stride]
    return np.moveaxis(view, 3, -1)


def conv(x, kernel, stride=1, pad=False):
    k = kernel.shape[0]
    return np.einsum("npqijc,ijcf->npqf", windows(same(x, k, stride) if pad else x, k, stride), kernel)


def depthwise(x, kernel):
    k = kernel.shape[0]
    y = np.einsum("npqijc,ijcm->npqcm", windows(same(x, k, 1), k, 1), kernel)
    return y.reshape(*y.shape[:3], -1)


def max_pool(x, k):
    return windows(x, k, k).max(axis=(3, 4))


def average_pool_same(x, k):
    total = windows(same(x, k, 1), k, 1).sum(axis=(3, 4))
    return total / windows(same(np.ones_like(x), k, 1), k, 1).sum(axis=(3, 4))


def normalise(x, gamma, beta, moving_mean, moving_variance, epsilon):
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def relu(x):
    return np.maximum(x, 0)


# ---------------------------------------------------------------- weights, in the order of Keras' layers


def draw(*shape):
    return (RANDOM.normal(size=shape) * 0.5).astype(np.float32)


def positive(*shape):
    return (0.5 + RANDOM.random(size=shape)).astype(np.float32)


FUNCTIONAL = {
    "conv_a": {"kernel": draw(3, 3, 2, 4)},
    "bn_a": {"gamma": draw(4), "beta": draw(4), "moving_mean": draw(4), "moving_variance": positive(4)},
    "dw": {"kernel": draw(3, 3, 4, 2), "bias": draw(8)},
    "conv_m": {"kernel": draw(1, 1, 8, 8), "bias": draw(8)},
    "bn_b": {"beta": draw(8), "moving_mean": draw(8), "moving_variance": positive(8)},
    "shortcut": {"kernel": draw(1, 1, 4, 8), "bias": draw(8)},
    "conv_c": {"kernel": draw(3, 3, 8, 4), "bias": draw(4)},
    "logits": {"kernel": draw(36, 3), "bias": draw(3)},
}

SEQUENTIAL = {
    "conv2d": {"kernel": draw(3, 3, 1, 3), "bias": draw(3)},
    "conv2d_1": {"kernel": draw(2, 2, 3, 4), "bias": draw(4)},
    "dense": {"kernel": draw(16, 5), "bias": draw(5)},
    "dense_1": {"kernel": draw(5, 3), "bias": draw(3)},
}


def run_functional(x):
    w = {layer: {k: v.astype(np.float64) for k, v in own.items()} for layer, own in FUNCTIONAL.items()}
    a = relu(normalise(conv(x, w["conv_a"]["kernel"], pad=True), **w["bn_a"], epsilon=1e-3))
    m = depthwise(a, w["dw"]["kernel"]) + w["dw"]["bias"]
    m = conv(m, w["conv_m"]["kernel"]) + w["conv_m"]["bias"]
    m = relu(normalise(m, 1.0, **w["bn_b"], epsilon=1e-2))
    y = conv(a, w["shortcut"]["kernel"]) + w["shortcut"]["bias"] + m
    y = np.pad(max_pool(y, 2), [(0, 0), (1, 0), (0, 1), (0, 0)])
    y = np.tanh(conv(y, w["conv_c"]["kernel"], stride=2, pad=True) + w["conv_c"]["bias"])
    y = average_pool_same(y, 2).reshape(len(x), -1)
    return softmax(y @ w["logits"]["kernel"] + w["logits"]["bias"])


def run_sequential(x):
    w = {layer: {k: v.astype(np.float64) for k, v in own.items()} for layer, own in SEQUENTIAL.items()}
    y = max_pool(relu(conv(x, w["conv2d"]["kernel"]) + w["conv2d"]["bias"]), 2)
    y = relu(conv(y, w["conv2d_1"]["kernel"]) + w["conv2d_1"]["bias"]).reshape(len(x), -1)
    y = relu(y @ w["dense"]["kernel"] + w["dense"]["bias"])
    return softmax(y @ w["dense_1"]["kernel"] + w["dense_1"]["bias"])


# ---------------------------------------------------------------- architectures

INITIALIZERS = {"Zeros": {}, "Ones": {}, "GlorotUniform": {"seed": None}}


def initializer(class_name, keras):
    json_form = {"class_name": class_name, "config": INITIALIZERS[class_name]}
    if keras == 3:
        json_form = {"module": "keras.initializers", **json_form, "registered_name": None}
    return json_form


def dtype(keras):
    if keras == 2:
        return "float32"
    return {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}


def convolution(keras, kernel, **settings):
    config = {
        "kernel_size": [kernel, kernel],
        "strides": [1, 1],
        "padding": "valid",
        "data_format": "channels_last",
        "dilation_rate": [1, 1],
        "groups": 1,
        "activation": "linear",
        "use_bias": True,
        "bias_initializer": initializer("Zeros", keras),
        "bias_regularizer": None,
        "activity_regularizer": None,
        "bias_constraint": None,
    }
    own = "depthwise" if "depth_multiplier" in settings else "kernel"
    config[own + "_initializer"] = initializer("GlorotUniform", keras)
    config[own + "_regularizer"] = None
    config[own + "_constraint"] = None
    return {**config, **settings}


def dense(keras, units, activation):
    return {
        "units": units,
        "activation": activation,
        "use_bias": True,
        "kernel_initializer": initializer("GlorotUniform", keras),
        "bias_initializer": initializer("Zeros", keras),
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
    }


def normalisation(keras, **settings):
    config = {"axis": [3] if keras == 2 else -1, "momentum": 0.99, "epsilon": 0.001, "center": True, "scale": True}
    for part, value in {"beta": "Zeros", "gamma": "Ones", "moving_mean": "Zeros", "moving_variance": "Ones"}.items():
        config[part + "_initializer"] = initializer(value, keras)
    for part in ["beta", "gamma"]:
        config[part + "_regularizer"] = None
        config[part + "_constraint"] = None
    return {**config, **settings}


def pooling(**settings):
    return {"data_format": "channels_last", **settings}


def functional_layers(keras):
    """Name, class, settings and inputs, in the order of Keras' Functional: by depth."""
    return [
        ("conv_a", "Conv2D", convolution(keras, 3, filters=4, padding="same", use_bias=False), ["image"]),
        ("bn_a", "BatchNormalization", normalisation(keras), ["conv_a"]),
        ("relu_a", "ReLU", {"max_value": None, "negative_slope": 0.0, "threshold": 0.0}, ["bn_a"]),
        ("dw", "DepthwiseConv2D", convolution(keras, 3, depth_multiplier=2, padding="same"), ["relu_a"]),
        ("conv_m", "Conv2D", convolution(keras, 1, filters=8), ["dw"]),
        ("bn_b", "BatchNormalization", normalisation(keras, scale=False, momentum=0.9, epsilon=0.01), ["conv_m"]),
        ("shortcut", "Conv2D", convolution(keras, 1, filters=8), ["relu_a"]),
        ("act_b", "Activation", {"activation": "relu"}, ["bn_b"]),
        ("sum", "Add", {}, ["shortcut", "act_b"]),
        ("pool", "MaxPooling2D", pooling(pool_size=[2, 2], strides=[2, 2], padding="valid"), ["sum"]),
        ("pad", "ZeroPadding2D", pooling(padding=[[1, 0], [0, 1]]), ["pool"]),
        ("conv_c", "Conv2D", convolution(keras, 3, filters=4, strides=[2, 2], padding="same", activation="tanh"), ["pad"]),
        ("mean", "AveragePooling2D", pooling(pool_size=[2, 2], strides=[1, 1], padding="same"), ["conv_c"]),
        ("flat", "Flatten", {"data_format": "channels_last"}, ["mean"]),
        ("drop", "Dropout", {"rate": 0.25, "seed": None, "noise_shape": None}, ["flat"]),
        ("logits", "Dense", dense(keras, 3, "softmax"), ["drop"]),
    ]


def sequential_layers(keras):
    return [
        ("conv2d", "Conv2D", convolution(keras, 3, filters=3, activation="relu")),
        ("max_pooling2d", "MaxPooling2D", pooling(pool_size=[2, 2], strides=[2, 2], padding="valid")),
        ("conv2d_1", "Conv2D", convolution(keras, 2, filters=4, activation="relu")),
        ("dropout", "Dropout", {"rate": 0.5, "seed": None, "noise_shape": None}),
        ("flatten", "Flatten", {"data_format": "channels_last"}),
        ("dense", "Dense", dense(keras, 5, "relu")),
        ("dense_1", "Dense", dense(keras, 3, "softmax")),
    ]


def layer(keras, name, class_name, settings):
    config = {"name": name, "trainable": True, "dtype": dtype(keras), **settings}
    if keras == 2:
        return {"class_name": class_name, "config": config}
    return {
        "module": "keras.layers",
        "class_name": class_name,
        "config": config,
        "registered_name": None,
        "build_config": {"input_shape": [None, 1]},
    }


def input_layer(keras, name, shape):
    if keras == 2:
        config = {"batch_input_shape": shape, "dtype": "float32", "sparse": False, "ragged": False, "name": name}
        return {"class_name": "InputLayer", "config": config}
    config = {"batch_shape": shape, "dtype": "float32", "sparse": False, "ragged": False, "name": name}
    return {"module": "keras.layers", "class_name": "InputLayer", "config": config, "registered_name": None}


def keras_tensor(name):
    config = {"shape": [None, 1], "dtype": "float32", "keras_history": [name, 0, 0]}
    return {"class_name": "__keras_tensor__", "config": config}


def functional(keras, legacy=False):
    """`legacy`: what Keras 3 writes into .h5 files; layers as in Keras 2, nodes as in Keras 3."""
    layers = [{**input_layer(2 if legacy else keras, "image", [None, 8, 8, 2]), "name": "image", "inbound_nodes": []}]
    if legacy:
        layers[0]["config"]["batch_shape"] = layers[0]["config"].pop("batch_input_shape")
    for name, class_name, settings, inputs in functional_layers(keras):
        if keras == 2:
            nodes = [[[i, 0, 0, {}] for i in inputs]]
        else:
            tensors = [keras_tensor(i) for i in inputs]
            nodes = [{"args": [tensors] if len(tensors) > 1 else tensors, "kwargs": {}}]
        form = layer(keras, name, class_name, settings)
        if legacy:
            form = {"class_name": class_name, "config": form["config"]}
        layers.append({**form, "name": name, "inbound_nodes": nodes})
    ends = [["image", 0, 0]], [["logits", 0, 0]]
    if keras == 3:
        ends = ends[0][0], ends[1][0]
    config = {"name": "small", "trainable": True, "layers": layers, "input_layers": ends[0], "output_layers": ends[1]}
    if keras == 2 or legacy:
        return {"class_name": "Functional", "config": config}
    return {
        "module": "keras.src.models.functional",
        "class_name": "Functional",
        "config": config,
        "registered_name": "Functional",
        "build_config": {"input_shape": None},
        "compile_config": None,
    }


def sequential(keras):
    shape = [None, 8, 8, 1]
    layers = [input_layer(keras, "input_layer", shape)]
    layers += [layer(keras, *each) for each in sequential_layers(keras)]
    if keras == 2:
        del layers[0]
        layers[0]["config"]["batch_input_shape"] = shape
        return {"class_name": "Sequential", "config": {"name": "row", "layers": layers}}
    config = {"name": "row", "trainable": True, "dtype": dtype(keras), "layers": layers, "build_input_shape": shape}
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": config,
        "registered_name": None,
        "build_config": {"input_shape": shape},
    }


# ---------------------------------------------------------------- files


def snake_case(name):
    return {
        "Conv2D": "conv2d",
        "DepthwiseConv2D": "depthwise_conv2d",
        "BatchNormalization": "batch_normalization",
        "Dense": "dense",
        "InputLayer": "input_layer",
        "MaxPooling2D": "max_pooling2d",
        "AveragePooling2D": "average_pooling2d",
        "ZeroPadding2D": "zero_padding2d",
        "ReLU": "re_lu",
    }.get(name, name.lower())


def write_weights(file, layers, weights, root="layers"):
    """Keras 3: layers/<class>_<n>/vars/<i>; a layer without weights has an empty group."""
    used = {}
    for name, class_name in layers:
        base = snake_case(class_name)
        used[base] = used.get(base, -1) + 1
        path = base if used[base] == 0 else f"{base}_{used[base]}"
        group = file.create_group(root + "/" + path).create_group("vars")
        group.attrs["name"] = name
        for i, value in enumerate(weights.get(name, {}).values()):
            group[str(i)] = value


def write_legacy_weights(group, names, weights, keras):
    group.attrs["layer_names"] = [n.encode() for n in names]
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.15.0" if keras == 2 else b"3.8.0"
    for name in sorted(names):
        own = group.create_group(name)
        values = {}
        for weight, value in weights.get(name, {}).items():
            legacy = "depthwise_kernel" if keras == 2 and name == "dw" and weight == "kernel" else weight
            values[f"{name}/{legacy}" + (":0" if keras == 2 else "")] = value
        own.attrs["weight_names"] = [n.encode() for n in values]
        for path, value in values.items():
            own.create_dataset(path, value.shape, dtype=value.dtype)[:] = value
    top = group.create_group("top_level_model_weights")
    top.attrs["weight_names"] = []


def write_keras(path, config, layers, weights):
    memory = io.BytesIO()
    with h5py.File(memory, "w") as file:
        write_weights(file, layers, weights)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.8.0", "date_saved": "2025-01-01@00:00:00"}))
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", memory.getvalue())


def write_h5(path, config, names, weights, keras):
    with h5py.File(path, "w") as file:
        file.attrs["backend"] = "tensorflow"
        file.attrs["keras_version"] = "2.15.0" if keras == 2 else "3.8.0"
        file.attrs["model_config"] = json.dumps(config).encode()
        write_legacy_weights(file.create_group("model_weights"), names, weights, keras)


def main(folder):
    def at(name):
        return os.path.join(folder, name)

    layers = [("image", "InputLayer")] + [each[:2] for each in functional_layers(3)]
    names = [name for name, _ in layers]
    write_keras(at("functional.keras"), functional(3), layers, FUNCTIONAL)
    with h5py.File(at("functional.weights.h5"), "w") as file:
        write_weights(file, layers, FUNCTIONAL)
    write_h5(at("functional.keras2.h5"), functional(2), names, FUNCTIONAL, 2)
    write_h5(at("functional.keras3.h5"), functional(3, legacy=True), names, FUNCTIONAL, 3)
    with h5py.File(at("functional.weights-only.h5"), "w") as file:
        write_legacy_weights(file, names, FUNCTIONAL, 2)

    layers = [each[:2] for each in sequential_layers(3)]
    write_keras(at("sequential.keras"), sequential(3), layers, SEQUENTIAL)
    write_h5(at("sequential.keras2.h5"), sequential(2), [name for name, _ in layers], SEQUENTIAL, 2)

    with h5py.File(at("sequential.tensorflow.weights.h5"), "w") as file:
        write_weights(file, layers, SEQUENTIAL, root="_layer_checkpoint_dependencies")
    with h5py.File(at("link.weights.h5"), "w") as file:
        file.create_group("layers")["conv2d"] = h5py.ExternalLink("functional.weights.h5", "/layers/conv2d")

    for name, shape, run in [("functional", (4, 8, 8, 2), run_functional), ("sequential", (4, 8, 8, 1), run_sequential)]:
        x = RANDOM.random(size=shape).astype(np.float32)
        np.save(at(name + ".x.npy"), x)
        np.save(at(name + ".y.npy"), run(x.astype(np.float64)).astype(np.float32))


main(sys.argv[1])
