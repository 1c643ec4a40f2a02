from __future__ import annotations

from chiso.workbook.faults import Faults, TableError, TableFault


def test_an_error_is_one_line_with_file_and_code() -> None:
    error = TableError("W030", "a.csv", ["vlaue → value"], missing="value", found="unit, vlaue")
    assert error.located("en") == (
        "a.csv: The column value is missing. Columns found: unit, vlaue. Mend the header row. "
        "Did you mean: vlaue → value? [W030]"
    )
    assert str(error) == error.located("en")


def test_an_error_without_file_starts_with_its_sentence() -> None:
    assert TableError("W211", name="A").located("en") == 'The unit "A" is named twice. Remove one. [W211]'


def test_a_fault_speaks_with_the_words_of_this_room() -> None:
    fault = TableFault("W112", "a.xlsx: S!D7", data={"value": "#DIV/0!"})
    assert fault.located("en") == (
        "a.xlsx: S!D7: The cell shows the error #DIV/0!. Mend the formula or write the number. [W112]"
    )


def test_more_faults_than_anybody_reads_are_counted() -> None:
    faults = Faults(limit=2)
    for number in range(5):
        faults.add("W103", str(number))
    assert [(one.code, one.place, one.data) for one in faults.listed()] == [
        ("W103", "0", {}),
        ("W103", "1", {}),
        ("W199", "", {"count": 3}),
    ]
