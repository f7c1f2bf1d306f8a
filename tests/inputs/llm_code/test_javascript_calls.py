"""What is told of a call in JavaScript or TypeScript: its model and how it was found, limits, repetition, prompt."""

from __future__ import annotations

import pytest

from tests.inputs.llm_code.python_project import found_in, sites_in
from tollbar.inputs.llm_code.call_site import CallSite, Multiplicity, Unreadable
from tollbar.location import Location

LIST4 = "for each of a list at line 4"
CLIENT = 'import OpenAI from "openai";\nconst openai = new OpenAI();\n'


def _site(code: str, **others: str) -> CallSite:
    """Return the only call in a file, other files beside it by their names with _ for a dot."""
    files = {name.replace("__", "/").replace("_", "."): text for name, text in others.items()}
    found = sites_in({"a.ts": CLIENT + code, **files})
    assert len(found) == 1
    return found[0]


def _call(model: str, more: str = "") -> str:
    return f"openai.chat.completions.create({{ model: {model}, messages: [] {more} }});\n"


def test_a_call_in_full() -> None:
    """All that the source tells."""
    site = _site(
        "class Bot {\n"
        "  async summarize(text: string) {\n"
        "    for (const part of text.split('')) {\n"
        "      await openai.responses.create({ model: 'gpt-4o', max_output_tokens: 5, input: `Sum up: ${part}` });\n"
        "    }\n  }\n}\n"
    )
    assert site == CallSite(
        Location("a.ts", 6),
        "openai",
        "chat",
        symbol="a.Bot.summarize",
        provider="openai",
        model="gpt-4o",
        model_origin="literal",
        task_type="summarization",
        max_output_tokens=5,
        max_retries=2,
        prompt_tokens=4,
        is_exact=True,
        multiplicity=Multiplicity(1, None, ("in a loop over text.split(…) at line 5",)),
    )


