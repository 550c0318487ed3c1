# SPDX-License-Identifier: Apache-2.0
"""What a PyTorch user does to switch networks and to train several: measured with the same PyTorch, on the same machine, right
after `palimpsest bench`, so that both stand beside each other.

    python3 tests/bench/torch_rivals.py reload NETWORK.json [--switches 50] [--device cuda:0]
    python3 tests/bench/torch_rivals.py step NETWORK.json [--tasks 10] [--batch 100] [--steps 100] [--device cuda:0]
    python3 tests/bench/torch_rivals.py joint NETWORK.json --batch 128 [--tasks 10] [--slots 336] [--device cuda:0]

`joint` is the step of joint optimisation as one writes it in PyTorch: ternary shared pages read through learned scales, distilled,
half of each minibatch mixed; eagerly, and recorded as one CUDA graph.

NETWORK.json is a layer list of a Palimpsest project. One JSON object a line.
"""
import argparse
import json
import random
import statistics
import tempfile
import time
from pathlib import Path

import torch


def build(path):
    """A layer list as torch.nn.Sequential, and its input shape."""
    description = json.loads(Path(path).read_text())
    shape = description["inputShape"]
    x = torch.zeros(1, *shape)
    layers = []
    for layer in description["layers"]:
        kind = layer["type"]
        if kind == "conv2d":
            module = torch.nn.Conv2d(x.shape[1], layer["outputs"], layer["kernel"], layer.get("stride", 1),
                                     layer.get("padding", 0), bias=layer.get("bias", True))
        elif kind == "linear":
            module = torch.nn.Linear(x.shape[1], layer["outputs"], bias=layer.get("bias", True))
        elif kind == "maxPool":
            module = torch.nn.MaxPool2d(layer["kernel"], layer.get("stride"), layer.get("padding", 0))
        elif kind == "relu":
            module = torch.nn.ReLU()
        elif kind == "leakyRelu":
            module = torch.nn.LeakyReLU(layer.get("slope", 0.01))
        elif kind == "flatten":
            module = torch.nn.Flatten()
        else:
            raise SystemExit(f"{path}: layer type {kind!r} is not known to this script")
        x = module(x)
        layers.append(module)
    return torch.nn.Sequential(*layers), shape


