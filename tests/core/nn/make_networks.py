#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Defines and trains small networks in PyTorch 2 and writes each in every form that is imported.

    python3 -m venv V && V/bin/pip install torch==2.11.0 onnx onnxscript numpy
    V/bin/python tests/core/nn/make_networks.py FOLDER

Of each network: NAME.onnx (the exporter that traces), NAME.dynamo.onnx (the exporter of PyTorch 2; that of `fire` has its weights in
NAME.dynamo.onnx.data), NAME.pt (TorchScript, traced) and NAME.scripted.pt, NAME.safetensors (its state_dict) with NAME.json (its layer
list), and NAME.check.safetensors: `inputs` and the `logits` that PyTorch gives. Seeded: the numbers of two runs on one machine are the
same. tests/core/nn/networks was made by it; the test that reads it also takes another folder from PALIMPSEST_NETWORKS.
"""
import io
import json
import pathlib
import struct
import sys
import zipfile

import torch
from torch import nn
from torch.nn import functional as F


class Mlp(nn.Module):
    shape = [6]
    layers = [
        {"type": "linear", "name": "hidden", "outputs": 8},
        {"type": "batchNorm", "name": "norm"},
        {"type": "tanh"},
        {"type": "dropout", "probability": 0.25},
        {"type": "linear", "name": "out", "outputs": 3},
    ]

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(6, 8)
        self.norm = nn.BatchNorm1d(8)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        return self.out(self.drop(torch.tanh(self.norm(self.hidden(x)))))


class Cnn(nn.Module):
    shape = [2, 9, 8]
    layers = [
        {"type": "conv2d", "name": "conv1", "outputs": 4, "kernel": 3, "padding": 1},
        {"type": "leakyRelu", "slope": 0.125},
        {"type": "maxPool", "kernel": 2, "padding": [0, 0, 1, 0]},
        {"type": "conv2d", "name": "conv2", "outputs": 5, "kernel": [3, 2], "stride": [2, 1], "bias": False},
        {"type": "clip", "minimum": 0, "maximum": 6},
        {"type": "averagePool", "kernel": 2, "stride": 1},
        {"type": "flatten"},
        {"type": "linear", "name": "out", "outputs": 4},
    ]

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, padding=1)
        self.conv2 = nn.Conv2d(4, 5, (3, 2), stride=(2, 1), bias=False)
        self.out = nn.Linear(10, 4)

    def forward(self, x):
        x = F.max_pool2d(F.leaky_relu(self.conv1(x), 0.125), 2, ceil_mode=True)
        x = F.avg_pool2d(F.relu6(self.conv2(x)), 2, stride=1)
        return self.out(x.view(x.size(0), -1))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        identity = x
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        return self.relu(out)


def blockLayers(name, input, outputs, stride):
    layers = [
        {"type": "conv2d", "name": name + ".conv1", "input": input, "outputs": outputs, "kernel": 3, "stride": stride,
         "padding": 1, "bias": False},
        {"type": "batchNorm", "name": name + ".bn1"},
        {"type": "relu"},
        {"type": "conv2d", "name": name + ".conv2", "outputs": outputs, "kernel": 3, "padding": 1, "bias": False},
        {"type": "batchNorm", "name": name + ".bn2"},
    ]
    if stride != 1:
        layers += [
            {"type": "conv2d", "name": name + ".downsample.0", "input": input, "outputs": outputs, "kernel": 1,
             "stride": stride, "bias": False},
            {"type": "batchNorm", "name": name + ".downsample.1"},
        ]
    other = name + ".bn2" if stride != 1 else input
    return layers + [{"type": "add", "from": other}, {"type": "relu", "name": name}]


class Residual(nn.Module):
    """As torchvision's ResNet."""

    shape = [3, 8, 8]
    layers = (
        [{"type": "conv2d", "name": "conv1", "outputs": 4, "kernel": 3, "padding": 1, "bias": False},
         {"type": "batchNorm", "name": "bn1"},
         {"type": "relu", "name": "start"},
         {"type": "maxPool", "name": "maxpool", "kernel": 3, "stride": 1, "padding": 1}]
        + blockLayers("layer1.0", "maxpool", 4, 1)
        + blockLayers("layer2.0", "layer1.0", 6, 2)
        + [{"type": "globalAveragePool"}, {"type": "linear", "name": "fc", "outputs": 5}]
    )

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, stride=1, padding=1)
        self.layer1 = nn.Sequential(Block(4, 4, 1))
        self.layer2 = nn.Sequential(Block(4, 6, 2))
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(6, 5)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.avgpool(self.layer2(self.layer1(x)))
        return self.fc(torch.flatten(x, 1))


