from bot.evaluation import figures


def a_text(needs=(), found=(), *, safety="none", act="none", style="plain", kind=None, chance=0.9):
    safety_found = {"id": kind or (safety if act != "none" else "none"), "confidence": chance}
    return {
        "needs": list(needs),
        "safety": safety,
        "style": style,
        "answer": {
            "needs": [{"id": need, "confidence": 0.8} for need in found],
            "unsure_between": [],
            "safety": safety_found | {"act": act},
        },
    }


def test_f1_counts_what_was_found_wrongly_and_what_was_missed():
    texts = [a_text(["food"], ["food"]), a_text(["food"], []), a_text([], ["food"])]
    assert figures.need_f1(texts)["food"] == 0.5
    assert figures.micro_f1(texts) == 0.5


def test_texts_in_other_languages_count_apart():
    texts = [a_text(["food"], ["food"]), a_text(["food"], ["money"], style="other")]
    found = figures.needs_figures(texts)
    assert found["best need right"] == 1
    assert found["needs macro-F1, other languages"] == 0


def test_noticed_is_more_than_alarmed_and_the_kind_is_of_those_noticed():
    texts = [
        a_text(safety="suicide_self_harm", act="alarm"),
        a_text(safety="suicide_self_harm", act="ask", kind="abuse_danger"),
        a_text(safety="suicide_self_harm"),
        a_text(act="alarm", kind="abuse_danger"),
        a_text(),
    ]
    found = figures.safety_figures(texts, everyday=[a_text(), a_text(act="ask")])
    assert round(found["danger noticed (alarm or ask)"], 2) == 0.67
    assert round(found["danger alarmed at once"], 2) == 0.33
    assert found["right kind, of those noticed"] == 0.5
    assert found["look-alikes alarmed"] == 0.5
    assert found["texts about needs alarmed or asked about"] == 0.5


def test_of_everyday_messages_false_alarms_and_false_needs_count():
    found = figures.everyday_figures([a_text(act="alarm"), a_text(act="ask"), a_text([], ["food"])])
    assert [round(figure, 2) for figure in found.values()] == [0.33, 0.67, 0.67]


def test_the_chance_of_danger_is_read_from_either_answer():
    texts = [a_text(safety="abuse_danger", act="ask", chance=0.3), a_text(chance=0.9)]
    assert [round(chance, 1) for chance, _ in figures.danger_confidences(texts)] == [0.3, 0.1]


def test_the_confusion_has_a_row_for_texts_without_a_need():
    counts = figures.confusion([a_text([], ["food"]), a_text(["food"], ["food", "money"])])
    assert counts.shape == (21, 21)
    assert (counts[20, 1], counts[1, 1]) == (1, 1)


def test_reliability_bins_hold_every_answer():
    bins = figures.reliability([(0.1, False), (0.2, False), (0.8, True), (0.9, True)], bins=2)
    assert [(round(mean, 2), right, count) for mean, right, count in bins] == [
        (0.15, 0.0, 2),
        (0.85, 1.0, 2),
    ]
