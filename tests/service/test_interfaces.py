"""The interfaces that others rely on: commands, channels and exports, as a caller sees them."""

import json
from itertools import count

import pytest

pytestmark = pytest.mark.slow

POSSIL = "+447700900101"
ASKS = {
    "need", "area", "want_callback", "practice", "name", "phone", "safe_contact", "time",
    "voicemail", "language", "age", "confirm", "safety_check", "feedback", None,
}  # fmt: skip
_id = count(1)


def text_as(service, sender, text, **more):
    """One simulated SMS; returns the replies."""
    body = {"from": sender, "to": POSSIL, "message_id": f"m{next(_id)}", "text": text, **more}
    status, replies = service.post("simulated_sms/webhook", body)
    assert status == 200, replies
    return replies


def test_triage_answers_line_by_line_in_order(service):
    texts = [
        {"id": "a", "text": "nae food in the hoose and the weans are starving"},
        {"id": "b", "text": "I want to kill myself"},
        {"id": "c", "text": "ok see you at the football"},
        {"id": "d", "text": ""},
    ]
    result = service.command(
        "triage", module="bot", stdin="".join(json.dumps(t) + "\n" for t in texts)
    )
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c", "d"], result.stderr
    food, danger, football, empty = answers
    assert food["needs"][0]["id"] == "food"
    assert (danger["safety"]["id"], danger["safety"]["act"]) == ("suicide_self_harm", "alarm")
    for quiet in (football, empty):
        assert quiet["needs"] == []
        assert (quiet["safety"]["id"], quiet["safety"]["act"]) == ("none", "none")
    assert all(set(a) == {"id", "needs", "safety", "language"} for a in answers)


def test_supports_are_suggested_from_the_command_line(service):
    asked = ("--need", "food", "--near", "G51", "--limit", "3", "--json")
    result = service.command("supports", *asked)
    suggestions = json.loads(result.stdout)
    assert 1 <= len(suggestions) <= 3
    keys = {"id", "name", "phone", "url", "distance_km", "open_now", "checked_on", "why"}
    assert all(set(s) == keys for s in suggestions)


def test_an_unknown_need_is_refused_in_words(service):
    result = service.command("supports", "--need", "unicorns", "--json")
    assert result.returncode == 2
    assert "unicorns" in result.stderr


def test_rasas_own_http_channel_works(service):
    status, replies = service.post("rest/webhook", {"sender": "rest-1", "message": "hi"})
    assert status == 200
    assert all(reply["recipient_id"] == "rest-1" and reply["text"] for reply in replies)


def test_a_text_ends_in_the_callbacks_export(service):
    sender = "+447700900021"
    text_as(service, sender, "ma leccy meter is empty, am in G22, can someone phone me")
    for answer in ("Shug", "no before 10", "naw", "aye", "aye"):
        replies = text_as(service, sender, answer)
        assert {reply["asks"] for reply in replies} <= ASKS
    (callback,) = [c for c in service.callbacks() if c["phone"] == sender]
    assert callback["name"] == "Shug"
    assert callback["channel"] == "simulated_sms"
    assert callback["needs"][0] == "energy"
    assert callback["not_before"] == "10:00"
    assert callback["voicemail_ok"] is False
    assert callback["status"] == "waiting"
    assert callback["words"] == "ma leccy meter is empty, am in G22, can someone phone me"
    assert set(callback) == {
        "reference", "status", "conversation", "channel", "practice", "name", "phone", "needs",
        "safety", "area", "time_preference", "days", "not_before", "not_after", "voicemail_ok",
        "language", "interpreter", "on_behalf_of", "link_worker", "requested_at", "due_by", "words",
    }  # fmt: skip


@pytest.mark.postgresql
@pytest.mark.redis
def test_the_same_on_postgresql_and_redis(service_on_postgresql):
    sender = "+447700900026"
    text_as(service_on_postgresql, sender, "ma leccy meter is empty, am in G22, ring me")
    for answer in ("Shug", "any time", "naw", "aye", "aye"):
        text_as(service_on_postgresql, sender, answer)
    (callback,) = [c for c in service_on_postgresql.callbacks() if c["phone"] == sender]
    assert (callback["name"], callback["status"]) == ("Shug", "waiting")


