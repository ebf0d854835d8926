from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ad_analytics.sql_file import SqlFileError, read_statement, statement_names, substitute

NAMES = st.from_regex(r"[a-z][a-z.]{0,10}", fullmatch=True)
# Text without a placeholder, and without the first half of one that the next part could complete.
PLAIN = st.text(st.characters(exclude_characters="${}", exclude_categories=["Cs"]))


def test_values_are_inserted_as_they_are() -> None:
    assert substitute("${a}|${b.c}|${a}", {"a": "${b.c}", "b.c": r"\1"}, "x.sql") == r"${b.c}|\1|${b.c}"


@pytest.mark.parametrize(
    ("template", "parameters", "named"),
    [
        ("SELECT ${a}", {}, "a value is missing for the parameter a"),
        ("SELECT 1", {"a": "1"}, "parameter a is not used"),
        ("SELECT ${}", {"a": "1"}, "a value is missing"),
        ("SELECT ${a", {}, "without"),
        ("SELECT ${ a}", {"a": "1"}, "a value is missing for the parameter  a"),
    ],
)
def test_what_does_not_fit_is_refused(template: str, parameters: dict[str, str], named: str) -> None:
    with pytest.raises(SqlFileError, match=named) as refused:
        substitute(template, parameters, "inserts/x.sql")
    assert "inserts/x.sql" in str(refused.value)


@given(parts=st.lists(st.tuples(PLAIN, NAMES)), values=st.dictionaries(NAMES, st.text()))
def test_a_template_and_its_parameters_fit_exactly_or_are_refused(
    parts: list[tuple[str, str]], values: dict[str, str]
) -> None:
    template = "".join(f"{plain}${{{name}}}" for plain, name in parts)
    used = {name for _, name in parts}
    if used == set(values):
        assert substitute(template, values, "x") == "".join(plain + values[name] for plain, name in parts)
    else:
        with pytest.raises(SqlFileError):
            substitute(template, values, "x")
    complete = {name: values.get(name, "") for name in used}
    assert substitute(template, complete, "x") == "".join(plain + complete[name] for plain, name in parts)


def test_files_are_read_by_kind_and_name(tmp_path: Path) -> None:
    (tmp_path / "inserts").mkdir()
    (tmp_path / "inserts" / "b.sql").write_text("B ${x}", encoding="utf-8")
    (tmp_path / "inserts" / "a.sql").write_text("Ä", encoding="utf-8")
    (tmp_path / "inserts" / "a.cases.json").write_text("{}", encoding="utf-8")
    assert statement_names(tmp_path, "inserts") == ["inserts/a", "inserts/b"]
    assert read_statement(tmp_path, "inserts/a") == "Ä"
    assert read_statement(tmp_path, "inserts/b", {"x": "1"}) == "B 1"


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SqlFileError, match=r"views"):
        statement_names(tmp_path, "views")
    with pytest.raises(SqlFileError, match=r"views.a\.sql: No such file"):
        read_statement(tmp_path, "views/a")
