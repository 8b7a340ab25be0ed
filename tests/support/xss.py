"""Texts that try to run a script, reach another site or break out of the page, for every input.

A payload that runs sets `window.ran`; one that fetches asks the host foreign.example.
"""

from __future__ import annotations

import re
from itertools import product

from bleach._vendor import html5lib

RUN = "window.ran=1"
FOREIGN = "https://foreign.example/x"

_RAW = (
    "<script>{run}</script>",
    "<SCRIPT SRC={foreign}.js></SCRIPT>",
    "<scr<script>ipt>{run}</scr</script>ipt>",
    "<script\x0c>{run}</script>",
    "<script >{run}</script\t>",
    "</p><script>{run}</script>",
    "</code></pre><script>{run}</script>",
    "</textarea><script>{run}</script>",
    "</title><script>{run}</script>",
    "--><script>{run}</script>",
    "<!--><script>{run}</script>-->",
    "<![CDATA[<script>{run}</script>]]>",
    "<?xml ?><script>{run}</script>",
    "<img src=x onerror={run}>",
    "<img src=x:x onerror='{run}'//",
    '<img """><script>{run}</script>">',
    "<img/src='x'/onerror={run}>",
    "<img src={foreign}.png>",
    "<img srcset='{foreign}.png 1x'>",
    "<image src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg/onload={run}//",
    "<svg><script>{run}</script></svg>",
    "<svg><a xlink:href='javascript:{run}'><text>a</text></a></svg>",
    "<svg><animate onbegin={run} attributeName=x></svg>",
    "<svg><style><img src=x onerror={run}></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror={run}>",
    "<math href='javascript:{run}'>a</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={run}>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<noembed><img title='</noembed><img src=x onerror={run}>'></noembed>",
    "<style><img title='</style><img src=x onerror={run}>'></style>",
    "<template><script>{run}</script></template>",
    "<iframe src='javascript:{run}'></iframe>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<object data='javascript:{run}'></object>",
    "<embed src='javascript:{run}'>",
    "<body onload={run}>",
    "<details open ontoggle={run}>",
    "<video><source onerror={run}></video>",
    "<audio src={foreign}.mp3 autoplay onerror={run}>",
    "<input autofocus onfocus={run}>",
    "<select autofocus onfocus={run}><option>a</select>",
    "<marquee onstart={run}>a</marquee>",
    "<a href='javascript:{run}'>a</a>",
    "<a href=' &#14; javascript:{run}'>a</a>",
    "<a onmouseover={run} href=#>a</a>",
    "<form action='javascript:{run}'><button>a</button></form>",
    "<button formaction='javascript:{run}'>a</button>",
    "<base href='{foreign}/'>",
    "<meta http-equiv=refresh content='0;url={foreign}'>",
    "<link rel=stylesheet href='{foreign}.css'>",
    "<style>@import '{foreign}.css';</style>",
    "<p style='background:url({foreign}.png)'>a</p>",
    "<p id=csrf_token class=hidden data-x=1 onclick={run}>a</p>",
    "<x contenteditable onblur={run}>a</x>",
)
_AROUND = (
    "{raw}",
    "**{raw}**",
    "`a` {raw} `b",
    "- {raw}",
    "> {raw}",
    "# {raw}",
    "| a | b |\n|---|---|\n| {raw} | c |",
    "[{raw}](https://site.example)",
    "a[^1]\n\n[^1]: {raw}",
    "```\n{raw}",
    "``` {raw}\na\n```",
)
_ADDRESSES = (
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    " javascript:{run}",
    "\tjavascript:{run}",
    "java\tscript:{run}",
    "java\nscript:{run}",
    "java&#10;script:{run}",
    "java&NewLine;script:{run}",
    "javascript&colon;{run}",
    "javascript&#58;{run}",
    "&#106;avascript:{run}",
    "&#x6A;&#x61;vascript:{run}",
    "j\\avascript:{run}",
    "javascript\\:{run}",
    "\x01javascript:{run}",
    "\u200bjavascript:{run}",
    "java\u00adscript:{run}",
    "javascript://site.example/%0a{run}",
    "javascript:https://site.example/%0a{run}",
    "vbscript:{run}",
    "data:text/html,<script>{run}</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cucmFuPTE8L3NjcmlwdD4=",
    "data:image/svg+xml,<svg onload={run}>",
    "blob:https://site.example/1",
    "file:///etc/passwd",
    "view-source:javascript:{run}",
    "feed:javascript:{run}",
    "jar:{foreign}!/",
    "//foreign.example/x",
    "\\\\foreign.example/x",
    "/\\foreign.example/x",
    "https:foreign.example",
    "https:///foreign.example",
    "https://site.example/\"onmouseover='{run}'",
    "https://site.example/'onmouseover={run}//",
    "https://site.example/><script>{run}</script>",
    "https://site.example/`onmouseover={run}`",
    "https://site.example/\u202egpj.exe",
    'mailto:a@site.example?subject="><script>{run}</script>',
)
_LINKED = (
    "[a]({address})",
    "[a](<{address}>)",
    '[a]({address} "b")',
    "[a][b]\n\n[b]: {address}",
    "![a]({address})",
    "<{address}>",
    "{address}",
)
_ODD = (
    '[a](https://site.example "\'><script>{run}</script>")',
    '!["onerror={run} a="]({foreign}.png)',
    "![a]({foreign}.png)",
    "[![a]({foreign}.png)](javascript:{run})",
    "[a](https://site.example){{: onclick={run}}}",
    "# a {{: #csrf_token onclick={run}}}",
    "``` {{.a onclick={run}}}\nb\n```",
    '```a"onclick={run}\nb\n```',
    "<div markdown=1>**a** <script>{run}</script></div>",
    "[a](https://a.example\x02klzzwxh:0000\x03)",
    "\x02wzxhzdk:0\x03\n\n<script>{run}</script>",
    "\x02code:0\x03\n\n```\n<script>{run}</script>\n```",
    "\x0260\x03script\x0262\x03{run}",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&#60;script&#62;{run}&#60;/script&#62;",
    "\uff1cscript\uff1e{run}\uff1c/script\uff1e",
    "\\<script>{run}\\</script>",
    '<https://site.example/"onclick={run}>',
    '<a@b.example"onclick={run}>',
    "*[<img src=x onerror={run}>](https://site.example)*",
    "[a]: https://site.example '\"onclick={run}'\n\n[a]",
    "{{{{ config }}}} {{% for a in b %}}",
    "${{{run}}} #{{{run}}}",
)