@pytest.mark.parametrize(
    ("code", "model", "origin"),
    [
        (_call('"gpt-4o"'), "gpt-4o", "literal"),
        (_call("`gpt-4o`"), "gpt-4o", "literal"),
        (_call("('gpt-4o' as const)!"), "gpt-4o", "literal"),
        (f"const M = 'gpt-4o';\n{_call('M')}", "gpt-4o", "constant"),
        (f"const V = '4o';\n{_call('`gpt-${V}-mini`')}", "gpt-4o-mini", "literal"),
        (f"const M = {{ a: {{ b: 'gpt-4o' }} }};\n{_call('M.a.b')}", "gpt-4o", "constant"),
        (f"const M = {{ a: 'gpt-4o' }};\nconst {{ a: m }} = M;\n{_call('m')}", "gpt-4o", "constant"),
        (f"enum M {{ A = 'gpt-4o' }}\n{_call('M.A')}", "gpt-4o", "constant"),
        (f"class M {{ static A = 'gpt-4o' }}\n{_call('M.A')}", "gpt-4o", "constant"),
        ("const all = { model: 'gpt-4o' };\nopenai.responses.create({ ...all, input: '' });\n", "gpt-4o", "constant"),
        (f"function pick() {{ return 'gpt-4o'; }}\n{_call('pick()')}", "gpt-4o", "constant"),
        (f"const pick = (m = 'gpt-4o') => m;\n{_call('pick()')}", "gpt-4o", "constant"),
        (f"export function ask(o) {{ return {_call('o.model ?? `gpt-4o`')} }}", "gpt-4o", "constant"),
        (_call("process.env.M ?? 'gpt-4o'"), "gpt-4o", "environment_default"),
        (_call("process.env['M'] || 'gpt-4o'"), "gpt-4o", "environment_default"),
        (f"const {{ M = 'gpt-4o' }} = process.env;\n{_call('M')}", "gpt-4o", "environment_default"),
        (f"const env = z.object({{ M: z.string().default('gpt-4o') }}).parse(process.env);\n{_call('env.M')}",
         "gpt-4o", "environment_default"),
        (f"const get = (n: string, d: string) => process.env[n] ?? d;\n{_call('get(`M`, `gpt-4o`)')}",
         "gpt-4o", "environment_default"),
    ],
)  # fmt: skip
def test_a_model_is_followed_within_a_file(code: str, model: str, origin: str) -> None:
    """Names, objects, enums, functions, variables of the environment."""
    site = _site(code)
    assert (site.model, site.model_origin) == (model, origin)


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ('import { M } from "./m";', {"m.ts": "export const M = 'gpt-4o';"}),
        ('import { M } from "./m.js";', {"m.ts": "export const M = 'gpt-4o';"}),
        ('import M from "./m";', {"m/index.js": "export default 'gpt-4o';"}),
        ('import { M } from "@/lib/m";', {"src/lib/m.ts": "export const M = 'gpt-4o';"}),
        ('import { M } from "./m";', {"m.ts": 'export { N as M } from "./n";', "n.ts": "export const N = 'gpt-4o';"}),
        ('import { M } from "./m";', {"m.ts": 'export * from "./n";', "n.ts": "const M = 'gpt-4o';\nexport { M };"}),
        ('const { M } = require("./m");', {"m.js": "module.exports = { M: 'gpt-4o' };"}),
        ('const M = require("./m").M;', {"m.js": "exports.M = 'gpt-4o';"}),
        ('import c from "./c.json";\nconst M = c.llm.model;', {"c.json": '{"llm": {"model": "gpt-4o"}}'}),
        (
            'import { M } from "@acme/m";',
            {"p/m/package.json": '{"name": "@acme/m"}', "p/m/src/index.ts": "export const M = 'gpt-4o'"},
        ),
        (
            'import fs from "fs"; import yaml from "yaml"; const M = yaml.parse(fs.readFileSync("c.yaml")).model',
            {"c.yaml": "model: gpt-4o\n"},
        ),
    ],
)  # fmt: skip
def test_a_model_is_followed_from_file_to_file(line: str, files: dict[str, str]) -> None:
    """Imports of each kind, a package of the project itself, files of settings: the model is told once."""
    sites = sites_in({"a.ts": f"{CLIENT}{line}\n{_call('M')}", **files})
    assert [(site.location.file, site.model) for site in sites] == [("a.ts", "gpt-4o")]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("openai.chat.completions.create({ messages: [] });\n", "no model is told in the call"),
        (_call("process.env.M"), "it is read from the environment variable M"),
        (_call("await load()"), "it is worked out when it runs"),
        (_call("`gpt-${version}`"), "its name is put together when it runs"),
        (f"export function ask(model) {{ return {_call('model')} }}", "it is told by a parameter of ask"),
        (
            'import { AzureOpenAI as A } from "openai"; new A({}).responses.create({ model: "prod", input: "" });',
            "prod is the name of a deployment, which tells no model; code.deployments in tollbar.yml can",
        ),
        ('openai.batches.create({ input_file_id: "f" });\n', "the model stands in the batch's input file"),
    ],
)
def test_a_model_that_is_not_known_says_why(code: str, why: str) -> None:
    """It is never guessed."""
    site = _site(code)
    assert (site.model, site.model_origin, site.unknown_model) == (None, "unknown", why)


@pytest.mark.parametrize(
    "model",
    ["fast ? 'gpt-4o-mini' : 'gpt-4o'", "{ a: 'gpt-4o-mini', b: 'gpt-4o' }[tier]", "['gpt-4o-mini', 'gpt-4o'][n]"],
)
def test_one_of_several_models(model: str) -> None:
    """Each is a site that stands for half of the call."""
    sites = sites_in({"a.ts": CLIENT + _call(model)})
    assert [(site.model, site.alternatives) for site in sites] == [("gpt-4o-mini", 2), ("gpt-4o", 2)]


@pytest.mark.parametrize(
    ("options", "provider"),
    [
        ("", "openai"),
        ('{ baseURL: "https://api.groq.com/openai/v1" }', "groq"),
        ('{ baseURL: "https://api.deepseek.com" }', "deepseek"),
        ('{ baseURL: process.env.BASE ?? "https://openrouter.ai/api/v1" }', "openrouter"),
        ('{ baseURL: "http://localhost:11434/v1" }', "the server at localhost:11434"),
        ("{ baseURL: process.env.BASE }", "openai"),
        ("options", "openai"),
    ],
)
def test_the_address_of_a_client_tells_whose_model_it_is(options: str, provider: str) -> None:
    """Most providers speak OpenAI's protocol."""
    code = (
        f'import OpenAI from "openai";\nnew OpenAI({options}).chat.completions.create({{ model: "x", messages: [] }});'
    )
    assert [site.provider for site in sites_in({"a.ts": code})] == [provider]