def quantiles(samples):
    ordered = sorted(samples)
    rank = lambda share: ordered[min(len(ordered) - 1, max(0, int(-(-share * len(ordered) // 1)) - 1))]
    return {"medianUs": statistics.median(ordered), "p95Us": rank(0.95), "p99Us": rank(0.99), "samplesUs": samples}


def timed(work, count):
    samples = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        torch.cuda.synchronize()
        samples.append((time.perf_counter() - start) * 1e6)
    return samples


def reload(arguments):
    network, _ = build(arguments.network)
    parameters = sum(p.numel() for p in network.parameters())
    with tempfile.TemporaryDirectory() as folder:
        states, scripts = [], []
        for i in range(2):
            states.append(f"{folder}/{i}.pt")
            torch.save(network.state_dict(), states[-1])
            scripts.append(f"{folder}/{i}.jit.pt")
            torch.jit.script(network).save(scripts[-1])
        on_device = network.to(arguments.device)
        choose = random.Random(1)

        def load_state():
            on_device.load_state_dict(torch.load(choose.choice(states), map_location=arguments.device))

        def load_script():
            torch.jit.load(choose.choice(scripts), map_location=arguments.device)

        pinned = [{k: v.cpu().pin_memory() for k, v in on_device.state_dict().items()} for _ in range(2)]
        targets = dict(on_device.state_dict())

        def copy_tensors():
            for name, value in choose.choice(pinned).items():
                targets[name].copy_(value, non_blocking=True)

        methods = [("tensor by tensor", copy_tensors), ("torch.load", load_state), ("torch.jit.load", load_script)]
        try:
            from safetensors.torch import load_file, save_file
            files = [f"{folder}/{i}.safetensors" for i in range(2)]
            for file in files:
                save_file(on_device.state_dict(), file)
            methods.append(("safetensors", lambda: on_device.load_state_dict(
                load_file(choose.choice(files), device=arguments.device))))
        except ImportError:
            pass  # not every PyTorch has it
        for method, work in methods:
            timed(work, 3)
            print(json.dumps({"bench": "switch", "method": method, "device": arguments.device,
                              "networkBytes": 4 * parameters, "switches": arguments.switches,
                              "torch": torch.__version__, **quantiles(timed(work, arguments.switches))}))


def step(arguments):
    tasks = []
    for _ in range(arguments.tasks):
        network, shape = build(arguments.network)
        network.to(arguments.device)
        classes = network[-1].out_features
        tasks.append((network, torch.optim.AdamW(network.parameters(), lr=1e-3, fused=True),
                      torch.randn(arguments.batch, *shape, device=arguments.device),
                      torch.randint(classes, (arguments.batch,), device=arguments.device)))

    def one_step():
        for network, optimiser, x, y in tasks:
            optimiser.zero_grad(set_to_none=False)
            torch.nn.functional.cross_entropy(network(x), y).backward()
            optimiser.step()

    timed(one_step, 5)
    samples = timed(one_step, arguments.steps)
    print(json.dumps({"bench": "step", "method": "PyTorch eager", "device": arguments.device, "tasks": arguments.tasks,
                      "batch": arguments.batch, "weights": sum(p.numel() for p in tasks[0][0].parameters()),
                      "torch": torch.__version__, "stepMs": statistics.median(samples) / 1e3}))


class Rounded(torch.autograd.Function):
    """Ternary weights of latent values [pages, groups, 128] and scales [pages, groups, 1], with the gradients of LSQ."""

    @staticmethod
    def forward(context, values, scales):
        u = values / scales
        q = u.round().clamp(-1, 1)
        context.save_for_backward(u, q)
        return q * scales

    @staticmethod
    def backward(context, gradient):
        u, q = context.saved_tensors
        inside = u.abs() <= 1
        return gradient * inside, (gradient * torch.where(inside, q - u, q)).sum(2, keepdim=True)


def joint(arguments):
    """Random data: only the time counts."""
    page, temperature, share = 512, 2.0, 0.7
    device = torch.device(arguments.device)
    functional = torch.nn.functional
    values = torch.randn(arguments.slots, page // 128, 128, device=device).mul_(0.05).requires_grad_()
    scales = torch.full((arguments.slots, page // 128, 1), 0.05, device=device).requires_grad_()
    tasks, private = [], []
    for _ in range(arguments.tasks):
        network, shape = build(arguments.network)
        teacher, _ = build(arguments.network)
        network.to(device), teacher.to(device).requires_grad_(False)
        shared = {name: p.numel() for name, p in network.named_parameters() if p.dim() > 1}
        pages = {name: -(-count // page) for name, count in shared.items()}
        table = torch.randint(arguments.slots, (sum(pages.values()),), device=device)
        own = {name: p for name, p in network.named_parameters() if p.dim() == 1}
        private += own.values()
        x = torch.randn(2000, *shape, device=device)
        tasks.append((network, teacher, shared, pages, table, own, x, torch.randint(network[-1].out_features, (2000,), device=device)))
    optimiser = torch.optim.AdamW([{"params": [values] + private, "weight_decay": 0.01}, {"params": [scales], "weight_decay": 0.0}],
                                  lr=torch.tensor(2e-3, device=device), fused=True, capturable=True)
    half = arguments.batch // 2

    def one_step():
        optimiser.zero_grad(set_to_none=False)
        pool = Rounded.apply(values, scales).view(arguments.slots, page)
        losses = []
        for network, teacher, shared, pages, table, own, x, y in tasks:
            chosen = torch.randint(len(x), (arguments.batch,), device=device)
            partner = torch.randint(len(x), (half,), device=device)
            lam = torch.rand(half, *[1] * (x.dim() - 1), device=device)
            batch = torch.cat([x[chosen[:half]], lam * x[chosen[half:]] + (1 - lam) * x[partner]])
            image, first, weights = pool[table].flatten(), 0, dict(own)
            for name, parameter in network.named_parameters():
                if name in shared:
                    weights[name] = image[first * page:first * page + shared[name]].view(parameter.shape)
                    first += pages[name]
            outputs = torch.func.functional_call(network, weights, (batch,))
            with torch.no_grad():
                wanted = functional.softmax(teacher(batch) / temperature, 1)
            hard = functional.cross_entropy(outputs[:half], y[chosen[:half]])
            soft = functional.cross_entropy(outputs / temperature, wanted)
            losses.append((1 - share) * hard + share * temperature ** 2 * soft)
        torch.stack(losses).sum().backward()
        torch.nn.utils.clip_grad_norm_([values], 5 * len(tasks) ** 0.5, foreach=True)
        optimiser.step()

    def report(method, samples):
        print(json.dumps({"bench": "joint", "method": method, "device": arguments.device, "tasks": arguments.tasks,
                          "batch": arguments.batch, "slots": arguments.slots, "torch": torch.__version__,
                          "stepMs": statistics.median(samples) / 1e3}))

    side = torch.cuda.Stream()
    with torch.cuda.stream(side):
        for _ in range(5):
            one_step()
    torch.cuda.synchronize()
    report("PyTorch eager", timed(one_step, arguments.steps))
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph, stream=side):
        one_step()
    timed(graph.replay, 5)
    report("PyTorch, one CUDA graph", timed(graph.replay, arguments.steps))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("what", choices=["reload", "step", "joint"])
    parser.add_argument("network")
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--switches", type=int, default=50)
    parser.add_argument("--tasks", type=int, default=10)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--slots", type=int, default=336)
    arguments = parser.parse_args()
    {"reload": reload, "step": step, "joint": joint}[arguments.what](arguments)


if __name__ == "__main__":
    main()
