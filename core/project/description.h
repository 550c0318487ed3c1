// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/describe_data.h"

namespace palimpsest {

template <class S, class... T>
concept OneOf = (std::same_as<S, T> || ...);
/// A struct of settings: describe() lists its fields.
template <class S>
concept Settings = OneOf<S, ColumnSettings, GroupSettings, FoldSettings, ListSettings, ImageSettings,
    AudioSettings, WindowSettings, DataSettings, SplitSettings, TrainingSettings, AugmentationSettings,
    TaskSettings, FisherSettings, PagesSettings, SeparationSettings, MatchingSettings, OptimisationSettings,
    BudgetSettings, ExecutionSettings, Recipe>;

template <std::same_as<TrainingSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("epochs", &S::epochs,
        Note {
            .help = "Greatest number of passes over the training samples; an early stop may end it sooner.",
            .unit = "epochs",
            .minimum = 1,
            .maximum = 1e6 });
    visit("batch", &S::batch,
        Note { .help = "Samples of one training step; more make a step steadier and slower.",
            .unit = "samples",
            .minimum = 1,
            .maximum = 1e6 });
    visit("learningRate", &S::learningRate,
        Note { .help = "Step size of the Adam optimiser; too large diverges, too small learns slowly.",
            .minimum = 0,
            .maximum = 10,
            .minimumExclusive = true });
    visit("weightDecay", &S::weightDecay,
        Note { .help
            = "Pulls weights towards zero at each step, apart from the gradient (AdamW); 0 turns it off.",
            .minimum = 0,
            .maximum = 10 });
    visit("patience", &S::patience,
        Note { .help = "Training stops after so many epochs without a better validation accuracy (with few "
                       "samples: loss).",
            .unit = "epochs",
            .minimum = 1,
            .maximum = 1e6 });
}

