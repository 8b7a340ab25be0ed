"""From the text of an answer to the words its writer added, by comparing it with the letter that
is answered.

Every line of the text ends up among the writer's words or among what was cut, and in doubt among
the words: losing somebody's own words is the worst error.
"""
