"""From the text of a mail to the words its writer added: quotes, signatures and footers folded
away.

The rule above all others: losing somebody's own words is the worst error, so in doubt text is
kept.
"""