def payloads() -> list[str]:
    """Over 800 texts, none twice: raw HTML in every place of a text, addresses in every form."""
    placed = [place.replace("{raw}", raw) for place, raw in product(_AROUND, _RAW)]
    linked = [form.replace("{address}", address) for form, address in product(_LINKED, _ADDRESSES)]
    ready = [text.replace("{run}", RUN).replace("{foreign}", FOREIGN) for text in placed + linked]
    return list(dict.fromkeys([*ready, *(text.format(run=RUN, foreign=FOREIGN) for text in _ODD)]))


_OWN_FILE = re.compile(r"/files/[2-9a-hjkmnp-z]{24}")
ALLOWED = {
    **dict.fromkeys(
        "p br hr em strong del pre blockquote ul li h2 h3 h4 table thead tbody tr sup "
        "section".split(),
        frozenset[str](),
    ),
    "a": frozenset({"href", "rel"}),
    "code": frozenset({"class"}),
    "img": frozenset({"src", "alt", "width", "height", "loading"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"align"}),
    "th": frozenset({"align"}),
}
"""Written a second time on purpose: a slip in the allow-list must not pass its own test."""


def dangers(html: str) -> list[str]:
    """What a browser would find in this HTML that may not be in a post; empty when it is safe."""
    found = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in ALLOWED:
            found.append(f"element {element.tag}")
            continue
        for name, value in element.items():
            if name not in ALLOWED[element.tag]:
                found.append(f"attribute {name} of {element.tag}")
            elif not _harmless(name, value):
                found.append(f"{name}={value!r}")
    return found


def _harmless(name: str, value: str) -> bool:
    if name == "href":
        outside = value.lower().startswith(("https://", "http://", "mailto:"))
        return outside or _OWN_FILE.fullmatch(value) is not None
    if name in ("src", "alt", "loading"):
        return name == "alt" or value == "lazy" or _OWN_FILE.fullmatch(value) is not None
    if name in ("width", "height"):
        return value.isdigit() and 0 < int(value) < 10_000
    if name == "rel":
        return set(value.split()) == {"nofollow", "ugc", "noopener", "noreferrer"}
    if name == "class":
        return value.startswith("language-") and " " not in value
    return value.isdigit() if name == "start" else value in {"left", "center", "right"}
