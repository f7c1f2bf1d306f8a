"""What is told of a call in Python beside its model: limits, retries, how often, prompt, history, where it counts."""

from __future__ import annotations

import pytest

from tests.inputs.llm_code.python_project import found_in, sites_in
from tollbar.inputs.llm_code.call_site import Multiplicity, Unreadable
from tollbar.location import Location

CALL = 'client.responses.create(model="gpt-4o", input="Hi there")'
HEAD = "from openai import OpenAI\nfrom settings import LIMIT\n\nclient = OpenAI()\n\n\n"


def _multiplicity(body: str, settings: str = "LIMIT = 7\n") -> Multiplicity:
    (site,) = sites_in({"app.py": HEAD + body.replace("CALL", CALL), "settings.py": settings})
    return site.multiplicity


@pytest.mark.parametrize(
    ("body", "low", "high", "reason"),
    [
        ("CALL\n", 1, 1, None),
        ("for n in range(1000):\n    CALL\n", 1000, 1000, "in a loop over range(1000) at line 7"),
        ("for n in range(2, 10, 3):\n    CALL\n", 3, 3, "in a loop over range(2, 10, 3) at line 7"),
        ("for n in range(LIMIT):\n    CALL\n", 7, 7, "in a loop over range(LIMIT) at line 7"),
        ("for n in ('a', 'b'):\n    CALL\n", 2, 2, "in a loop over ('a', 'b') at line 7"),
        ("for n, m in enumerate(open('x')):\n    CALL\n", 1, None, "in a loop over enumerate(open('x')) at line 7"),
        ("for n in range(0):\n    pass\nelse:\n    CALL\n", 1, 1, None),
        ("for n in CALL:\n    pass\n", 1, 1, None),
        ("rows = [CALL for n in range(4) for m in 'ab']\n", 8, 8, "for each of range(4) at line 7"),
        ("rows = [CALL for n in range(4) if n]\n", 1, 4, "for each of range(4) at line 7"),
        ("for n in range(5):\n    for m in range(6):\n        CALL\n", 30, 30, "in a loop over range(6) at line 8"),
        ("n = 0\nwhile n < LIMIT:\n    CALL\n", 1, 7, "in a while loop at line 8, at most 7 times"),
        ("while True:\n    CALL\n", 1, None, "in a while loop at line 7"),
        ("def f():\n    CALL\n    f()\n", 1, None, "f calls itself at line 9"),
        ("def f():\n    CALL\n\n\nfor n in range(50):\n    f()\n", 50, 50, "in a loop over range(50) at line 11"),
        (
            "def f():\n    CALL\n\ndef g():\n    f()\n\n[g() for n in range(9)]\n",
            9,
            9,
            "for each of range(9) at line 13",
        ),
    ],
)
def test_how_often_a_call_is_made(body: str, low: int, high: int | None, reason: str | None) -> None:
    found = _multiplicity(body)
    assert (found.low, found.high, found.reasons[0] if found.reasons else None) == (low, high, reason)


BACKOFF = """import backoff
import litellm


@backoff.on_exception(backoff.expo, Exception, max_tries=3)
def f():
    litellm.completion('gpt-4o', [])
"""
STAMINA = """import stamina
from openai import OpenAI


@stamina.retry(on=Exception, attempts=4)
def f():
    OpenAI(max_retries=1).responses.create(model='o1')
"""
LOOP = """from openai import OpenAI


def f():
    for attempt in range(5):
        try:
            return OpenAI(max_retries=0).responses.create(model='o1')
        except Exception:
            continue
"""


def _retries(text: str) -> int | None:
    (site,) = sites_in({"app.py": text})
    return site.max_retries


@pytest.mark.parametrize(
    ("text", "retries"),
    [
        ("from openai import OpenAI\nOpenAI().responses.create(model='o1')\n", 2),
        ("from openai import OpenAI\nOpenAI(max_retries=0).responses.create(model='o1')\n", 0),
        ("from openai import OpenAI\nOpenAI().with_options(max_retries=7).responses.create(model='o1')\n", 7),
        ("import litellm\nlitellm.completion('gpt-4o', [], num_retries=4)\n", 4),
        (BACKOFF, 2),
        (STAMINA, 7),
        (LOOP, 4),
    ],
)
def test_how_often_a_call_is_repeated_when_it_fails(text: str, retries: int) -> None:
    assert _retries(text) == retries


