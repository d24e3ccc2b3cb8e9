"""`larets serve` and `larets mcp` as programs, asked by the official clients."""

import asyncio
import json
import os
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mcp
import openai
import psutil
import pytest

from app.processes import native_sockets
from tests.habits import ROOT
from tests.interface.conftest import Serve, Serving, Works
from tests.interface.program import REPLY

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
ASKED = "What does the pump NP-42 deliver?"
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


def client(serving: Serving, key: str) -> openai.OpenAI:
    return openai.OpenAI(
        base_url="http://localhost/v1", api_key=key, max_retries=0, http_client=serving.client()
    )


def test_the_official_client_asks_embeds_and_lists(works: Works, serve: Serve) -> None:
    with client(serve(), works.secrets["all"]) as asks:
        assert [each.id for each in asks.models.list()] == ["larets", "Wages", "fake-embedder"]
        answer = asks.chat.completions.create(
            model="larets", messages=[{"role": "user", "content": ASKED}]
        )
        assert (
            answer.choices[0].message.content == f"{REPLY}\n\nSources:\n[1] machines.txt › line 1"
        )
        assert answer.usage is not None
        assert answer.usage.completion_tokens == len(REPLY.split())
        assert answer.model_extra is not None
        (citation,) = answer.model_extra["larets"]["citations"]
        assert citation["quote"] == "The pump NP-42 delivers 120 litres a minute."
        made = asks.embeddings.create(model="any", input=["pump", "wages", "pump"])
        first, second, third = (each.embedding for each in made.data)
        assert first == third != second
        assert len(first) == 256


def test_what_is_streamed_is_the_answer_and_ends_with_its_citations(
    works: Works, serve: Serve
) -> None:
    with client(serve(), works.secrets["all"]) as asks:
        whole = asks.chat.completions.create(
            model="larets", messages=[{"role": "user", "content": ASKED}]
        )
        pieces = list(
            asks.chat.completions.create(
                model="larets",
                messages=[{"role": "user", "content": ASKED}],
                stream=True,
                stream_options={"include_usage": True},
            )
        )
    said = "".join(each.choices[0].delta.content or "" for each in pieces if each.choices)
    assert said == whole.choices[0].message.content
    assert len(pieces) > len(REPLY.split())
    assert pieces[-1].usage == whole.usage
    assert pieces[-2].model_extra is not None
    assert whole.model_extra is not None
    assert pieces[-2].model_extra["larets"] == whole.model_extra["larets"]


def test_refusals_are_the_clients_own_errors(works: Works, serve: Serve) -> None:
    serving = serve()
    with client(serving, "larets-0-0") as asks, pytest.raises(openai.AuthenticationError):
        asks.models.list()
    search = works.secrets["search"]
    with client(serving, search) as asks, pytest.raises(openai.PermissionDeniedError):
        asks.models.list()


def test_nothing_of_what_is_asked_stays_in_the_profile(works: Works, serve: Serve) -> None:
    serving = serve()
    with client(serving, works.secrets["all"]) as asks:
        asks.chat.completions.create(model="larets", messages=[{"role": "user", "content": ASKED}])
    assert serving.stop() == 0
    with works.opened() as services:
        assert services.conversations.all() == []
        acts = [row.act for row in services.administration.log.rows()]
        assert acts[-3:] == ["use-key", "answer", "unlock"]


def test_two_hundred_at_once_are_answered_or_told_to_come_again(works: Works, serve: Serve) -> None:
    serving = serve(0.001)
    names = ["all", "machines", "everything", "wrong"]

    def ask(number: int) -> tuple[str, int, str]:
        name = names[number % 4]
        told = {"Authorization": f"Bearer {works.secrets.get(name, name)}"}
        body = {"messages": [{"role": "user", "content": ASKED}]}
        with serving.client() as asks:
            answer = asks.post("/v1/chat/completions", json=body, headers=told)
        return name, answer.status_code, answer.headers.get("retry-after", "")

    with ThreadPoolExecutor(200) as pool:
        answered = list(pool.map(ask, range(200)))
    right = {(status, again) for name, status, again in answered if name != "wrong"}
    assert {status for name, status, _ in answered if name == "wrong"} == {401}
    assert (200, "") in right
    assert right <= {(200, ""), (429, "5")}


def test_who_goes_away_stops_the_answer(works: Works, serve: Serve) -> None:
    """Or the next one would begin after a minute and more."""
    told = {"Authorization": f"Bearer {works.secrets['all']}"}
    body = {"stream": True, "messages": [{"role": "user", "content": ASKED}]}
    with serve(10).client() as asks:
        for _ in range(2):
            with asks.stream("POST", "/v1/chat/completions", json=body, headers=told) as answer:
                assert "assistant" in next(answer.iter_lines())


