"""A program that asks with a key, to be copied: it needs nothing but Python."""

_PROGRAM = """import json, urllib.request

KEY = "{key}"
question = {{"role": "user", "content": "When does the lease end?"}}
request = urllib.request.Request(
    "http://127.0.0.1:8613/v1/chat/completions",
    json.dumps({{"model": "larets", "messages": [question]}}).encode(),
    {{"Authorization": f"Bearer {{KEY}}", "Content-Type": "application/json"}},
)
print(json.load(urllib.request.urlopen(request))["choices"][0]["message"]["content"])"""


def program(key: str) -> str:
    """Ten lines, against the port on which `larets serve` listens unless told otherwise."""
    return _PROGRAM.format(key=key)