@pytest.mark.parametrize(
    ("around", "low", "high"),
    [
        ("CALL", 1, 1),
        ("for (let i = 0; i < 10; i++) { CALL }", 10, 10),
        ("for (let i = 1; i <= N; i++) { CALL }", 7, 7),
        ("for (let i = 0; i < 10; i++) { if (x) break; CALL }", 1, 10),
        ("for (let i = 0; i < n; i++) { CALL }", 1, None),
        ("for (let i = 0; i < LIST.length; i++) { CALL }", 3, 3),
        ("for (const x of LIST) { for (const y of LIST) { CALL } }", 9, 9),
        ("for await (const x of stream) { CALL }", 1, None),
        ("for (const x in LIST) { CALL }", 3, 3),
        ("while (more) { CALL }", 1, None),
        ("do { CALL } while (more);", 1, None),
        ("LIST.map((x) => CALL)", 3, 3),
        ("LIST.forEach(async function (x) { CALL })", 3, 3),
        ("things.map((x) => CALL)", 1, None),
        ("Promise.all(LIST.map(async (x) => { CALL }))", 3, 3),
        ("Array.from({ length: 4 }, () => CALL)", 4, 4),
        ("Array(6).fill(0).map(() => CALL)", 6, 6),
        ("new Array(6).fill(0).map(() => CALL)", 6, 6),
        ("pMap(LIST, (x) => CALL)", 3, 3),
        ("setInterval(() => { CALL }, 1000);", 1, None),
        ("limit(() => CALL)", 1, 1),
        ("app.get('/', async () => { CALL });", 1, 1),
        ("for (const x of list(CALL)) { other(); }", 1, 1),
        ("const rows = []; rows.push(1); for (const r of rows) { CALL }", 1, None),
    ],
)
def test_loops_and_callbacks_multiply_a_call(around: str, low: int, high: int | None) -> None:
    """A bound that is written counts; where none is, there is none."""
    call = 'openai.chat.completions.create({ model: "gpt-4o", messages: [] })'
    site = _site(f"const LIST = ['a', 'b', 'c'];\nconst N = 7;\n{around.replace('CALL', call)}\n")
    assert (site.multiplicity.low, site.multiplicity.high) == (low, high)


@pytest.mark.parametrize(
    ("code", "low", "high", "reasons"),
    [
        ("export async function ask() { CALL }\nfor (const q of qs) ask();", 1, None, ("in a loop over qs at line 4",)),
        ("const f = async () => { CALL };\n[1, 2].map(g); function g() { f() }", 2, 2, (LIST4,)),
        ("class A { async ask() { CALL } all() { return xs.map(this.ask); } }", 1, None, ("for each of xs at line 3",)),
        ("const f = async () => { CALL };\nf();\n[1, 2].map((x) => f());", 1, 2, ("for each of a list at line 5",)),
        ("async function ask(n) { CALL\n  if (n) return ask(n - 1);\n}", 1, None, ("ask calls itself at line 4",)),
        (
            "module.exports = async function ask(n) { CALL\n  return ask(n - 1);\n};",
            1, None, ("ask calls itself at line 4",),
        ),
        (
            "class A { async ask() { CALL } async all() { for (const x of xs) await this.ask(); } }",
            1, None, ("in a loop over xs at line 3",),
        ),
    ],
)  # fmt: skip
def test_callers_in_loops_and_recursion_multiply_a_call(
    code: str, low: int, high: int | None, reasons: tuple[str, ...]
) -> None:
    """What calls the function counts, however many functions lie between."""
    call = 'await openai.chat.completions.create({ model: "gpt-4o", messages: [] });'
    assert _site(code.replace("CALL", call)).multiplicity == Multiplicity(low, high, reasons)