def test_a_local_socket_is_its_owners_alone(works: Works, serve: Serve) -> None:
    serving = serve()
    path = Path(serving.said["socket"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    told = {"Authorization": f"Bearer {works.secrets['all']}"}
    with serving.client() as asks:
        assert asks.get("/v1/models", headers=told).status_code == 200
        foreign = told | {"Host": "evil.example"}
        assert asks.get("/v1/models", headers=foreign).status_code == 421


def test_a_socket_that_a_killed_program_left_is_taken_over(serve: Serve) -> None:
    serving = serve()
    serving.process.kill()
    serving.process.wait()
    assert serve().said == serving.said


def test_a_place_that_is_taken_is_said_in_words(works: Works, tmp_path: Path) -> None:
    taken = str(tmp_path / "taken.sock")
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(taken)
        other.listen()
        done = said(works, "serve", "--socket", taken)
    assert done == "address-taken"


def said(works: Works, *words: str) -> str:
    """The code with which a command fails."""
    done = subprocess.run(
        works.command(0, *words, "--json"), cwd=ROOT, env=ENVIRONMENT, capture_output=True,
        text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return str(json.loads(done.stdout)["error"]["code"])


def test_a_port_of_this_computer_answers_a_program(works: Works, serve: Serve) -> None:
    serving = serve(0, "--port", "0")
    program = (
        "import sys, openai\n"
        "asks = openai.OpenAI(base_url=sys.argv[1] + '/v1', api_key=sys.argv[2])\n"
        "print([each.id for each in asks.models.list()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, serving.said["url"], works.secrets["all"]],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == "['larets', 'Wages', 'fake-embedder']"


@pytest.mark.parametrize("words", [("serve",), ("mcp",), ("keys", "create", "late")])
def test_a_policy_that_is_off_lets_nobody_in(works: Works, words: tuple[str, ...]) -> None:
    with works.opened() as services:
        services.administration.policies.decide("local-interface", "off")
    assert said(works, *words) == "forbidden-by-policy"


@linux
@pytest.mark.skipif(native_sockets.refused() is None, reason="no filter on this system")
def test_the_program_is_filtered_and_the_listener_after_it_listens(
    works: Works, serve: Serve
) -> None:
    serving = serve(0, "--port", "0")
    port = int(serving.said["url"].rsplit(":", 1)[1])
    program = psutil.Process(serving.process.pid)
    holders = {
        each.pid: {connection.laddr.port for connection in each.net_connections("inet")}
        for each in (program, *program.children(recursive=True))
    }
    assert [ports for ports in holders.values() if ports] == [{port}]
    (listener,) = [pid for pid, ports in holders.items() if ports]
    assert listener != program.pid
    for pid in (program.pid, listener):
        status = Path(f"/proc/{pid}/status").read_text()
        assert "Seccomp:\t2" in status  # a filter


def test_the_official_client_uses_the_tools(works: Works) -> None:
    command, *words = works.command(0, "mcp")
    server = mcp.StdioServerParameters(command=command, args=words, env=ENVIRONMENT, cwd=ROOT)

    async def run() -> None:
        async with mcp.Client(server) as asks:
            tools = (await asks.list_tools()).tools
            assert [each.name for each in tools] == [
                "search", "open_passage", "ask", "list_documents",
            ]  # fmt: skip
            assert all(each.annotations and each.annotations.read_only_hint for each in tools)
            listed = (await asks.call_tool("list_documents", {})).structured_content
            assert listed is not None
            ids = {each["name"]: each["id"] for each in listed["documents"]}
            assert set(ids) == {"machines.txt", "money.txt"}
            found = (await asks.call_tool("search", {"query": "pump NP-42"})).structured_content
            assert found is not None
            assert found["hits"][0]["document"] == ids["machines.txt"]
            opened = await asks.call_tool("open_passage", {"document": ids["money.txt"]})
            assert opened.structured_content is not None
            assert "900 roubles" in opened.structured_content["passages"][0]["text"]
            said = (await asks.call_tool("ask", {"question": ASKED})).structured_content
            assert said is not None
            assert (said["answer"], said["confirmed"]) == (REPLY, True)
            refused = await asks.call_tool("ask", {"question": ASKED, "assistant": "Nobody"})
            assert refused.is_error
            assert "There is no assistant" in str(refused.content)

    asyncio.run(run())
