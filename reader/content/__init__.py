"""What a sheet is.

`sheet` holds the values (Sheet, Source, Term), `numbers` those of sheets that the program knows, `front_matter` reads
and judges a file's head (`fault` is what it finds), `document` turns the
Markdown below it into sections, blocks and runs, `weave` links sheets and glossary terms into them, `page` writes the
HTML of the window, `plain` the text for search, copying and speech, `trust` the lines that say how far a sheet can be
trusted. Nothing here reads a disk or knows a library.
"""
