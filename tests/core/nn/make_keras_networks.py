#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes small Keras networks as ONNX, with samples and logits, as make_networks.py does for PyTorch.

    python3 -m venv V && V/bin/pip install tensorflow-cpu==2.15.1 tf2onnx 'numpy<2' onnx==1.16.2 'protobuf<5'
    V/bin/python tests/core/nn/make_keras_networks.py FOLDER

Keras takes images as height, width, channels; the exporter puts transpositions around the layers, turns normalisation into products and
sums where it can, and ends with the soft-max of the last layer: the logits are those before it.
"""
import json
import os
import pathlib
import struct
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import numpy as np
import tensorflow as tf
import tf2onnx
from tensorflow import keras

L = keras.layers


def image():
    return keras.Sequential([
        L.Input((12, 10, 3)),
        L.Rescaling(0.5, offset=-0.25),
        L.Conv2D(4, 3, padding="same", strides=2, activation="relu"),
        L.BatchNormalization(),
        L.MaxPool2D(2, padding="same"),
        L.Conv2D(5, 2, activation="tanh"),
        L.Flatten(),
        L.Dropout(0.3),
        L.Dense(6, activation="relu"),
        L.Dense(4),
        L.Softmax(),
    ])


def depthwise():
    return keras.Sequential([
        L.Input((9, 8, 2)),
        L.DepthwiseConv2D(3, padding="same"),
        L.ReLU(6.0),
        L.Conv2D(4, 1, use_bias=False),
        L.BatchNormalization(),
        L.AveragePooling2D(2, padding="same"),
        L.GlobalAveragePooling2D(),
        L.Dense(4),
    ])


def sequence():
    return keras.Sequential([
        L.Input((20, 3)),
        L.Conv1D(4, 3, activation="relu"),
        L.MaxPool1D(2),
        L.BatchNormalization(),
        L.LeakyReLU(0.2),
        L.Conv1D(4, 3, padding="causal", dilation_rate=2),
        L.GlobalAveragePooling1D(),
        L.Dense(4),
        L.Softmax(),
    ])


def dense():
    return keras.Sequential([
        L.Input((7, 6)),
        L.Flatten(),
        L.Dense(8, use_bias=False),
        L.BatchNormalization(),
        L.Activation("sigmoid"),
        L.Dense(4),
    ])


def branches():
    start = L.Input((8, 8, 2))
    a = L.Conv2D(3, 1, activation="relu")(start)
    b = L.BatchNormalization()(L.Conv2D(3, 3, padding="same")(start))
    both = L.Concatenate()([a, b])
    total = L.Add()([both, L.Conv2D(6, 3, padding="same")(both)])
    end = L.Conv2D(3, 3, strides=2)(L.ZeroPadding2D(1)(L.ReLU()(total)))
    return keras.Model(start, L.Dense(3)(L.GlobalMaxPool2D()(end)))


def spectrogram():
    return keras.Sequential([
        L.Input((13, 10)),
        L.Reshape((13, 10, 1)),
        L.Conv2D(3, 3, activation="relu"),
        L.Flatten(),
        L.Dense(3),
        L.Softmax(),
    ])


def writeSafetensors(path, tensors):
    header, data = {}, b""
    for name, values in tensors.items():
        content = np.ascontiguousarray(values, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main(folder):
    for make in (image, depthwise, sequence, dense, branches, spectrogram):
        name = "keras-" + make.__name__
        keras.utils.set_random_seed(len(name))
        network = make()
        shape = network.input_shape[1:]
        inputs = np.random.randn(128, *shape).astype("f")
        labels = np.random.randint(0, network.output_shape[1], 128)
        isLogits = not isinstance(network.layers[-1], L.Softmax)
        network.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=isLogits))
        network.optimizer.learning_rate = 0.05
        network.fit(inputs, labels, batch_size=32, epochs=8, verbose=0)
        samples = inputs[:3]
        before = network if isLogits else keras.Model(network.input, network.layers[-2].output)
        writeSafetensors(folder / f"{name}.check.safetensors", {"inputs": samples, "logits": before(samples).numpy()})
        tf2onnx.convert.from_keras(
            network, [tf.TensorSpec([None, *shape], tf.float32, name="samples")], output_path=str(folder / f"{name}.onnx"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
