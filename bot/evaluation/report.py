"""The report: figures of both models side by side, pictures, and what ours gets wrong."""

import asyncio
import json
import time

from bot.evaluation import figures
from bot.nlu.labels import NO_DANGER
from bot.training import MODEL, ROOT, training_seconds
from bot.triage import Understanding

EVALUATION = ROOT / "data" / "evaluation"
REPORT = ROOT / "docs" / "evaluation.md"
PICTURES = ROOT / "docs" / "evaluation"
# Written by whoever read the errors; a machine cannot.
READING = PICTURES / "what_it_gets_wrong.md"


def evaluate(*, with_stock: bool = True) -> str:
    """Write docs/evaluation.md with its pictures, and return it."""
    needs_texts, safety_texts = (_read(name) for name in ("needs", "safety"))
    ours, speed = _answers_of_ours(needs_texts + safety_texts)
    models = {"ours": (*_split(ours, needs_texts), _model_facts(speed))}
    if with_stock:
        stock, facts = _answers_of_stock(needs_texts + safety_texts)
        models = {"stock Rasa": (*_split(stock, needs_texts), facts)} | models
    report = "\n".join(_report(models))
    from bot.evaluation import plots

    needs_texts, safety_texts, _ = models["ours"]
    english = [text for text in needs_texts if text["style"] != figures.OTHER_LANGUAGE]
    plots.draw_confusion(english, PICTURES / "confusion.png")
    plots.draw_reliability(english, safety_texts, PICTURES / "reliability.png")
    REPORT.write_text(report, encoding="utf-8")
    return report


def _read(name):
    lines = (EVALUATION / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return list(map(json.loads, lines))


def _split(texts, needs_texts):
    return texts[: len(needs_texts)], texts[len(needs_texts) :]


def _answers_of_ours(texts):
    understanding = Understanding(MODEL)
    started = time.perf_counter()
    answered = [text | {"answer": understanding.parse(text["text"])["triage"]} for text in texts]
    return answered, len(texts) / (time.perf_counter() - started)


def _answers_of_stock(texts):
    from bot.evaluation.stock import MODEL as STOCK_MODEL
    from bot.evaluation.stock import StockUnderstanding, train_stock

    trained = train_stock()
    understanding = StockUnderstanding()

    async def answer_all():
        return [text | {"answer": await understanding.answer(text["text"])} for text in texts]

    started = time.perf_counter()
    answered = asyncio.run(answer_all())
    return answered, {
        "training texts": trained["texts"],
        "training, seconds": trained["seconds"],
        "model, MB": STOCK_MODEL.stat().st_size / 1e6,
        "texts a second": len(texts) / (time.perf_counter() - started),
    }


def _model_facts(speed):
    from bot.training_texts import training_texts

    return {
        "training texts": sum(1 for _ in training_texts()),
        "training, seconds": training_seconds(),
        "model, MB": MODEL.stat().st_size / 1e6,
        "texts a second": speed,
    }


def _report(models):
    needs_texts, safety_texts, _ = models["ours"]
    danger = [text for text in safety_texts if text["safety"] != NO_DANGER]
    english = [text for text in needs_texts if text["style"] != figures.OTHER_LANGUAGE]
    yield "# How well Blether understands"
    yield ""
    yield "Written by `make evaluate`. Every figure is from the texts in `data/evaluation`: written"
    yield "by another writer than the training texts, never trained or tuned on. They are"
    yield f"{len(english)} texts about needs in English and Scots,"
    yield f"{len(needs_texts) - len(english)} in other languages, {len(danger)} about danger and"
    yield f"{len(safety_texts) - len(danger)} harmless ones that sound like it."
    yield ""
    yield from _table(
        "Needs", {name: figures.needs_figures(needs) for name, (needs, _, _) in models.items()}
    )
    yield from _table(
        "Danger",
        {
            name: figures.safety_figures(safety, needs)
            for name, (needs, safety, _) in models.items()
        },
    )
    yield from _table("The model", {name: facts for name, (_, _, facts) in models.items()})
    if "stock Rasa" in models:
        yield "Stock Rasa is the pipeline that `rasa init` writes, with its 100 epochs. On all our"
        yield "texts it would train for hours on two cores, so it learns from evenly chosen ones."
        yield ""
    yield from _table(
        "F1 of each need",
        {name: figures.need_f1(_english(needs)) for name, (needs, _, _) in models.items()},
    )
    yield from _table(
        "Best need right, by style",
        {
            name: figures.by_style(_english(needs), figures.best_need_right)
            for name, (needs, _, _) in models.items()
        },
    )
    yield from _table(
        "Danger noticed, by kind",
        {name: figures.noticed_by_kind(safety) for name, (_, safety, _) in models.items()},
    )
    yield from _table(
        "Danger noticed, by style",
        {
            name: figures.by_style([t for t in safety if t["safety"] != NO_DANGER], figures.flagged)
            for name, (_, safety, _) in models.items()
        },
    )
    yield from _table(
        'The short question, "is it more about this or that?"',
        {"ours": figures.short_question(needs_texts)},
    )
    yield "![What is taken for what](evaluation/confusion.png)"
    yield ""
    yield "![Whether confidence is earned](evaluation/reliability.png)"
    yield ""
    if READING.is_file():
        yield READING.read_text(encoding="utf-8").rstrip()
        yield ""


def _english(needs_texts):
    return [text for text in needs_texts if text["style"] != figures.OTHER_LANGUAGE]


def _table(title, columns):
    """Rows of figures, a column for each model."""
    names = list(columns)
    yield f"| {title} | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for row in columns[names[-1]]:
        yield f"| {row} | {' | '.join(_shown(columns[name][row]) for name in names)} |"
    yield ""


def _shown(figure):
    return f"{figure:.3f}" if isinstance(figure, float) and figure <= 1 else f"{figure:,.0f}"
