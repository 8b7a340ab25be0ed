"""What a private space promises, rule by rule: each sentence with the code that it speaks of, and
with its numbers as they are there. `/promise` is drawn from this.

A test fails when a scope, a wall or a number comes, goes or changes and this doesn't know of it.
"""

from __future__ import annotations

from forum.core.i18n import _l
from forum.employments.queries import mine
from forum.models import spaces as models
from forum.policy import blocks, viewer, visible, walls, workplaces
from forum.spaces import actions, departing, guardians, looking, reports, rule, sanctions
from forum.spaces.break_glass import agreeing, asking
from forum.spaces.promise import Rule

WHO_SEES_YOU = (
    Rule(
        _l(
            "You get a name of your own in every conversation (“Amber Heron”), and another one in"
            " the next. Nobody can tell that the two are one person; no page, picture, address or"
            " order says it."
        ),
        (visible.pseudonyms_of_spaces, visible.space_keys),
    ),
    Rule(
        _l(
            "Nobody we know to work, or to have worked within twelve months, where you work sees"
            " what you write, nor the answers to it. For them the conversation is not there: the"
            " same as a page that never was."
        ),
        (
            *(visible.space_topics, visible.space_posts, visible.posts_behind_walls),
            *(visible.with_sealed_opening, workplaces.author_entries, workplaces.viewer_entries),
            *(walls.token, walls.records, walls.stops, walls.stops_outsider),
        ),
    ),
    Rule(
        _l(
            "A text that speaks of you by your name of that conversation, or by one word of it, or"
            " that leads to a post of yours, is kept from the same people as that."
        ),
        (walls.put_up_by,),
    ),
    Rule(
        _l(
            "Whom a text is kept from is written down, sealed, when it is posted, and never"
            " changed afterwards, so that nobody can tell from what goes missing who has just come."
        ),
        (walls.sealed, walls.sealed_like, walls.opened),
    ),
    Rule(
        _l(
            "A block holds here only if you say so: for %(blocks)s people at a time, in"
            " conversations opened after the day on which you said it, and there to the end; not"
            " against who keeps order. Your block hides nothing from you: whom you miss would"
            " tell you who they are."
        ),
        (blocks.entries,),
        {"blocks": (blocks, "IN_SPACES")},
    ),
    Rule(
        _l(
            "Whoever tells of another employer, or of an end, sees in every space only what is"
            " opened after that day, and all they have written themselves. Without our staff that"
            " is possible once in %(days)s days."
        ),
        (visible.all_posts_of_spaces,),
        {"days": (mine, "CHANGE_DAYS")},
    ),
    Rule(
        _l(
            "Only who is in the space reads it. That it is there, every member of its circle"
            " knows; who is in it, and how many, is shown to nobody."
        ),
        (visible.spaces, visible.space_doors),
    ),
    Rule(
        _l(
            "To come in, members prove where they work by a code to a work address, or"
            " %(vouches)s members who work elsewhere vouch for them. No moderator sees who asks."
        ),
        (workplaces.is_verified,),
        {"vouches": (workplaces, "VOUCHES_NEEDED")},
    ),
    Rule(
        _l(
            "A space opens once %(members)s members of %(families)s groups of employers are in it,"
            " none with more than %(share)s %% of them, and two moderators of different ones. The"
            " members are looked at again every month; while it is not so, the space can be read,"
            " but not written in."
        ),
        (actions.is_mixed, rule.is_met),
        {
            "members": (rule.current, "members"),
            "families": (rule.current, "groups"),
            "share": (rule.current, "share"),
        },
    ),
    Rule(
        _l(
            "For %(hours)s hours after a password was reset by mail, spaces stay shut to that"
            " account, so that whoever reads your mail finds none; if an employer may read that"
            " mailbox, until %(vouches)s members who do not work there say that it was you."
        ),
        (workplaces.return_vouches,),
        {"hours": (viewer, "SPACES_SHUT"), "vouches": (workplaces, "VOUCHES_NEEDED")},
    ),
)
WHAT_IS_KEPT = (
    Rule(
        _l(
            "Before you post, your text is looked at for what could tell who you are, and nothing"
            " of that is kept. The look knows public tables and what you have told of yourself; not"
            " who else is here, nor which employers belong together, as its answers would tell on"
            " others. It helps, and it misses things."
        ),
        (looking.findings,),
    ),
    Rule(
        _l(
            "Your words are sealed before they are stored. The key that opens them lies outside the"
            " database. Beside them stand days instead of times, and numbers without order. Each"
            " night all is mixed, so that nothing tells at what time of a day it was written."
        ),
    ),
    Rule(
        _l(
            "What you change is overwritten, and what you remove is erased: no earlier version is"
            " kept. When you have left a space, you can erase what you wrote there only by coming"
            " back."
        ),
    ),
    Rule(
        _l(
            "Conversations close %(days)s days after they were opened, unless the space's"
            " moderators chose otherwise beforehand (%(shortest)s to %(longest)s days), and are"
            " erased %(more)s days later, key and all; only while a name from it is barred, the key"
            " stays. Backups follow within 35 days."
        ),
        numbers={
            "days": (models, "LIFE_DAYS"),
            "shortest": (models, "SHORTEST_LIFE_DAYS"),
            "longest": (models, "LONGEST_LIFE_DAYS"),
            "more": (models, "AFTERLIFE_DAYS"),
        },
    ),
    Rule(
        _l("Nothing of it is ever in a search engine, a feed, a mail, a count or a members' list."),
    ),
    Rule(
        _l(
            "If you ask for it, a letter says that there is something new, and not what or where:"
            " one a day at most, and only to a mailbox that is yours alone. Nothing we keep tells"
            " who was told of which day."
        ),
    ),
    Rule(
        _l(
            "When you close your account, what you wrote in spaces is erased within %(days)s days,"
            " each post on a night drawn by lot."
        ),
        numbers={"days": (departing, "NIGHTS")},
    ),
)
HOW_ORDER_IS_KEPT = (
    Rule(
        _l(
            "When a post is reported, one moderator who is not from your employer sees that post"
            " and what it answers, under your name of that conversation."
        ),
        (visible.space_reports,),
    ),
    Rule(
        _l(
            "Where no moderator of the space may look, one of at least %(least)s named guardians of"
            " different employers does. Every opening is logged, without you."
        ),
        (guardians.outside,),
        {"least": (guardians, "LEAST")},
    ),
    Rule(
        _l(
            "Outside the hours in which a space's moderators look in, a post that %(hides)s members"
            " have reported is hidden until somebody has looked at it."
        ),
        (reports.hide_if_reported,),
        {"hides": (reports, "HIDES")},
    ),
    Rule(
        _l(
            "What is hidden, its author and the moderators outside the wall still see. Its author"
            " finds the moderator's reason with all they have written in the space."
        ),
        (visible.space_notices,),
    ),
    Rule(
        _l(
            "Moderators can bar a name for up to %(days)s days, without learning whose it is. It"
            " holds for that member in the whole space; they alone are told, and can appeal once."
        ),
        (visible.space_sanctions,),
        {"days": (sanctions, "MOST_DAYS")},
    ),
)
WHEN_A_NAME_IS_FOUND_OUT = (
    Rule(
        _l(
            "Only for a risk to life, a credible threat, abuse of a child or a binding order can"
            " %(drawn)s guardians, drawn at random from outside your employers, together find out"
            " whose one name is. Both must agree within %(hours)s hours."
        ),
        (asking.ask, agreeing.agree),
        {"drawn": (asking, "DRAWN"), "hours": (asking, "TIME_TO_AGREE")},
    ),
    Rule(
        _l(
            "It is written into a log that nobody can change unnoticed. You are told within"
            " %(days)s days, unless that is barred; for that the key of the conversation is kept"
            " for %(kept)s days more."
        ),
        numbers={
            "days": (agreeing, "TOLD_WITHIN_DAYS"),
            "kept": (sanctions, "NOTICE_DAYS"),
        },
    ),
)
PROMISES = (
    (_l("Who sees you"), WHO_SEES_YOU),
    (_l("What is kept, and for how long"), WHAT_IS_KEPT),
    (_l("How order is kept"), HOW_ORDER_IS_KEPT),
    (_l("When a name is found out"), WHEN_A_NAME_IS_FOUND_OUT),
)