@pytest.mark.parametrize(
    ("code", "retries", "reasons"),
    [
        ("CALL", 2, ()),
        ("new OpenAI({ maxRetries: 0 }).chat.completions.create({ model: 'gpt-4o', messages: [] })", 0, ()),
        ("openai.chat.completions.create({ model: 'gpt-4o', messages: [] }, { maxRetries: 7 })", 7, ()),
        ("pRetry(() => CALL, { retries: 3 })", 11, ("repeated up to 3 times on failure by pRetry at line 4",)),
        ("pRetry(() => CALL)", 32, ("repeated up to 10 times on failure by pRetry at line 4",)),
        ("backOff(() => CALL, { numOfAttempts: 4 })", 11, ("repeated up to 3 times on failure by backOff at line 4",)),
        ("withRetry(() => CALL, { maxAttempts: 2 })", 5, ("repeated up to 1 times on failure by withRetry at line 4",)),
        (
            "for (let i = 0; i < 4; i++) { try { return await CALL; } catch (e) { wait(i); } }",
            11, ("repeated up to 3 times on failure in the loop at line 4",),
        ),
        (
            "own(() => CALL);\nfunction own(run, n = 3) { for (let i = 0; i < n; i++) try { return run() } catch {} }",
            8, ("repeated up to 2 times on failure by own at line 4",),
        ),
    ],
)  # fmt: skip
def test_retries_of_the_client_and_around_it(code: str, retries: int, reasons: tuple[str, ...]) -> None:
    """Each attempt of the one is repeated by the other; it is still one call each time that it succeeds."""
    call = 'openai.chat.completions.create({ model: "gpt-4o", messages: [] })'
    packages = 'import pRetry from "p-retry"; import { backOff } from "exponential-backoff";\n'
    site = _site(packages + code.replace("CALL", call))
    assert (site.max_retries, site.multiplicity) == (retries, Multiplicity(1, 1, reasons))


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("max_tokens: 100", 100),
        ("max_completion_tokens: 1_000", 1000),
        ("max_tokens: 4 * 1024", 4096),
        ("max_tokens: Number(process.env.MOST ?? 500)", 500),
        ("max_tokens: limit", None),
    ],
)
def test_limits_of_an_answer(limit: str, expected: int | None) -> None:
    """Numbers as people write them."""
    assert _site(_call('"gpt-4o"', f", {limit}")).max_output_tokens == expected


@pytest.mark.parametrize(
    ("messages", "tokens", "is_whole", "images"),
    [
        ("[{ role: 'user', content: 'Hello there' }]", 2, True, None),
        ("[{ role: 'user', content: question }]", None, False, None),
        ("[{ role: 'user', content: `Hello there ${name}` }]", 3, False, None),
        ("[{ role: 'user', content: 'Hello' + ' there' }]", 2, True, None),
        ("[{ role: 'user', content: ['Hello', 'there'].join(' ') }]", 2, True, None),
        ("[{ role: 'user', content: [{ type: 'text', text: 'Hello there' }, { type: 'image_url', image_url: u }] }]",
         2, True, 1),
        ("[{ role: 'system', content: 'Hello there' }, ...history]", 2, False, None),
        ("build()", None, False, None),
    ],
)  # fmt: skip
def test_what_of_a_prompt_stands_in_the_source(
    messages: str,
    tokens: int | None,
    is_whole: object,
    images: int | None,
) -> None:
    """Texts are counted; what is put in when it runs leaves the prompt open."""
    site = _site(f"openai.chat.completions.create({{ model: 'gpt-4o', messages: {messages} }});")
    assert (site.prompt_tokens, site.is_prompt_whole, site.images) == (tokens, is_whole, images)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("const h = [];\nfunction f(x) { h.push(x); return CALL(h); }", True),
        ("const h = [];\nfunction f(x) { h.push(x); return CALL([...h]); }", True),
        ("const h = [];\nfunction f(x) { h.push(x); return CALL(h.slice(-5)); }", False),
        ("const h = [];\nfunction f(x) { h.push(x); if (h.length > 9) h.shift(); return CALL(h); }", False),
        ("function f(x) { const h = [];\n h.push(x); return CALL(h); }", False),
        ("function f(h) { while (true) { CALL(h); h.push(1); } }", True),
        ("function f(x) { let h = [x];\n for (;;) { CALL(h); h = [...h, x]; } }", True),
        ("class A { h = [];\n f(x) { this.h.push(x); return CALL(this.h); } }", True),
        ("const h = [];\nfunction f(x) { return CALL(h); }", False),
    ],
)
def test_history_that_only_grows(code: str, expected: object) -> None:
    """A list that outlives the call, is added to and never cut."""
    call = code.replace("CALL(", "openai.chat.completions.create({ model: 'gpt-4o', messages: ")
    call = call.replace("messages: h)", "messages: h })").replace("messages: [...h])", "messages: [...h] })")
    call = call.replace("h.slice(-5))", "h.slice(-5) })").replace("messages: this.h)", "messages: this.h })")
    assert _site(call).has_unbounded_history == expected


