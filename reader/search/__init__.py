"""From what a person types to the sheet that answers.

`text` folds, cuts and stems words; `question` reads what was typed; `names` and `urgent` hold the other names of things
and the words of people in danger; `typos` finds the word that was meant; `index` builds, stamps and opens what is kept
on disk, and is the one place that knows Whoosh; `ranking` turns a question into ranked sheets; `snippets` chooses the
section and passage that answers; `engine` is the searcher that a program keeps open; `evaluation` measures it all.

What is read was always made here: an index whose stamp or sums do not fit is built anew and never opened.
"""