def test_a_loop_that_only_retries_does_not_multiply() -> None:
    body = "def f():\n  for n in range(5):\n    try:\n      return CALL\n    except OSError:\n      pass\n"
    assert _multiplicity(body) == Multiplicity()


@pytest.mark.parametrize(
    ("call", "tokens", "is_whole"),
    [
        ('client.responses.create(model="gpt-4o", input="Hi there")', 2, True),
        ('client.responses.create(model="gpt-4o", input="Hi there" + question)', 2, False),
        ('client.responses.create(model="gpt-4o", instructions="Hi", input=question)', 1, False),
        ('client.responses.create(model="gpt-4o", input=[{"role": "user", "content": "Hi there"}])', 2, True),
        ('client.responses.create(model="gpt-4o", input=question)', None, False),
    ],
)
def test_the_tokens_that_stand_in_the_source(call: str, tokens: int | None, is_whole: bool) -> None:  # noqa: FBT001
    text = f"from openai import OpenAI\n\nclient = OpenAI()\nquestion = input()\n{call}\n"
    (site,) = sites_in({"app.py": text})
    assert (site.prompt_tokens, site.is_prompt_whole, site.is_exact) == (tokens, is_whole, tokens is not None)


def test_images_of_a_prompt_are_counted() -> None:
    parts = '[{"type": "text", "text": "What is it?"}] + [{"type": "image_url", "image_url": {"url": "x"}}] * 1'
    text = (
        f"import openai\nopenai.OpenAI().chat.completions.create(model='gpt-4o', messages=[{{'content': {parts}}}])\n"
    )
    (site,) = sites_in({"app.py": text.replace(" * 1", "")})
    assert site.images == 1


