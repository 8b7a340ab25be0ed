"""What a page in a language of ⟦brackets⟧ says outside of them."""

from playwright.sync_api import Page

CONTENT = (
    "bdi, [dir='auto'], .prose, q, time, code, kbd, textarea, script, style, svg, .mark, .avatar"
)
"""Where people's own words and names stand, and what is the same in every language."""
NAMES = ["Cahoots"]
_FIND = r"""([content, names]) => {
    const found = [];
    let depth = 0;
    const say = (where, words) => {
        const bare = names.reduce((rest, name) => rest.replaceAll(name, ""), words);
        if (/\p{L}{2}/u.test(bare)) found.push(`${where}: ${words.trim()}`);
    };
    const outside = (text) => {
        let words = "";
        for (const sign of text) {
            if (sign === "⟦") depth += 1;
            else if (sign === "⟧") depth -= 1;
            else if (!depth) words += sign;
        }
        return words;
    };
    const aloud = (node) => [...node.attributes].filter(({ name, value }) =>
        ["title", "alt", "aria-label", "placeholder"].includes(name)
        || (name === "value" && node.matches("[type=submit], [type=button]"))
        || (name.startsWith("data-") && /\p{L} \p{L}/u.test(value)));
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) {
            say(node.parentElement.outerHTML.slice(0, 120), outside(node.data));
        } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(content)) {
            for (const { name, value } of aloud(node)) {
                const before = depth;
                depth = 0;
                say(`${name} of ${node.outerHTML.slice(0, 120)}`, outside(value));
                depth = before;
            }
            node.childNodes.forEach(walk);
        }
    };
    walk(document.body);
    if (depth) found.push(`${depth} brackets are not closed`);
    return found;
}"""


def untranslated(page: Page) -> list[str]:
    """Words that no translator could reach, each with where it stands."""
    return [f"untranslated: {each}" for each in page.evaluate(_FIND, [CONTENT, NAMES])]
