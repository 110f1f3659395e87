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
# Stock Rasa trains for most of an hour and does not change, so its figures are kept.
STOCK_FIGURES = PICTURES / "stock.json"
SETS = ("needs", "safety", "everyday")
STOCK, OURS = "stock Rasa", "ours"
NOT_MEASURED = "–"


def evaluate(*, stock_anew: bool = False) -> str:
    """Write docs/evaluation.md with its pictures, and return it.

    Args:
        stock_anew: train and examine stock Rasa as well, rather than show its kept figures.
    """
    texts = {name: _read(name) for name in SETS}
    if stock_anew:
        tables = _tables(*_with_stock(texts))
        STOCK_FIGURES.write_text(json.dumps(tables, indent=2) + "\n", encoding="utf-8")
    ours, facts = _with_ours(texts)
    stock = json.loads(STOCK_FIGURES.read_text()) if STOCK_FIGURES.is_file() else {}
    report = "\n".join(_report(ours, _tables(ours, facts), stock))
    _draw(ours)
    REPORT.write_text(report, encoding="utf-8")
    return report


def _draw(texts):
    from bot.evaluation import plots

    english = _english(texts["needs"])
    plots.draw_confusion(english, PICTURES / "confusion.png")
    plots.draw_reliability(english, texts["safety"], PICTURES / "reliability.png")


def _read(name):
    lines = (EVALUATION / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return list(map(json.loads, lines))


def _with_ours(texts):
    """The texts with our model's answers, and facts about it."""
    from bot.training_texts import training_texts

    understanding = Understanding(MODEL)
    understanding.parse("hello")  # loads what is loaded at the first text
    started = time.process_time()  # one text at a time on one core, whatever else runs
    answered = {
        name: [text | {"answer": understanding.parse(text["text"])["triage"]} for text in listed]
        for name, listed in texts.items()
    }
    seconds = time.process_time() - started
    return answered, {
        "training texts": sum(1 for _ in training_texts()),
        "training, seconds": training_seconds(),
        "model, MB": MODEL.stat().st_size / 1e6,
        "texts a second": sum(map(len, texts.values())) / seconds,
    }


def _with_stock(texts):
    """The same of stock Rasa, trained first where it is not yet."""
    from bot.evaluation.stock import MODEL as STOCK_MODEL
    from bot.evaluation.stock import StockUnderstanding, train_stock

    trained = train_stock()
    understanding = StockUnderstanding()

    async def answer_all(listed):
        return [text | {"answer": await understanding.answer(text["text"])} for text in listed]

    started = time.perf_counter()
    answered = {name: asyncio.run(answer_all(listed)) for name, listed in texts.items()}
    seconds = time.perf_counter() - started
    return answered, {
        "training texts": trained["texts"],
        "training, seconds": trained["seconds"],
        "model, MB": STOCK_MODEL.stat().st_size / 1e6,
        "texts a second": sum(map(len, texts.values())) / seconds,
    }


def _tables(texts, facts):
    """`{title: {row: figure}}` of one model's answers."""
    needs, safety = texts["needs"], texts["safety"]
    danger = [text for text in safety if text["safety"] != NO_DANGER]
    return {
        "Needs": figures.needs_figures(needs),
        "Danger": figures.safety_figures(safety, needs),
        "Ordinary messages": figures.everyday_figures(texts["everyday"]),
        "The model": facts,
        "F1 of each need": figures.need_f1(_english(needs)),
        "Best need right, by style": figures.by_style(_english(needs), figures.best_need_right),
        "Danger noticed, by kind": figures.noticed_by_kind(safety),
        "Danger noticed, by style": figures.by_style(danger, figures.flagged),
    }


def _report(texts, ours, stock):
    needs, safety = texts["needs"], texts["safety"]
    danger = [text for text in safety if text["safety"] != NO_DANGER]
    english = _english(needs)
    yield "# How well Blether understands"
    yield ""
    yield "Written by `make evaluate`. Every figure is from the texts in `data/evaluation`: written"
    yield "by other writers than the training texts, never trained or tuned on. They are"
    yield f"{len(english)} texts about needs in English and Scots,"
    yield f"{len(needs) - len(english)} in other languages, {len(danger)} about danger,"
    yield f"{len(safety) - len(danger)} harmless ones that sound like it, and"
    yield f"{len(texts['everyday'])} ordinary messages as any phone holds them."
    yield ""
    for title, rows in ours.items():
        yield from _table(title, {STOCK: stock.get(title, {}), OURS: rows})
        if title == "The model":
            yield "Stock Rasa is the pipeline that `rasa init` writes, with its 100 epochs. On all"
            yield "our texts it would train for hours on two cores, so it learns from evenly chosen"
            yield "ones. Its figures are kept in `evaluation/stock.json`;"
            yield "`python -m bot evaluate --stock` measures them anew (most of an hour)."
            yield ""
    yield from _table(
        'The short question, "is it more about this or that?"',
        {OURS: figures.short_question(needs)},
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
    """Rows of figures, a column for each model; a dash for what was not measured."""
    names = list(columns)
    yield f"| {title} | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for row in columns[names[-1]]:
        yield f"| {row} | {' | '.join(_shown(columns[name].get(row)) for name in names)} |"
    yield ""


def _shown(figure):
    if figure is None:
        return NOT_MEASURED
    return f"{figure:.3f}" if isinstance(figure, float) and figure <= 1 else f"{figure:,.0f}"