template <std::same_as<AugmentationSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("flip", &S::flip,
        Note { .help = "Swaps left and right in half of the pictures that training draws; not for "
                       "classes that tell left from right, such as digits." });
    visit("shift", &S::shift,
        Note { .help = "Moves each picture that training draws by up to so many pixels along both axes; the "
                       "rows and columns at the edge are repeated. 0 turns it off.",
            .unit = "pixels",
            .minimum = 0,
            .maximum = 1024 });
    visit("timeShift", &S::timeShift,
        Note { .help = "Moves each sound or sensor stream that training draws along its last axis, forwards "
                       "or backwards by up to this share of its length; the values at the edge are repeated. "
                       "0 turns it off.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 0.5 });
    visit("noise", &S::noise,
        Note { .help = "Adds normal noise to each sample that training draws; its standard deviation as a "
                       "share of that of the preprocessed training samples. 0 turns it off.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 10 });
}

template <std::same_as<TaskSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("name", &S::name,
        Note { .help = "Name of the task in tables, files and overrides; letters, digits, '_' and '-' only.",
            .required = true,
            .isName = true });
    visit("network", &S::network,
        Note { .help = "File that describes the network, relative to the project folder.",
            .required = true,
            .pathKind = PathKind::ProjectFile });
    visit("weights", &S::weights,
        Note { .help = "Weights of the trained network (safetensors), relative to the project folder; empty: "
                       "the train stage makes "
                       "them.",
            .pathKind = PathKind::ProjectFile });
    visit("fisher", &S::fisher,
        Note { .help
            = "With fisher.source file: the Fisher information of these weights (safetensors, npz, or a "
              "network file that brings it), relative to the project folder.",
            .pathKind = PathKind::ProjectFile });
    visit("data", &S::data, Note { .help = "Where the samples of the task come from.", .required = true });
    visit("preprocess", &S::preprocess,
        Note { .help = "Steps that each sample goes through before the network sees it, in order: scale=D, "
                       "invert=D, l2, "
                       "column-mean, standardise, resize=HEIGHTxWIDTH, grey, logmel=RATE:WINDOW:HOP:MELS, "
                       "transpose." });
    visit("split", &S::split, Note { .help = "How the samples are divided." });
    visit(
        "training", &S::training, Note { .help = "How the network is trained where it has no weights yet." });
    visit("augmentation", &S::augmentation,
        Note { .help = "Random changes of the training samples, alike in stand-alone training, in joint "
                       "optimisation and in the trained baselines." });
    visit("tolerance", &S::tolerance,
        Note { .help = "Loss of accuracy against the stand-alone network that is accepted for this task.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 1 });
    visit("weight", &S::weight,
        Note { .help = "Weight of the task's loss beside the others, in matching and in joint optimisation.",
            .minimum = 0,
            .maximum = 1e6,
            .minimumExclusive = true });
    visit("noAccuracy", &S::noAccuracy,
        Note { .help = "Why reports state no accuracy of this task, such as samples that are not those its "
                       "network was made for; empty: they state it." });
}

template <std::same_as<FisherSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("source", &S::source,
        Note { .help
            = "Whether the Fisher information is computed from training samples, or read from the file "
              "that tasks[].fisher names, whatever the other settings here say." });
    visit("labels", &S::labels,
        Note { .help = "Which labels the Fisher information is taken over: one drawn from the network's own "
                       "output for each sample "
                       "(sampled), every class (all: exact, as many times slower as there are classes), or "
                       "the references' "
                       "estimator (reference)." });
    visit("samples", &S::samples,
        Note { .help = "Training samples that are drawn for it, without replacement; all of them where there "
                       "are fewer.",
            .unit = "samples",
            .minimum = 1,
            .maximum = 1e9 });
    visit("batch", &S::batch,
        Note { .help = "Samples that are worked on at once; changes speed and memory, hardly the result.",
            .unit = "samples",
            .minimum = 1,
            .maximum = 1e6 });
}

template <std::same_as<PagesSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("pageSize", &S::pageSize,
        Note { .help = "Weights of one page; small pages match better, but need longer page tables. A power "
                       "of two from 64 to "
                       "65,536 with formation aligned.",
            .unit = "weights",
            .minimum = 1,
            .maximum = 1048576 });
    visit("formation", &S::formation,
        Note { .help = "How tensors are cut into pages: large tensors start on a new page (aligned), or all "
                       "of them one after the "
                       "other (reference)." });
    visit("smallTensors", &S::smallTensors,
        Note { .help = "Whether biases and normalisation weights stay with their task (private) or are cut "
                       "into pages like the rest "
                       "(paged)." });
    visit("poolPages", &S::poolPages,
        Note {
            .help = "Slots of the pool that all tasks share; 0 takes as many as budgets.level1Bytes holds.",
            .unit = "pages",
            .minimum = 0,
            .maximum = 1e9 });
    visit("poolStorage", &S::poolStorage,
        Note { .help = "Number format in which the shared pages are stored; below float32 they are trained "
                       "through the rounding." });
    visit("exclusiveStorage", &S::exclusiveStorage,
        Note { .help = "Number format in which the exclusive pages are stored." });
    visit("privateStorage", &S::privateStorage,
        Note { .help
            = "Number format of the tensors that stay with their task; auto takes float32 beside a "
              "float32 pool, else float16. Tasks with batch normalisation keep float16 instead of int8." });
}

template <std::same_as<SeparationSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("strategy", &S::strategy,
        Note { .help = "How pages become exclusive: those that gain most from it in matching (price), or "
                       "those with the highest "
                       "contribution density (density)." });
    visit("exclusivePages", &S::exclusivePages,
        Note { .help = "With price: number of exclusive pages of all tasks together.",
            .unit = "pages",
            .minimum = 0,
            .maximum = 1e9 });
    visit("margin", &S::margin,
        Note { .help = "With density: share of a task's Fisher information that may stay on shared pages; "
                       "smaller makes more pages "
                       "exclusive.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 1 });
}

template <std::same_as<MatchingSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("strategy", &S::strategy,
        Note { .help = "How each page finds its slot: descent matches every task again against the others "
                       "until nothing is gained; "
                       "the others are there to compare with." });
    visit("cost", &S::cost,
        Note { .help = "What matching makes small: the rise of the loss at the best common value "
                       "(barycentre), or the references' "
                       "sum over pairs (pairwise)." });
    visit("tolerance", &S::tolerance,
        Note { .help = "Descent stops when one sweep over the tasks lowers the cost by less than this share.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 1 });
    visit("maxSweeps", &S::maxSweeps,
        Note { .help = "Descent stops after so many sweeps in any case.",
            .unit = "sweeps",
            .minimum = 1,
            .maximum = 1e6 });
}

template <std::same_as<OptimisationSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("schedule", &S::schedule,
        Note { .help = "Whether each step trains all tasks at once (simultaneous), or the tasks take turns "
                       "as in the references "
                       "(turns)." });
    visit("pageValue", &S::pageValue,
        Note { .help = "What a shared page holds at first: the mean weighted by Fisher information "
                       "(barycentre), the plain mean, or "
                       "the weights of the last task that took it (last)." });
    visit("steps", &S::steps,
        Note { .help = "Minibatches that each task gets; the baselines with training get the same number.",
            .unit = "steps",
            .minimum = 1,
            .maximum = 1e9 });
    visit("batch", &S::batch,
        Note {
            .help = "Samples of each task in one step.", .unit = "samples", .minimum = 1, .maximum = 1e6 });
    visit("optimiser", &S::optimiser,
        Note { .help
            = "How weights follow their gradients: AdamW (adamw), or stochastic gradient descent with "
              "momentum (sgd), which needs a larger learningRate." });
    visit("momentum", &S::momentum,
        Note { .help = "With sgd: share of the last step that is taken again; 0 turns it off.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 0.999 });
    visit("learningRate", &S::learningRate,
        Note { .help = "Greatest step size of the optimiser, reached after the warm-up.",
            .minimum = 0,
            .maximum = 10,
            .minimumExclusive = true });
    visit("weightDecay", &S::weightDecay,
        Note { .help
            = "Pulls weights towards zero at each step, with adamw apart from the gradient; 0 turns it off.",
            .minimum = 0,
            .maximum = 10 });
    visit("warmup", &S::warmup,
        Note { .help = "Share of the steps over which the step size rises from 0 to learningRate.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 1 });
    visit("cosine", &S::cosine,
        Note { .help = "Lowers the step size to 0 along a cosine; off: it stays constant, and training stops "
                       "early when every task "
                       "is within its tolerance." });
    visit("clipNorm", &S::clipNorm,
        Note { .help = "Greatest norm of the gradient of the pages, times the square root of the number of "
                       "tasks; a longer gradient is shortened to it; 0 turns it off.",
            .minimum = 0,
            .maximum = 1e9 });
    visit("distillation", &S::distillation,
        Note { .help
            = "Share of the loss that asks for the outputs of the stand-alone network; the rest asks "
              "for the labels. Not with turns.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 1 });
    visit("temperature", &S::temperature,
        Note { .help = "With distillation: how much both outputs are softened before they are compared; 1 "
                       "leaves them as they are.",
            .minimum = 0.1,
            .maximum = 100 });
    visit("mixing", &S::mixing,
        Note { .help
            = "With distillation: share of each minibatch whose samples are mixed of two, which only the "
              "stand-alone network can judge; it helps tasks with few samples.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 1 });
    visit("averaging", &S::averaging,
        Note { .help
            = "Last share of the steps over which the weights are averaged; 0 turns it off. The average is "
              "taken where validation likes it better.",
            .unit = "fraction",
            .minimum = 0,
            .maximum = 1 });
    visit("freezeFinished", &S::freezeFinished,
        Note { .help
            = "A task that validation finds within its tolerance adds no gradients, and what no other "
              "task reads stays as it is, until validation finds it short again; training ends when all "
              "tasks rest. The baselines do not rest. Not with turns." });
    visit("validateEvery", &S::validateEvery,
        Note { .help = "Steps between two looks at the validation split, from which the best state is kept.",
            .unit = "steps",
            .minimum = 1,
            .maximum = 1e9 });
    visit("turnSteps", &S::turnSteps,
        Note { .help = "With turns: steps of one task before the next one has its turn; as many as steps "
                       "makes the references' "
                       "sequential optimisation.",
            .unit = "steps",
            .minimum = 1,
            .maximum = 1e9 });
    visit("softPenalty", &S::softPenalty,
        Note { .help = "With turns: strength of the references' penalty on moving weights that other tasks "
                       "share; 0 turns it off.",
            .minimum = 0,
            .maximum = 1e9 });
    visit("checkpointSeconds", &S::checkpointSeconds,
        Note { .help
            = "Time between two checkpoints, from which a broken run goes on; it does not change the result.",
            .unit = "seconds",
            .minimum = 0,
            .maximum = 86400 });
}

template <std::same_as<BudgetSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("level1Bytes", &S::level1Bytes,
        Note { .help = "Memory of level 1 (pool, private tensors, page tables and one scratch network); 0 "
                       "sets no limit.",
            .unit = "bytes",
            .minimum = 0,
            .maximum = 1e15 });
    visit("level2Bytes", &S::level2Bytes,
        Note { .help = "Memory of level 2, where the exclusive pages lie; 0 sets no limit.",
            .unit = "bytes",
            .minimum = 0,
            .maximum = 1e15 });
}

template <std::same_as<ExecutionSettings> S, class Visit> void describe(Visit&& visit)
{
    visit("switches", &S::switches,
        Note { .help = "Random switches between tasks that the execute stage measures.",
            .unit = "switches",
            .minimum = 1,
            .maximum = 1e6 });
}

template <std::same_as<Recipe> S, class Visit> void describe(Visit&& visit)
{
    visit("name", &S::name, Note { .help = "Name of the project in reports." });
    visit("description", &S::description, Note { .help = "What the project is for, in your own words." });
    visit("seed", &S::seed,
        Note { .help = "Start of all random numbers; the same seed on the same machine and thread count "
                       "gives the same results." });
    visit("threads", &S::threads,
        Note { .help = "Threads that the engine uses; 0 takes as many as there are cores.",
            .unit = "threads",
            .minimum = 0,
            .maximum = 1024 });
    visit("dataRoot", &S::dataRoot,
        Note { .help = "Folder that data paths are relative to; empty: the project folder.",
            .pathKind = PathKind::Folder });
    visit("tasks", &S::tasks,
        Note { .help = "The tasks: a network, its data and its tolerance each.", .maximumItems = 1000 });
    visit("fisher", &S::fisher, Note { .help = "How the Fisher information of each network is estimated." });
    visit("pages", &S::pages, Note { .help = "How networks are cut into pages, and how pages are stored." });
    visit("separation", &S::separation, Note { .help = "Which pages a task keeps for itself." });
    visit("matching", &S::matching, Note { .help = "Which slot of the pool each page takes." });
    visit("optimisation", &S::optimisation,
        Note { .help = "How the shared pages are trained for all tasks together." });
    visit("baselines", &S::baselines,
        Note { .help = "What the packed networks are compared with: stand-alone networks trained for the "
                       "same steps (sameSteps) and distilled from themselves as well (sameRecipe), rounded "
                       "after training (float16 to int4), trained through the rounding (int4Trained to "
                       "ternaryTrained), or narrower ones of the same bytes (smallTernary).",
            .choices = { "sameSteps", "sameRecipe", "float16", "int8", "int6", "int4", "int4Trained",
                "int3Trained", "ternaryTrained", "smallTernary" } });
    visit("budgets", &S::budgets, Note { .help = "Memory that the device has." });
    visit("execution", &S::execution, Note { .help = "How switching between tasks is measured." });
}

} // namespace palimpsest