def test_web_chat_keeps_what_a_lost_connection_missed(service):
    _, session = service.post("web/session", {})
    body = {"session": session["session"], "message_id": "1", "text": "hello"}
    _, first = service.post("web/webhook", body)
    _, again = service.post("web/webhook", body)
    assert first == again
    assert first[-1]["asks"] == "need"
    _, missed = service.get(f"web/messages?session={session['session']}&after=0")
    assert missed == first
    _, later = service.get(f"web/messages?session={session['session']}&after={first[-1]['id']}")
    assert later == []
    assert session["conversation"] != session["session"]


def test_a_yes_or_no_question_offers_quick_replies(service):
    replies = text_as(service, "+447700900322", "nae food in the hoose, am in Govan")
    assert replies[-1]["asks"] == "want_callback"
    assert replies[-1]["options"] == ["Yes", "No"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😭😭😭",
        "x " * 2500,
        "אני רעב ואין לי אוכל",
        "\u202egnihtemos\u202c \x07\x1b[31m\x00",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "'; DROP TABLE social_prescribing_callback; --",
        "/restart",
        "/signal_danger{\"x\": 1}",
        "{{ 7 * 7 }} {practice} {name} %s",
        "\n\n\n?",
    ],
    ids=[
        "empty", "spaces", "emoji", "5000 characters", "right to left", "control characters",
        "html", "sql", "a slash command", "a slash command with slots", "templates", "blank lines",
    ],
)  # fmt: skip
def test_odd_texts_get_a_kind_answer_and_are_kept(service, text):
    _, session = service.post("web/session", {})
    body = {"session": session["session"], "message_id": "odd", "text": text}
    status, replies = service.post("web/webhook", body)
    assert status == 200
    assert 1 <= len(replies) <= 2
    assert all("{" not in reply["text"] for reply in replies)
    assert "999" not in replies[-1]["text"].rpartition("Send STOP to end.")[2], "no alarm"
    after = service.post("web/webhook", {**body, "message_id": "next", "text": "nae food in"})
    assert after[1][-1]["asks"] in ("area", "want_callback"), "the conversation goes on"


def test_arabic_is_answered_in_arabic_and_asks_a_name_a_place_and_a_number(service):
    _, session = service.post("web/session", {})
    body = {"session": session["session"], "message_id": "1", "text": "أنا جائع وليس لدي طعام"}
    _, replies = service.post("web/webhook", body)
    assert [reply["asks"] for reply in replies] == ["name"]
    assert "مترجم" in replies[0]["text"]
    assert "999" in replies[0]["text"]
    _, replies = service.post("web/webhook", {**body, "message_id": "2", "text": "Yusuf, after 2"})
    assert [reply["asks"] for reply in replies] == ["area"]
    _, replies = service.post("web/webhook", {**body, "message_id": "3", "text": "Govan"})
    assert [reply["asks"] for reply in replies] == ["phone"]


def test_a_photo_without_words_is_kept_and_answered(service):
    replies = text_as(service, "+447700900323", "", media=["https://media.example/1.jpg"])
    assert "picture" in replies[-1]["text"]


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("web/webhook", b"no json", "JSON"),
        ("web/webhook", [], "object"),
        ("web/webhook", {"session": "s"}, "message_id is missing"),
        ("web/webhook", {"session": "s", "message_id": "1", "text": 5}, "text must be a text"),
        ("web/webhook", {"session": "s", "message_id": "1", "text": "x" * 10_001}, "longer"),
        ("simulated_sms/webhook", {"from": "Bob", "to": POSSIL, "message_id": "1"}, "not a number"),
        (
            "simulated_sms/webhook",
            {"from": "+447700900324", "to": "+447700900999", "message_id": "1", "text": "hi"},
            "no contact number",
        ),
        ("rest/webhook", {"sender": 5, "message": "hi"}, "sender must be a text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(service, path, body, reason):
    status, answer = service.post(path, body)
    assert status == 400
    assert reason in answer["error"]


def test_no_patients_words_are_logged(service):
    text_as(service, "+447700900325", "ma unlikelyword is aff, am in G22, ring me")
    text_as(service, "+447700900325", "I want to kill myself unlikelyword")
    assert "unlikelyword" not in service.log.read_text()


def test_a_second_start_on_a_taken_port_says_so(service):
    port = service.desk.rpartition(":")[2]
    result = service.command("run", "--desk-port", port)
    assert result.returncode != 0
    assert f"Port {port} is taken" in result.stderr
