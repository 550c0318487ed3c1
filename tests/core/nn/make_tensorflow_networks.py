#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes small networks as TensorFlow 1 checkpoints (NAME.index, .data-0000i-of-0000n, .meta), with samples and logits.

    python3 -m venv V && V/bin/pip install tensorflow-cpu==2.15.1 'numpy<2'
    V/bin/python tests/core/nn/make_tensorflow_networks.py FOLDER

NAME.check.safetensors holds the samples and what TensorFlow computes for them, as make_networks.py does for PyTorch. Each network trains
for a few steps, so that its checkpoint has the slots of an optimiser. The graph of `tf-reference` has its training nodes too; that of the
others was written before they were made, which keeps the files small.
"""
import json
import os
import pathlib
import struct
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import numpy as np
import tensorflow.compat.v1 as tf
from tensorflow import keras

tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)


class Made:
    """What a network's function gives."""

    def __init__(self, samples, logits, training=None, evaluation=None, optimizer=None, shape=None, isSharded=False):
        self.samples, self.logits = samples, logits
        self.training, self.evaluation = training or {}, evaluation or {}  # what else is fed
        self.optimizer = optimizer or tf.train.AdamOptimizer(0.01)
        self.shape = shape or [int(size) for size in samples.shape[1:]]  # of a sample, where the graph leaves it open
        self.isSharded = isSharded


def variable(name, *shape):
    return tf.Variable(tf.truncated_normal(shape, stddev=0.4, seed=sum(shape)), name=name)


def convolution(x, name, kernel, outputs, stride=1, padding="VALID"):
    weight = variable(f"weight_{name}", *kernel, int(x.shape[-1]), outputs)
    return tf.nn.conv2d(x, weight, strides=[1, stride, stride, 1], padding=padding) + variable(f"bias_{name}", outputs)


def dense(x, name, outputs):
    return tf.matmul(x, variable(f"weight_{name}", int(x.shape[-1]), outputs)) + variable(f"bias_{name}", outputs)


def maxPool(x, size=2, padding="VALID"):
    return tf.nn.max_pool(x, ksize=[1, size, size, 1], strides=[1, size, size, 1], padding=padding)


def flat(x):
    return tf.reshape(x, [-1, int(np.prod(x.shape[1:]))])


def reference():
    """As the one-level reference builds its networks: variables of their own, a leak, dropout with a fed rate, and the nodes that give
    Fisher information; a sigmoid in the hidden dense layer."""
    keep = tf.placeholder(tf.float32, name="keep_prob")
    x = tf.placeholder(tf.float32, [None, 13, 11, 2], name="neurons")
    h = maxPool(tf.nn.leaky_relu(convolution(x, 0, (5, 3), 4)))
    h = flat(tf.nn.leaky_relu(convolution(h, 1, (2, 2), 5)))
    h = tf.nn.sigmoid(dense(tf.nn.dropout(h, keep_prob=keep), 2, 7))
    logits = dense(tf.nn.dropout(h, keep_prob=keep), 3, 4)
    probability = tf.nn.softmax(logits)
    drawn = tf.to_int32(tf.multinomial(tf.log(probability), 1)[0][0])
    tf.gradients(tf.log(probability[0, drawn]), tf.trainable_variables())
    return Made(x, logits, {keep: 0.5}, {keep: 1.0})


