# Labels that only the terminal and Markdown forms show.

text-as-of = records until { $day }
text-target = target { $target }, { $verdict }
text-reproduce = Makes the same report again
text-shown = { $shown-text } of { $all-text } rows shown; the rest is in the other formats.
text-undated = records without dates