class FireModule(nn.Module):
    def __init__(self, inputs, squeeze, expand):
        super().__init__()
        self.squeeze = nn.Conv2d(inputs, squeeze, 1)
        self.expand1x1 = nn.Conv2d(squeeze, expand, 1)
        self.expand3x3 = nn.Conv2d(squeeze, expand, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.squeeze(x))
        return torch.cat([F.relu(self.expand1x1(x)), F.relu(self.expand3x3(x))], 1)


class Fire(nn.Module):
    """As torchvision's SqueezeNet: its classifier is a convolution, its pools round up."""

    shape = [2, 9, 9]
    layers = [
        {"type": "conv2d", "name": "features.0", "outputs": 3, "kernel": 3},
        {"type": "relu"},
        {"type": "maxPool", "kernel": 3, "stride": 2, "padding": [0, 0, 0, 0]},
        {"type": "conv2d", "name": "features.3.squeeze", "outputs": 2, "kernel": 1},
        {"type": "relu", "name": "low"},
        {"type": "conv2d", "name": "features.3.expand1x1", "outputs": 4, "kernel": 1},
        {"type": "relu", "name": "a"},
        {"type": "conv2d", "name": "features.3.expand3x3", "input": "low", "outputs": 4, "kernel": 3, "padding": 1},
        {"type": "relu", "name": "b"},
        {"type": "concat", "parts": ["a", "b"]},
        {"type": "dropout"},
        {"type": "conv2d", "name": "classifier.1", "outputs": 3, "kernel": 1},
        {"type": "relu"},
        {"type": "globalAveragePool"},
    ]

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(2, 3, 3), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, ceil_mode=True), FireModule(3, 2, 4))
        self.classifier = nn.Sequential(
            nn.Dropout(), nn.Conv2d(8, 3, 1), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d((1, 1)))

    def forward(self, x):
        return torch.flatten(self.classifier(self.features(x)), 1)


class Sequence(nn.Module):
    shape = [3, 20]
    layers = [
        {"type": "pad", "padding": [2, 0]},
        {"type": "conv1d", "name": "conv1", "outputs": 6, "kernel": 3, "groups": 3},
        {"type": "batchNorm", "name": "bn1"},
        {"type": "sigmoid"},
        {"type": "averagePool", "kernel": 2},
        {"type": "conv1d", "name": "conv2", "outputs": 5, "kernel": 3, "dilation": 2, "padding": 2},
        {"type": "relu"},
        {"type": "globalAveragePool"},
        {"type": "linear", "name": "out", "outputs": 4},
    ]

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(3, 6, 3, groups=3)
        self.bn1 = nn.BatchNorm1d(6)
        self.conv2 = nn.Conv1d(6, 5, 3, dilation=2, padding=2)
        self.out = nn.Linear(5, 4)

    def forward(self, x):
        x = torch.sigmoid(self.bn1(self.conv1(F.pad(x, (2, 0)))))
        x = F.relu(self.conv2(F.avg_pool1d(x, 2)))
        return self.out(x.mean(2))


class Pieces(nn.Module):
    """Calls of TorchScript that the others do not make."""

    shape = [2, 12, 10]

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Sequential(nn.Conv2d(2, 4, 3, padding="same"), nn.BatchNorm2d(4, affine=False), nn.PReLU()),
            nn.Dropout2d(0.2), nn.Conv2d(4, 5, 3, padding=1))
        self.mean = nn.AdaptiveAvgPool2d((6, 5))
        self.largest = nn.AdaptiveMaxPool2d((3, 1))
        self.weight = nn.Parameter(torch.randn(7, 15) * 0.2)
        self.bias = nn.Parameter(torch.randn(7) * 0.2)
        self.last = nn.Parameter(torch.randn(7, 4) * 0.3)

    def forward(self, x):
        x = self.largest(self.mean(self.features(x))).flatten(1)
        return F.hardtanh(self.bias + x @ self.weight.t()) @ self.last


class Turned(nn.Module):
    """Flat samples that are images, blocks in a list, a sum with a product, the maximum over all positions."""

    shape = [36]

    def __init__(self):
        super().__init__()
        self.image = nn.Unflatten(1, (1, 6, 6))
        self.blocks = nn.ModuleList([nn.Conv2d(size, 4, 3, padding=1) for size in (1, 4)])
        self.weight = nn.Parameter(torch.randn(6, 8) * 0.3)
        self.bias = nn.Parameter(torch.randn(6) * 0.3)
        self.out = nn.Linear(6, 3)

    def forward(self, x):
        x = self.image(x)
        for block in self.blocks:
            x = F.relu(block(x))
        x = torch.amax(torch.concat((x, 1 - x), 1), (2, 3))
        return self.out(torch.sigmoid(torch.addmm(self.bias, x, self.weight.t())))


