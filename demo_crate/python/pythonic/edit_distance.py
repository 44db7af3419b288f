"""Edit distance (Levenshtein) by the two-row table, over characters."""


# ANCHOR: edit_distance
def edit_distance(a: str, b: str) -> int:
    """How many characters to insert, delete or replace until a reads as b."""
    above = list(range(len(b) + 1))
    for i, from_ in enumerate(a):
        row = [i + 1]
        for j, to in enumerate(b):
            replace = above[j] + (from_ != to)
            delete = above[j + 1] + 1
            insert = row[j] + 1
            row.append(min(replace, delete, insert))
        above = row
    return above[len(b)]


# ANCHOR_END: edit_distance
