"""A real model through the interface, asked by the official client as another program would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx2
import openai
import pytest

from tests.habits import ROOT

pytestmark = pytest.mark.model


@pytest.mark.timeout(300)
def test_a_real_model_streams_an_answer_with_its_citation(
    tmp_path: Path, chat_model: Path, embedding_model: Path
) -> None:
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "chat").symlink_to(chat_model.parent)
    (kit / "embedding").symlink_to(embedding_model)
    (tmp_path / "pump.txt").write_text("The pump NP-42 delivers 120 litres a minute.")
    (tmp_path / "password").write_text("password of the tests")
    place = tmp_path / "larets.sock"
    common = ["--data-dir", tmp_path / "data", "--password-file", tmp_path / "password", "--json"]
    environment = os.environ | {"LARETS_MODELS": str(kit), "PYTHONPATH": str(ROOT)}

    def command(*words: str) -> list[str]:
        return [sys.executable, "-m", "app", *map(str, common), *words]

    def done(*words: str) -> dict[str, str]:
        ran = subprocess.run(
            command(*words), cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        found: dict[str, str] = json.loads(ran.stdout)
        return found

    done("profile", "create", "Anna")
    done("models", "use", "smollm2-135m-instruct-q4_1")
    done("add", str(tmp_path / "pump.txt"))
    done("policy", "set", "local-interface", "on")
    key = done("keys", "create", "tests")["key"]
    serving = subprocess.Popen(
        command("serve", "--socket", str(place)), cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert serving.stdout is not None
        assert json.loads(serving.stdout.readline()) == {"socket": str(place)}
        transport = httpx2.HTTPTransport(uds=str(place))
        with openai.OpenAI(
            base_url="http://localhost/v1", api_key=key,
            http_client=httpx2.Client(transport=transport, timeout=120),
        ) as asks:  # fmt: skip
            pieces = list(
                asks.chat.completions.create(
                    model="larets",
                    messages=[
                        {"role": "user", "content": "How many litres does the NP-42 deliver?"}
                    ],
                    stream=True,
                    max_tokens=48,
                )
            )
            (vector,) = asks.embeddings.create(model="any", input="pump").data
        text = "".join(each.choices[0].delta.content or "" for each in pieces)
        assert "120" in text
        assert "pump.txt" in text
        extension = (pieces[-1].model_extra or {})["larets"]
        assert extension["confirmed"]
        assert len(vector.embedding) == 384
    finally:
        serving.terminate()
        assert serving.wait(60) == 0
        assert not place.exists()
        if serving.stdout is not None:
            serving.stdout.close()
