"""What members may write that is hardest on a page: long words, wide tables, other scripts."""

LONG_WORD = ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten" * 2)[:120]
LONG_TITLE = (f"{LONG_WORD} {'and what a title can hold besides ' * 4}")[:199] + "?"
LONG_NAME = "Wilhelmina-Konstantina_of_Überlingen_III"
ARABIC = "كيف نقنع الإدارة بأن التجربة انتهت وأن الوقت قد حان لاتخاذ قرار؟"
COLUMNS = 14
LISTING = "\n".join(
    f"print('line {number} of a long listing that goes on')" for number in range(40)
)
QUOTATION = "\n> ".join(f"Line {number} of it.\n>" for number in range(20))
EXTREME = f"""{LONG_WORD}

| {" | ".join(f"Quarter {number}" for number in range(COLUMNS))} |
|{"---|" * COLUMNS}
| {" | ".join(f"{number},000,000 €" for number in range(COLUMNS))} |

```python
{"very_long_line = " + "1 + " * 80}1
{LISTING}
```

## A heading of one's own

> {QUOTATION}

1. One
   - `{LONG_WORD}`

<https://site.example/{LONG_WORD}>
"""
MAIL = """From old@site.example Mon Mar  5 08:00:00 2001
From: Ana as she was <old@site.example>
Date: Mon, 5 Mar 2001 08:00:00 +0000
Message-ID: <1@list.example>
Subject: From before the forum

What stood in the archive: {word}
> quoted there

From ben@old.example Mon Mar  5 09:00:00 2001
From: Ben as he was <ben@old.example>
Date: Mon, 5 Mar 2001 09:00:00 +0000
Message-ID: <2@list.example>
In-Reply-To: <1@list.example>
Subject: Re: From before the forum

And its answer.
"""