def test_a_wrapper_is_told_by_those_who_give_the_model() -> None:
    """The place is the caller's, the limits the wrapper's; who gives none gets the default."""
    files = {
        "llm.ts": CLIENT + "export const ask = (q: string, model = 'gpt-4o-mini', o = { max: 9 }) =>\n"
        "  openai.chat.completions.create({ model, max_tokens: o.max, messages: [{ role: 'user', content: q }] });\n",
        "b.ts": "import { ask as call } from './llm';\nexport const one = () => call('Hello there');\n",
        "c.ts": "import * as llm from './llm';\nexport const two = () => llm.ask('Hi', 'gpt-4o', { max: 5 });\n",
    }
    found = [
        (str(site.location), site.symbol, site.model, site.max_output_tokens, site.prompt_tokens)
        for site in sites_in(files)
    ]
    assert found == [("b.ts:2", "b.one", "gpt-4o-mini", 9, 2), ("c.ts:2", "c.two", "gpt-4o", 5, 1)]


@pytest.mark.parametrize(
    "path", ["a.test.ts", "a.spec.js", "tests/a.ts", "src/__tests__/a.ts", "e2e/a.ts", "a.d.ts", "a.min.js"]
)
def test_calls_in_tests_are_left_out(path: str) -> None:
    """And what no one wrote: declarations, minified files. Scripts are not left out."""
    files = {path: CLIENT + _call('"x"'), "scripts/b.ts": CLIENT + _call('"x"')}
    assert [site.location.file for site in sites_in(files)] == ["scripts/b.ts"]


def test_a_component_file_is_read_by_its_script() -> None:
    """Lines stay those of the file."""
    script = f"<script setup lang='ts'>\n{CLIENT}{_call(repr('gpt-4o'))}</script>\n"
    text = f"<template>\n  <p>{{{{ x }}}}</p>\n</template>\n{script}"
    assert [str(site.location) for site in sites_in({"App.vue": text})] == ["App.vue:7"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CLIENT + "const x = {{{ ;", [Unreadable(Location("a.ts", 3), "it is not valid JavaScript or TypeScript")]),
        ("const x = {{{ ;", []),
        ("", []),
        ("\x00\x01", []),
    ],
)
def test_a_broken_file_is_told_where_it_may_hold_calls(text: str, expected: list[Unreadable]) -> None:
    """One that imports no provider's package holds none."""
    assert found_in({"a.ts": text}) == expected


def test_a_broken_file_still_tells_the_calls_that_can_be_read() -> None:
    """A mistake in one place hides no call in another."""
    assert [site.model for site in sites_in({"a.ts": f"{CLIENT}{_call(repr('gpt-4o'))}\nfunction (\n"})] == ["gpt-4o"]


def test_a_text_of_a_thousand_parts_and_one_that_holds_itself() -> None:
    """Generated code, and a variable that is added to itself."""
    long = " + ".join(["'Hello there '"] * 1000)
    site = _site(f"let t = 'Hello'; t = t + t;\nopenai.responses.create({{ model: 'gpt-4o', input: {long} + t }});")
    assert (site.prompt_tokens, site.is_prompt_whole) == (2001, True)


@pytest.mark.parametrize(
    "code",
    [
        'const client = require("twilio")();\nclient.messages.create({ model: "gpt-4o" });',
        'import { Model } from "mongoose";\nModel.create({ model: "gpt-4o" });',
        'fetch("/api/chat", { body: JSON.stringify({ model: "gpt-4o" }) });',
        'import OpenAI from "openai";\nnew OpenAI().models.list();',
        'import OpenAI from "openai";\nexport type M = OpenAI.Chat.ChatModel;',
        "// openai.chat.completions.create({ model: 'gpt-4o' })",
    ],
)
def test_what_only_looks_like_a_call_is_none(code: str) -> None:
    """A shape is told by what is imported, not by the name of a method."""
    assert found_in({"a.ts": code}) == []