def written():
    """Flat samples, a leak as a maximum, means with SAME, a shape that the graph computes."""
    x = tf.placeholder(tf.float32, [None, 90])
    h = convolution(tf.reshape(x, [-1, 10, 9, 1]), "a", (3, 4), 3, stride=2, padding="SAME")
    h = tf.nn.avg_pool(tf.maximum(h, 0.1 * h), ksize=[1, 3, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
    size = tf.shape(h)
    h = tf.reshape(h, tf.stack([size[0], size[1] * size[2] * size[3]]))
    h.set_shape([None, 27])
    return Made(x, dense(tf.nn.tanh(dense(h, "b", 6)), "c", 3), optimizer=tf.train.MomentumOptimizer(0.01, 0.9))


def layers():
    """tf.layers, with a flag for training."""
    training = tf.placeholder_with_default(False, shape=(), name="is_training")
    x = tf.placeholder(tf.float32, [None, 12, 12, 3])
    h = tf.layers.conv2d(x, 4, 3, padding="same", activation=tf.nn.relu6)
    h = tf.layers.max_pooling2d(h, 3, 2, padding="same")
    h = tf.layers.batch_normalization(tf.layers.conv2d(h, 6, (1, 3), strides=(2, 1), use_bias=False), training=training)
    h = tf.layers.flatten(tf.layers.average_pooling2d(tf.nn.relu(h), 2, 2))
    h = tf.layers.dropout(h, 0.4, training=training)
    h = tf.layers.dense(h, 8, use_bias=False, activation=tf.nn.sigmoid)
    return Made(x, tf.layers.dense(h, 5), {training: True}, {training: False}, tf.train.RMSPropOptimizer(0.001))


def matrices():
    """No convolution and no bias, one matrix transposed; two files of data, one for each device."""
    x = tf.placeholder(tf.float32, [None, 20])
    h = tf.nn.sigmoid(tf.matmul(x, variable("w1", 20, 9)))
    with tf.device("/cpu:1"):
        h = tf.nn.sigmoid(tf.matmul(h, variable("w2", 7, 9), transpose_b=True))
    return Made(x, tf.matmul(h, variable("w3", 7, 4)), optimizer=tf.train.GradientDescentOptimizer(0.05), isSharded=True)


def shapeless():
    """How large a sample is stands in a reshape alone."""
    x = tf.placeholder(tf.float32, name="anything")
    h = maxPool(tf.nn.relu(convolution(tf.reshape(x, [-1, 8, 8, 3]), 0, (3, 3), 4)))
    h = tf.reshape(h, [tf.shape(h)[0], -1])
    h.set_shape([None, 36])
    return Made(x, dense(h, 1, 4), shape=[8, 8, 3])


def turned():
    """Samples with the channels first, which the graph turns; features in that order too."""
    x = tf.placeholder(tf.float32, [None, 3, 8, 7])
    h = tf.nn.relu(convolution(tf.transpose(x, [0, 2, 3, 1]), 0, (3, 3), 4, padding="SAME"))
    h = tf.transpose(maxPool(h), [0, 3, 1, 2])
    return Made(x, dense(tf.reshape(h, [-1, 4 * 4 * 3]), 1, 4))


def branches():
    x = tf.placeholder(tf.float32, [None, 8, 8, 3])
    h = tf.nn.relu(convolution(x, 0, (3, 3), 4, padding="SAME"))
    h = tf.nn.relu(h + convolution(h, 1, (3, 3), 4, padding="SAME"))
    h = tf.concat([h, tf.nn.tanh(convolution(h, 2, (1, 1), 2))], axis=-1)
    return Made(x, dense(tf.reduce_mean(h, axis=[1, 2]), 3, 4))


def resources():
    """Layers of Keras in a graph of TensorFlow 1: variables that are resources."""
    x = tf.placeholder(tf.float32, [None, 10, 10, 2])
    h = keras.layers.MaxPooling2D()(keras.layers.Conv2D(3, 3, activation="relu", padding="same")(x))
    h = keras.layers.Flatten()(keras.layers.Conv2D(3, 2, activation=tf.nn.leaky_relu)(h))
    return Made(x, keras.layers.Dense(4)(keras.layers.Dense(7, activation="sigmoid")(h)))


def windows():
    """Dilation, depth-wise kernels, padding of its own, a leak in two halves."""
    x = tf.placeholder(tf.float32, [None, 12, 12, 2])
    h = tf.nn.conv2d(x, variable("w", 3, 3, 2, 3), strides=1, padding="SAME", dilations=[1, 2, 2, 1])
    h = tf.nn.relu(tf.nn.bias_add(h, variable("b", 3)))
    h = tf.nn.depthwise_conv2d(h, variable("d", 3, 3, 3, 2), [1, 2, 2, 1], "SAME")
    h = tf.pad(tf.nn.relu(h) - 0.3 * tf.nn.relu(-h), [[0, 0], [1, 1], [1, 0], [0, 0]])
    return Made(x, dense(flat(tf.nn.relu(convolution(h, 2, (3, 3), 4, stride=2))), 3, 4))


def normed():
    """Batch normalisation of features, which TensorFlow writes as products and sums, with a flag and by hand; a transposed variable."""
    training = tf.placeholder(tf.bool, name="is_training")
    x = tf.placeholder(tf.float32, [None, 11])
    h = tf.nn.relu(tf.layers.batch_normalization(tf.matmul(x, variable("w1", 11, 8)), training=training))
    h = tf.matmul(h, tf.transpose(variable("w2", 6, 8)))
    mean = tf.Variable(np.linspace(-1, 1, 6).astype("f"), trainable=False)
    spread = tf.Variable(np.linspace(0.5, 2, 6).astype("f"), trainable=False)
    h = tf.nn.batch_normalization(h, mean, spread, variable("beta", 6), None, 0.01)
    return Made(x, dense(tf.nn.tanh(h), "out", 3), {training: True}, {training: False})


def constants():
    """Scaling in the graph, dilation through the batch, a gain and a shift a channel, classes that a convolution gives."""
    x = tf.placeholder(tf.float32, [None, 90])
    h = tf.reshape((x - 0.5) / 0.25, [-1, 10, 9, 1])
    h = tf.nn.relu(tf.nn.atrous_conv2d(h, variable("w1", 3, 3, 1, 4), 2, "SAME"))
    h = (h - variable("centre", 4)) * tf.rsqrt(tf.square(variable("gain", 4)) + 0.5)
    h = tf.reduce_mean(convolution(tf.nn.relu(h), "classes", (3, 3), 3), axis=[1, 2]) / 2.0
    tf.nn.softmax(h)
    return Made(x, h)


NETWORKS = [reference, written, layers, matrices, shapeless, turned, branches, resources, windows, normed, constants]


def writeSafetensors(path, tensors):
    header, data = {}, b""
    for name, values in tensors.items():
        content = np.ascontiguousarray(values, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def writeGraph(path):
    """Without the definitions of the operators and the list of what to restore, which nobody needs here."""
    meta = tf.train.export_meta_graph(strip_default_attrs=True)
    meta.meta_info_def.Clear()
    meta.ClearField("collection_def")
    path.write_bytes(meta.SerializeToString(deterministic=True))


def main(folder):
    for make in NETWORKS:
        name = "tf-" + make.__name__
        tf.reset_default_graph()
        tf.set_random_seed(7)
        np.random.seed(len(name))
        made = make()
        classes = int(made.logits.shape[-1])
        labels = tf.placeholder(tf.float32, [None, classes], name="labels")
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=made.logits))
        tf.equal(tf.argmax(made.logits, 1), tf.argmax(labels, 1), name="correct")
        if make is not reference:
            writeGraph(folder / f"{name}.meta")
        step = tf.group(tf.get_collection(tf.GraphKeys.UPDATE_OPS), made.optimizer.minimize(loss))
        with tf.Session(config=tf.ConfigProto(device_count={"CPU": 2})) as session:
            session.run(tf.global_variables_initializer())
            for _ in range(5):
                x = np.random.randn(32, *made.shape).astype("f")
                y = np.eye(classes, dtype="f")[np.random.randint(0, classes, 32)]
                session.run(step, {made.samples: x, labels: y, **made.training})
            samples = np.random.randn(3, *made.shape).astype("f")
            logits = session.run(made.logits, {made.samples: samples, **made.evaluation})
            saver = tf.train.Saver(sharded=made.isSharded)
            saver.save(session, str(folder / name), write_meta_graph=False, write_state=False)
        if make is reference:
            writeGraph(folder / f"{name}.meta")
        writeSafetensors(folder / f"{name}.check.safetensors", {"inputs": samples, "logits": logits})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
