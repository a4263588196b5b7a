"""The sheets on disk: what there is, by number and language, with everything filled in.

`shelf` loads a library and answers for it; `expand` fills `{…}` from the warnings and the clinic's card before a sheet
becomes tokens, so that every reader of a sheet sees words; `categories` and `data_files` read the small files;
`clinic` is the clinic's card; `generated` writes the glossary (901) and the list of all topics (1000); `check` is for
authors.
"""
