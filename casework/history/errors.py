"""What can be wrong with a file of history or with its mapping. No value of a cell in any of them."""

from office.errors import Invalid


class MappingInvalid(Invalid):
    """The mapping file cannot be used; `problem` names the entry."""

    code = "mapping_invalid"
    sentence = "The mapping file is not right."


class HistoryFileUnreadable(Invalid):
    """The file is missing, empty, of another kind, or not written in the stated characters."""

    code = "history_file_unreadable"
    sentence = "The file of incidents cannot be read."


class ColumnMissing(Invalid):
    """The mapping names a column the file does not have."""

    code = "column_missing"
    sentence = "The file has no column of this name."