def writeSafetensors(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().contiguous().float().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def layerList(name, kind):
    lines = ",\n".join("    " + json.dumps(layer) for layer in kind.layers)
    return (f'{{\n  "format": "palimpsest-network",\n  "version": 1,\n  "name": "{name}",\n'
            f'  "inputShape": {kind.shape},\n  "layers": [\n{lines}\n  ]\n}}\n')


def train(network, classes):
    """A few steps towards a random teacher, so that no weight and no running statistic is what it started as."""
    inputs = torch.randn(256, *network.shape)
    labels = (inputs.flatten(1) @ torch.randn(inputs[0].numel(), classes)).argmax(1)
    optimiser = torch.optim.Adam(network.parameters(), lr=0.02)
    network.train()
    for _ in range(60):
        batch = torch.randint(256, (64,))
        optimiser.zero_grad()
        F.cross_entropy(network(inputs[batch]), labels[batch]).backward()
        optimiser.step()
    network.eval()


def strip(file):
    """Takes notes about this machine (paths of source files) out of an ONNX file."""
    import onnx

    model = onnx.load(str(file), load_external_data=False)
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in list(model.graph.input) + list(model.graph.output) + list(model.graph.initializer):
        del value.metadata_props[:]
        value.doc_string = ""
    del model.metadata_props[:]
    del model.graph.metadata_props[:]
    del model.graph.value_info[:]
    model.doc_string = model.graph.doc_string = ""
    onnx.save(model, str(file))


def saveScript(module, file):
    """Saves TorchScript without the records that say where in which source file its code comes from."""
    whole = io.BytesIO()
    torch.jit.save(module, whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                target.writestr(zipfile.ZipInfo(entry.filename), source.read(entry))
    torch.jit.load(str(file))


def make(kind, folder):
    """A trained network; writes its samples and logits and its TorchScript."""
    name = kind.__name__.lower()
    torch.manual_seed(len(name) + 17)
    network = kind()
    network.eval()
    with torch.no_grad():
        classes = network(torch.zeros(1, *kind.shape)).shape[1]
    train(network, classes)
    samples = torch.randn(3, *kind.shape)
    with torch.no_grad():
        logits = network(samples)
    writeSafetensors(folder / f"{name}.check.safetensors", {"inputs": samples, "logits": logits})
    saveScript(torch.jit.trace(network, samples[:2]), folder / f"{name}.pt")
    saveScript(torch.jit.script(network), folder / f"{name}.scripted.pt")
    return name, network, samples[:2]


def main(folder):
    for kind in (Pieces, Turned):  # as TorchScript alone
        make(kind, folder)
    for kind in (Mlp, Cnn, Residual, Fire, Sequence):
        name, network, example = make(kind, folder)
        state = {key: value for key, value in network.state_dict().items() if value.is_floating_point()}
        writeSafetensors(folder / f"{name}.safetensors", state)
        (folder / f"{name}.json").write_text(layerList(name, kind))

        torch.onnx.export(network, (example,), str(folder / f"{name}.onnx"), dynamo=False, input_names=["samples"],
                          output_names=["logits"], dynamic_axes={"samples": {0: "count"}, "logits": {0: "count"}})
        dynamo = folder / f"{name}.dynamo.onnx"
        torch.onnx.export(network, (example,), str(dynamo), dynamo=True, external_data=name == "fire",
                          dynamic_shapes=({0: torch.export.Dim("count")},), verbose=False)
        strip(dynamo)


class Unknown(nn.Module):
    """Calls what is no layer."""

    def __init__(self):
        super().__init__()
        self.out = nn.Linear(6, 2)

    def forward(self, x):
        return self.out(torch.cumsum(x, 1))


def writeRefused(folder):
    """Modules that cannot be imported: one whose weights are constants, one that is no chain of layers."""
    torch.manual_seed(5)
    frozen = torch.jit.freeze(torch.jit.script(nn.Sequential(nn.Linear(6, 2)).eval()))
    saveScript(frozen, folder / "frozen.pt")
    saveScript(torch.jit.script(Unknown().eval()), folder / "unknown.pt")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
    writeRefused(target)
