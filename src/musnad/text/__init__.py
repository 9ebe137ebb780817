"""The articles as text: untouched code points, a folded copy that knows where it came from, tokens, segments."""