@pytest.mark.parametrize(
    ("body", "grows"),
    [
        ("messages = []\nwhile True:\n    messages.append(1)\n    CALL\n", True),
        ("messages = []\nwhile True:\n    messages += [1]\n    CALL\n", True),
        ("messages = []\nwhile True:\n    messages.append(1)\n    messages = messages[-9:]\n    CALL\n", False),
        ("messages = []\nwhile True:\n    messages.append(1)\n    del messages[0]\n    CALL\n", False),
        ("while True:\n    messages = []\n    messages.append(1)\n    CALL\n", False),
        ("messages = []\nmessages.append(1)\nCALL\n", False),
    ],
)
def test_history_that_only_grows(body: str, grows: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    call = "client.chat.completions.create(model='gpt-4o', messages=messages)"
    (site,) = sites_in({"app.py": HEAD + body.replace("CALL", call), "settings.py": "LIMIT = 1\n"})
    assert site.has_unbounded_history is grows


PATH = """import json
from pathlib import Path

MODEL = json.loads((Path(__file__).parent / 'llm.json').read_text())['model']
"""
FOLLOWED = "import openai\nfrom app.settings import MODEL\n\nopenai.OpenAI().responses.create(model=MODEL)\n"


@pytest.mark.parametrize(
    ("settings", "more", "model", "origin"),
    [
        ("MODEL = 'gpt-4o'\n", {}, "gpt-4o", "constant"),
        ("import os\nMODEL = os.getenv('M', 'gpt-4o')\n", {}, "gpt-4o", "environment_default"),
        ("import os\nMODEL = os.getenv('M', 'gpt-4o')\n", {".env": "M=o1 # best\n"}, "o1", "configuration"),
        ("import os\nMODEL = os.environ['M']\n", {}, None, "unknown"),
        (
            "import yaml\nMODEL = yaml.safe_load(open('conf/llm.yml'))['chat']['model']\n",
            {"conf/llm.yml": "chat: {model: gpt-4.1}\n"},
            "gpt-4.1",
            "configuration",
        ),
        (
            PATH,
            {"app/llm.json": '{"model": "o3"}'},
            "o3",
            "configuration",
        ),
        (
            "import tomllib\nwith open('llm.toml', 'rb') as file:\n    MODEL = tomllib.load(file).get('model', 'x')\n",
            {"llm.toml": "model = 'o4-mini'\n"},
            "o4-mini",
            "configuration",
        ),
        ("TABLE = {'fast': 'gpt-4o-mini'}\nMODEL = TABLE['fast']\n", {}, "gpt-4o-mini", "constant"),
        ("BASE = 'gpt-4o'\nMODEL = f'{BASE}-mini'\n", {}, "gpt-4o-mini", "constant"),
        ("MODEL = pick()\n\n\ndef pick():\n    return 'gpt-4o'\n", {}, "gpt-4o", "constant"),
        ("from .names import BEST as MODEL\n", {"app/names.py": "BEST = 'gpt-5'\n"}, "gpt-5", "constant"),
    ],
)
def test_a_model_is_followed_to_where_it_is_told(
    settings: str, more: dict[str, str], model: str | None, origin: str
) -> None:
    (site,) = sites_in({"main.py": FOLLOWED, "app/__init__.py": "", "app/settings.py": settings, **more})
    assert (site.model, site.model_origin) == (model, origin)


def test_what_the_settings_tell_counts_before_the_code() -> None:
    text = "import os\nimport openai\nopenai.OpenAI().responses.create(model=os.getenv('M', 'gpt-4o'))\n"
    (site,) = sites_in({"app.py": text}, told_environment={"M": "gpt-4o-mini"})
    assert (site.model, site.model_origin) == ("gpt-4o-mini", "configuration")


@pytest.mark.parametrize(
    ("deployment", "told", "model", "origin"),
    [
        ("prod", {}, None, "unknown"),
        ("gpt-4o", {}, "gpt-4o", "deployment_name"),
        ("gpt-4o-mini-2024-07-18", {}, "gpt-4o-mini-2024-07-18", "deployment_name"),
        ("Llama-3.3-70B-Instruct", {}, "Llama-3.3-70B-Instruct", "deployment_name"),
        ("gpt-4o-eu", {}, None, "unknown"),
        ("gpt-4o", {"gpt-4o": "gpt-4o-mini"}, "gpt-4o-mini", "configuration"),
        ("prod", {"prod": "gpt-4o-mini"}, "gpt-4o-mini", "configuration"),
    ],
)
def test_a_deployment_is_the_model_that_the_settings_tell_or_it_is_called_like(
    deployment: str, told: dict[str, str], model: str | None, origin: str
) -> None:
    text = f"from openai import AzureOpenAI\nAzureOpenAI().responses.create(model={deployment!r}, input='')\n"
    (site,) = sites_in({"app.py": text}, deployments=told)
    assert (site.provider, site.model, site.model_origin) == ("azure.ai.openai", model, origin)
    why = f"{deployment} is the name of a deployment, which tells no model; code.deployments in tollbar.yml can"
    assert site.unknown_model == ("" if model else why)


@pytest.mark.parametrize(
    ("key", "model"), [("model", "gpt-4o"), ("answer_model", "gpt-4.1"), ("ANSWER_MODEL", "gpt-4.1")]
)
def test_a_setting_called_model_is_no_environment_variable(key: str, model: str) -> None:
    """What is called so is anything; of a name in two words the variable of a chart or of Terraform is meant."""
    text = (
        f"import os, openai\nopenai.OpenAI().responses.create(model=os.getenv('{key.upper()}', 'gpt-4o'), input='')\n"
    )
    (site, *_) = sites_in({"app.py": text, "values.yaml": f"llm:\n  {key}: gpt-4.1\n"})
    assert site.model == model


def test_a_client_for_an_unknown_server_is_not_priced_as_its_librarys_own() -> None:
    text = (
        "from openai import OpenAI\nOpenAI(base_url='https://open.bigmodel.cn/api').responses.create(model='glm-4')\n"
    )
    (site,) = sites_in({"app.py": text})
    assert (site.provider, site.model) == ("the server at open.bigmodel.cn", "glm-4")


def test_a_wrapper_is_followed_through_four_files() -> None:
    texts = {
        "a.py": "import openai\n\n\ndef send(m, text):\n    return openai.responses.create(model=m, input=text)\n",
        "b.py": "from a import send\n\n\nclass Sender:\n    def __init__(self, model):\n        self.model = model\n\n"
        "    def go(self, text):\n        return send(self.model, text)\n",
        "c.py": "from b import Sender\n\n\ndef ask(text, sender: Sender):\n    return sender.go(text)\n",
        "d.py": "from b import Sender\nfrom c import ask\n\nask('Hi', Sender('o1'))\nask('Hi', sender=Sender('o3'))\n",
    }
    assert [(site.symbol, site.location, site.model) for site in sites_in(texts)] == [
        ("d", Location("d.py", 4), "o1"),
        ("d", Location("d.py", 5), "o3"),
    ]


def test_a_wrapper_that_streams_or_not_is_one_call() -> None:
    text = (
        "import openai\n\n\ndef ask(text, stream=False):\n    if stream:\n"
        "        return openai.responses.create(model='o1', input=text, stream=True)\n"
        "    return openai.responses.create(model='o1', input=text)\n\n\nask('Hi')\n"
    )
    assert [site.location.line for site in sites_in({"app.py": text})] == [10]


def test_a_wrapper_nobody_calls_stands_for_itself_with_its_defaults() -> None:
    text = (
        "import openai\n\n\ndef ask(text, model='o1'):\n    return openai.responses.create(model=model, input=text)\n"
    )
    (site,) = sites_in({"lib/ask.py": text})
    assert (site.symbol, site.location.line, site.model) == ("ask.ask", 5, "o1")


def test_tests_of_a_project_are_no_calls_of_its_own() -> None:
    wrapper = "import openai\n\n\ndef ask(text):\n    return openai.responses.create(model='o1', input=text)\n"
    test = "from ask import ask\n\n\ndef test_it():\n    assert ask('Hi')\n"
    found = sites_in({"ask.py": wrapper, "tests/test_ask.py": test, "test_other.py": test, "scripts/run.py": test})
    assert [site.symbol for site in found] == ["scripts.run.test_it"]


def test_a_file_that_is_not_python_3_is_told() -> None:
    assert found_in({"old.py": "import openai\nprint 'hello'\n", "other.py": "print 'no library in it'\n"}) == [
        Unreadable(
            Location("old.py", 2),
            "it is not Python 3: Missing parentheses in call to 'print'. Did you mean print(...)?",
        )
    ]


@pytest.mark.parametrize(
    "text", ["import openai\n" + "(" * 500 + ")" * 500, "import openai\nx = " + "-" * 9000 + "1\n"]
)
def test_code_that_nests_too_deep_is_told_and_not_fatal(text: str) -> None:
    (found,) = found_in({"deep.py": text})
    assert isinstance(found, Unreadable)


def test_functions_that_call_each_other_end() -> None:
    text = (
        "import openai\n\n\ndef a(x, model):\n    return b(x, model)\n\n\ndef b(x, model):\n    a(x, model)\n"
        "    return openai.responses.create(model=model, input=x)\n"
    )
    assert [site.model for site in sites_in({"app.py": text})] == [None]


@pytest.mark.parametrize(
    "reading",
    [
        "(Path(__file__).parent / 'prompts' / 'a.md').read_text(encoding='utf-8')",
        "(Path(__file__).parent / 'prompts/a.md').read_text().strip()",
        "Path(__file__).resolve().parent.joinpath('prompts', 'a.md').read_text()",
        "(Path(__file__).parent / 'prompts').joinpath('a.md').read_text()",
        "(Path(__file__).parents[1] / 'app' / 'prompts' / 'a.md').read_text()",
        "(Path(__file__).parent / '../app/prompts/a.md').resolve().read_text()",
        "Path(__file__).with_name('prompts').joinpath('a.md').read_text()",
        "Path(FOLDER, 'a.md').read_text()",
        "(Path(FOLDER) / 'a.md').open().read()",
        "open(os.path.join(os.path.dirname(__file__), 'prompts', 'a.md')).read()",
        "open(Path(__file__).parent / 'prompts' / 'a.md', encoding='utf-8').read()",
        "resources.files('app').joinpath('prompts/a.md').read_text()",
        "(resources.files('app') / 'prompts' / 'a.md').read_text()",
    ],
)
def test_a_prompt_is_read_from_the_file_that_a_path_names(reading: str) -> None:
    head = "import os\nfrom importlib import resources\nfrom pathlib import Path\nimport openai\n\n"
    head += "FOLDER = Path('app/prompts')\n"
    call = f"openai.OpenAI().responses.create(model='gpt-4o', input={reading})\n"
    files = {"app/answer.py": head + call, "app/prompts/a.md": "Be kind.", "other/prompts/a.md": "Be kind. " * 9}
    (site, beside) = sites_in(files)
    assert (site.prompt_tokens, site.is_prompt_whole) == (3, True)
    assert beside.symbol == "other.prompts.a"


def test_a_path_whose_end_is_not_known_names_no_file() -> None:
    head = "from pathlib import Path\nimport openai\n\n"
    call = "def ask(name):\n    text = (Path(__file__).parent / 'prompts' / name).read_text()\n"
    call += "    return openai.OpenAI().responses.create(model='gpt-4o', input=text)\n"
    site, beside = sites_in({"app/answer.py": head + call, "app/prompts/a.md": "Be kind."})
    assert beside.symbol == "app.prompts.a"
    assert (site.prompt_tokens, site.is_prompt_whole) == (None, False)
